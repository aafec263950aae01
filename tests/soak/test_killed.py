"""Killed at random moments, nothing is half-written, lost or done twice; and the soak would say if it were not so."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil

from evenhand.database.place import Place
from tests.foundations.conftest import wait_until
from tests.soak.ground import ROOT
from tests.soak.kills.ground import KilledGround, Served

KILLS = 6


def test_nothing_is_lost_or_done_twice_when_everything_is_killed_and_it_would_be_noticed(tmp_path: Path) -> None:
    folder, file = tmp_path / "kills", tmp_path / "kills.json"
    command = [sys.executable, "-m", "tests.soak.kills", "--count", str(KILLS), "--together", "2", "--silent", "15"]
    command += ["--folder", str(folder), "--json", str(file)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True)
    ground = KilledGround(str(folder), 0)
    try:
        assert done.returncode == 0, done.stdout + done.stderr
        report = json.loads(file.read_text())
        assert report["well"] and sum(report["counts"]["kills"].values()) == KILLS
        assert report["counts"]["acts"] >= KILLS and report["counts"]["letters"] > 0
        what_went_wrong_is_noticed(ground)
    finally:
        ground.away()
        shutil.rmtree(ground.place.home, ignore_errors=True)


def test_whoever_may_not_look_into_what_serves_still_knows_it_from_what_others_serve(tmp_path: Path) -> None:
    nap = [sys.executable, "-c", "import time; time.sleep(9)", "evenhand.served"]
    begins = f"import subprocess; subprocess.run({nap})"
    served = Served([sys.executable, "-c", begins], dict(os.environ), Place(tmp_path), 0, tmp_path / "log")
    others = subprocess.Popen(nap)
    try:
        served.stand()
        wait_until(lambda: served.process.children(), "it has begun another")
        (child,) = served.process.children()
        served.process.kill()
        assert served.began_by_us(child) and not served.began_by_us(psutil.Process(others.pid))
        child.kill()
    finally:
        others.kill()
        others.wait()
        served.stop()


def what_went_wrong_is_noticed(ground: KilledGround) -> None:
    """The same record, with an act that nobody wrote down, and the post of a day on which all went wrong."""
    acts: list[dict[str, Any]] = json.loads((ground.var / "done.json").read_text())
    taken: dict[str, int] = json.loads((ground.var / "taken.json").read_text())
    first = next(iter(taken))
    ground.keep("done.json", [*acts, acts[0] | {"token": "never arrived"}])
    ground.keep("taken.json", {first: 2})
    with ground.open():
        faults = json.loads(ground.python("tests.soak.kills.judge", str(ground.var)))["faults"]
    assert any("incident.report" in words for words in faults["acts lost or done twice"])
    assert faults["letters sent twice"] == [f"{first}: 2 times"]
    assert len(faults["letters lost unseen"]) == len(taken) - 1
