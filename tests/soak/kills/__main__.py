"""`script/soak kills [--count N] [--seed N] [--json FILE] [--write]`: a report, and the same as JSON."""

import argparse
import json
import random
import sys
import time
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from evenhand.database import jobs, postmaster
from tests.soak.ground import ROOT, free_port
from tests.soak.kills import post, report, setting, victim
from tests.soak.kills.colleagues import Colleagues
from tests.soak.kills.ground import KilledGround, Served

DOCUMENT = ROOT / "docs" / "soak.md"
STOOD_STILL = 600.0
"""Seconds without one act after which nothing will come any more."""
LONG = 30.0
"""Seconds to wait for a victim to be there again."""
GLANCE = 0.02
ENOUGH = 12
"""Acts in each case, on an average, without which there would be little to look at."""
SUDDEN = 0.75
"""How many of the kills come while the one before is still being mended."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/soak kills", description=__doc__)
    parser.add_argument("--count", type=int, default=1_000, help="how many kills (default: 1,000)")
    parser.add_argument("--minutes", type=float, default=600, help="kill no longer than this, however few were killed")
    parser.add_argument("--together", type=int, default=5, help="how many cases are under way at once (default: 5)")
    parser.add_argument("--silent", type=float, default=jobs.SILENT, help="seconds after which a worker counts as dead")
    parser.add_argument("--seed", type=int, default=11, help="what the lots are drawn from (default: 11)")
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "soak" / "kills.json", metavar="FILE")
    parser.add_argument("--write", action="store_true", help="also put the report into docs/soak.md")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "soak" / "kills", help="where its files go")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    ground = KilledGround(str(asked.folder.absolute()), homes=40 + asked.count // 4)
    ground.away()
    say("Making an invented landlord …")
    told = ground.var / "setting.json"
    with ground.open():
        ground.begin()
        ground.python("tests.soak.kills.stage", str(ground.files), str(ground.homes), str(told))
    found = soaked(ground, setting.read(told), asked)
    print(found.words)
    if not found.well:
        print(found.details, file=sys.stderr)
    found.keep(asked.json)
    if asked.write:
        found.write(DOCUMENT)
    return 0 if found.well else 1


def soaked(ground: KilledGround, told: setting.Setting, asked: argparse.Namespace) -> report.Report:
    """Acts and kills, then what was left undone is waited for, and everything is looked at."""
    count, seed = asked.count, asked.seed
    began, begun = datetime.now(UTC), time.monotonic()
    day = datetime.now(ZoneInfo("Europe/London")).date()
    with post.open_for(seed) as (office, address):
        with ground.served(address, free_port()) as served:
            colleagues = Colleagues(told, served.port, day, asked.together)
            with colleagues.at_work():
                say(f"Killing {count:,} times …")
                killed = kill(served, colleagues, count, asked.minutes * 60, random.Random(seed))
                until_acts(served, colleagues, max(2, ENOUGH - len(colleagues.done) // asked.together) * asked.together)
            say("Waiting for what is under way …")
            ground.keep("done.json", [asdict(each) for each in colleagues.done])
            settled = json.loads(ground.python("tests.soak.kills.settle", str(asked.silent)))
        left = [f"{each.pid} {' '.join(each.cmdline())}" for each in served.left_over()]
        ground.keep("taken.json", dict(office.taken))
    with ground.open():
        say("Looking at everything …")
        judged = json.loads(ground.python("tests.soak.kills.judge", str(ground.var)))
    judged["faults"]["forms not taken"] = colleagues.trouble
    judged["faults"]["jobs lost"] = settled["lost"]
    judged["faults"]["processes left over"] = left
    counts = {
        **{"kills": dict(killed), "acts": len(colleagues.done), "starts": served.starts},
        **{"sent_again": sum(each.times > 1 for each in colleagues.done), "unanswered": colleagues.unanswered},
    }
    return report.of(began, time.monotonic() - begun, seed, counts | judged["counts"], judged["faults"])


def kill(served: Served, colleagues: Colleagues, count: int, seconds: float, chance: random.Random) -> Counter[str]:
    """So many kills, or as many as there is time for.

    Each comes after the colleagues got a little further, or while the one before is still being mended.
    """
    killed: Counter[str] = Counter()
    kinds = victim.kinds(chance, count)
    until = time.monotonic() + seconds
    while killed.total() < count and time.monotonic() < until:
        struck(served, next(kinds), chance, killed)
        if killed.total() % 50 == 0:
            say(f"{killed.total():,} kills, {len(colleagues.done):,} acts")
        if chance.random() < SUDDEN:
            time.sleep(chance.uniform(0, 0.5))
        else:
            until_acts(served, colleagues, chance.randint(1, 2))
            time.sleep(chance.uniform(0, 0.1))
    return killed


def struck(served: Served, kind: str, chance: random.Random, killed: Counter[str]) -> None:
    """One kill, as soon as what is to be killed is there; something else, where it does not come back in a while."""
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        served.stand()
        found = victim.choose(kind, chance, served.process, served.place)
        if found and found.kill():
            killed[kind] += 1
            return
        time.sleep(GLANCE)


def until_acts(served: Served, colleagues: Colleagues, more: int) -> None:
    """Wait until so many more acts are done. Ends it all if nobody gets any further."""
    enough, since = len(colleagues.done) + more, time.monotonic()
    while len(colleagues.done) < enough:
        served.stand()
        if time.monotonic() - since > STOOD_STILL:
            where = postmaster.running(served.place)
            raise SystemExit(
                f"Nothing went on for {STOOD_STILL:.0f} seconds; the database: {where}. {served.log} says more."
            )
        time.sleep(GLANCE)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
