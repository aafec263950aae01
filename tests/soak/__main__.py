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
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.soak import asking, report, setting
from tests.soak.ground import ROOT, Ground
from tests.soak.receiver import receiving
from tests.soak.report import Report

CHECKS_A_MINUTE = 500
DOCUMENT = ROOT / "docs" / "soak.md"
MARK = "<!-- the report, written by script/soak --write -->"
WORSE = re.compile(rb"^.*(?:\[(?:error|critical) |Traceback \(most recent).*$", re.MULTILINE)
"""Lines in which the web or the worker says that something went wrong."""


@dataclass(frozen=True)
class Plan:
    """How many homes, cases in which something happens, seconds from act to act, and web processes."""

    homes: int
    cases: int
    beat: float
    workers: int


SMALL = Plan(homes=20, cases=4, beat=1.0, workers=1)


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
    plan = SMALL if asked.small else Plan(1_250, max(30, int(minutes * 3)), beat=6.0, workers=2)
    folder = asked.folder or ROOT / "var" / "soak" / ("small" if asked.small else "large")
    ground = Ground(str(folder.absolute()), plan.homes, database=asked.database, owner=asked.owner)
    ground.away()
    with ground.open():
        say("Making an invented landlord …")
        ground.begin()
        found = soaked(ground, plan, minutes * 60)
    print(found.words)
    if not found.well:
        print(found.details, file=sys.stderr)
    found.keep(asked.json)
    if asked.write:
        before, mark, _ = DOCUMENT.read_text().partition(MARK)
        DOCUMENT.write_text(f"{before}{mark}\n\n{found.words}\n")
    return 0 if found.well else 1


def soaked(ground: Ground, plan: Plan, seconds: float) -> Report:
    """Checks and acts for so long, then everything compared."""
    file, journal, answers, taken = (ground.var / name for name in ("setting.json", "journal", "answers", "taken"))
    checks = round(seconds / 60 * CHECKS_A_MINUTE)
    with receiving(taken) as received:
        ground.python("tests.soak.stage", str(ground.files), str(plan.cases), received.url, str(file))
        told, began = setting.read(file), datetime.now(UTC)
        with ground.served(plan.workers) as port:
            with acting(ground, file, journal, seconds, plan.beat) as spot:
                say(f"Asking {checks:,} times in {seconds / 60:.2g} minutes …")
                asked = asking.ask_all(told, checks, port, seconds, spot)
            answers.write_bytes(pickle.dumps(asked))
            say("Waiting for what is under way, and comparing …")
            judged = json.loads(ground.python("tests.soak.judge", str(file), str(journal), str(answers), str(taken)))
    trouble = [line.decode() for line in WORSE.findall(ground.log.read_bytes())]
    judged["faults"]["lines of trouble in the log"] = {"count": len(trouble), "first": trouble[:10]}
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


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
