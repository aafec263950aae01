"""`script/soak [--minutes N] [--small] [--json FILE] [--write]`: a report, and the same as JSON."""

import argparse
import json
import pickle
import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.soak import asking, report, setting
from tests.soak.evidence import Evidence
from tests.soak.ground import ROOT, Ground
from tests.soak.receiver import Received, receiving
from tests.soak.report import Report

CHECKS_A_MINUTE = 500
DOCUMENT = ROOT / "docs" / "soak.md"
MARK = "<!-- the report, written by script/soak --write -->"
WORSE = re.compile(rb"\[(error|critical) |Traceback \(most recent")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/soak", description=__doc__)
    parser.add_argument("--minutes", type=float, help="how long (default: 10)")
    parser.add_argument("--small", action="store_true", help="half a minute in a small place, with more acts a minute")
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "soak" / "report.json", metavar="FILE")
    parser.add_argument("--write", action="store_true", help="also put the report into docs/soak.md")
    parser.add_argument("--folder", type=Path, help="where its files go (default: under var/soak)")
    parser.add_argument("--database", default="", help="an empty database with our tables, instead of one of its own")
    parser.add_argument("--owner", default="", help="the same, as the role that owns the tables")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    minutes = asked.minutes or (0.5 if asked.small else 10)
    homes, cases, beat = (40, 8, 1.5) if asked.small else (1_250, max(30, int(minutes * 3)), 6.0)
    folder = asked.folder or ROOT / "var" / "soak" / ("small" if asked.small else "large")
    ground = Ground(str(folder.absolute()), homes, database=asked.database, owner=asked.owner)
    ground.away()
    with receiving() as received, ground.open():
        say("Making an invented landlord …")
        ground.begin()
        file = ground.var / "setting.json"
        file.write_text(ground.python("tests.soak.stage", str(cases), received.url))
        found = soaked(ground, file, received, minutes * 60, beat)
    print(found.words)
    if not found.well:
        print(found.details, file=sys.stderr)
    found.keep(asked.json)
    if asked.write:
        before, mark, _ = DOCUMENT.read_text().partition(MARK)
        DOCUMENT.write_text(f"{before}{mark}\n\n{found.words}\n")
    return 0 if found.well else 1


def soaked(ground: Ground, file: Path, received: Received, seconds: float, beat: float) -> Report:
    """Checks and acts for so long, then everything compared."""
    told, began = setting.read(file), datetime.now(UTC)
    evidence, journal = ground.var / "evidence.pickle", ground.var / "journal.pickle"
    with ground.served() as port:
        checks = round(seconds / 60 * CHECKS_A_MINUTE)
        with acting(ground, file, journal, seconds, beat) as spot:
            say(f"Asking {checks:,} times in {seconds / 60:.1f} minutes …")
            asked = asking.ask_all(told, checks, port, seconds, spot)
        say("Waiting for what is under way …")
        settled = ground.settled()
        evidence.write_bytes(pickle.dumps(Evidence(asked, [(h, b.decode()) for h, b in received.taken])))
        say("Comparing …")
        judged = json.loads(ground.python("tests.soak.judge", str(file), str(journal), str(evidence)))
    judged["faults"] |= afterwards(ground, settled)
    return report.of(asked, began, seconds, len(told.people), received.refused, judged)


@contextmanager
def acting(ground: Ground, file: Path, journal: Path, seconds: float, beat: float) -> Iterator[asking.Spot]:
    """Beside this block things happen; it ends when they have. The spot says to whom, just before each act."""
    command = [sys.executable, "-m", "tests.soak.acts", str(file), str(journal), str(seconds), str(beat)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=ground.environment, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin and process.stdout
        if process.stdout.readline() != "READY\n":
            sys.exit("The acts could not begin; what they said stands above.")
        process.stdin.write("begin\n")
        process.stdin.flush()
        spot, said = asking.Spot(), process.stdout
        following = threading.Thread(target=follow, args=(said, spot), daemon=True)
        following.start()
        yield spot
        if process.wait() != 0:
            sys.exit("The acts did not come to their end; what they said stands above.")


def follow(said: Iterable[str], spot: asking.Spot) -> None:
    for line in said:
        spot.person = int(line)


def afterwards(ground: Ground, unsettled: list[str]) -> dict[str, dict[str, Any]]:
    """What the product's own commands say of the record, and what its processes said of themselves."""
    faults = {"left waiting": unsettled, "lines of trouble in the log": WORSE.findall(ground.log.read_bytes())}
    found = {kind: {"count": len(each), "first": [str(one) for one in each[:10]]} for kind, each in faults.items()}
    for command in (("verify",), ("rebuild", "--check")):
        well, words = ground.succeeds(*command)
        found[f"faults found by evenhand {' '.join(command)}"] = {"count": int(not well), "first": [words] * (not well)}
    return found


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
