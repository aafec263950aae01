"""Line 11: a letter as PDF/UA-1 against typst alone on the same page, and against WeasyPrint on the same words."""

import json
import subprocess
import sys

from tests.bench.figure import Figure
from tests.bench.world import ROOT, World


def as_pdf(world: World, fresh: bool) -> list[Figure]:
    """No database is asked: the letter is a sample of our own, of three pages, for somebody else each time."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.letters"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    ours, same, plain, peer = (found[name] * 1000 for name in ("ours", "same page", "plain page", "weasyprint"))
    return [
        Figure(
            line="11",
            work=f"a letter as PDF/UA-1 and typst alone on the same page ({plain:.1f} ms on one without our layout)",
            bare=same,
            ours=ours,
            unit="ms",
            target="≤ 1.5",
            met=ours <= 1.5 * same,
            milliseconds=ours,
        ),
        Figure(
            line="11",
            work="the same words by WeasyPrint",
            bare=peer,
            ours=ours,
            unit="ms",
            target="≤ 0.1",
            met=ours <= 0.1 * peer,
            milliseconds=ours,
        ),
    ]
