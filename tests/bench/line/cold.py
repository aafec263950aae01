"""Line 12: from `evenhand serve` to the first answered request, everything stopped before."""

import subprocess
import sys
import tempfile
import time
from http import HTTPStatus
from pathlib import Path
from statistics import median

from tests.bench.bare import start as bare
from tests.bench.figure import Figure
from tests.bench.server import until_it_answers
from tests.bench.world import ROOT, World

COLD = World("cold", 100)
PORT = 8791
ROUNDS, WARMING = 7, 1
AS_INSTALLED = ROOT / "tests" / "bench" / "not_installed"
"""Before what tests alone bring and the log's lines would load: a landlord does not have it."""


def start(world: World, fresh: bool) -> list[Figure]:
    """Started by turns, so that whatever else the machine does falls on both."""
    COLD.made(fresh)
    ours, database, runserver = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        manage = bare.empty_project(Path(folder) / "empty")
        for _ in range(WARMING + ROUNDS):
            ours.append(serve())
            of_database, of_django = by_themselves(manage)
            database.append(of_database)
            runserver.append(of_django)
    one, two = (median(each[WARMING:]) * 1000 for each in (database, runserver))
    taken = median(ours[WARMING:]) * 1000
    return [
        Figure(
            line="12",
            work=f"cold start to the first answer; a database ({one:.0f} ms), then an empty runserver ({two:.0f} ms)",
            bare=one + two,
            ours=taken,
            unit="ms",
            target="≤ 2",
            met=taken <= 2 * (one + two),
            milliseconds=taken,
        )
    ]


def serve() -> float:
    """The seconds until `evenhand serve` answers. It has ended, and its database with it, when this returns."""
    stopped(COLD)
    began = time.perf_counter()
    command = [sys.executable, "-m", "evenhand", "serve", "--port", str(PORT)]
    around = {**COLD.environment, "PYTHONPATH": str(AS_INSTALLED)}
    process = subprocess.Popen(command, cwd=ROOT, env=around, stdout=subprocess.DEVNULL)
    try:
        # A whole page, and not only where it is: ours leads everybody else from "/" to it.
        assert until_it_answers(PORT, process, "/accounts/login/") == HTTPStatus.OK
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()
        stopped(COLD)


def by_themselves(manage: Path) -> tuple[float, float]:
    """The seconds until the database answers, and until Django's own server does."""
    began = time.perf_counter()
    with bare.database(COLD.place):
        of_database = time.perf_counter() - began
        began = time.perf_counter()
        with bare.runserver(manage, PORT + 1) as process:
            until_it_answers(PORT + 1, process)
            return of_database, time.perf_counter() - began


def stopped(world: World) -> None:
    """Waits until nobody keeps the world's database any more."""
    while bare.postmaster.running(world.place) is not None:
        time.sleep(0.05)
