"""An embedded database of a test's own, and processes that use it."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from evenhand.database import postmaster
from evenhand.database.place import Place

ROOT = Path(__file__).resolve().parents[2]
LONG_ENOUGH = 60.0


def wait_until(true: Callable[[], object], what: str) -> None:
    """Wait until something holds; fail with `what` when it never does."""
    until = time.monotonic() + LONG_ENOUGH
    while not true():
        assert time.monotonic() < until, f"still not so: {what}"
        time.sleep(0.03)


class Holder:
    """A process of its own that uses the database."""

    def __init__(self, place: Place) -> None:
        command = [sys.executable, "-m", "tests.foundations.holder", str(place.var)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        self.said: list[str] = []

    def until_ready(self) -> "Holder":
        """Wait until it has the database, or has given up; `said` holds its words."""
        assert self.process.stdout
        while line := self.process.stdout.readline():
            self.said.append(line.strip())
            if line == "READY\n":
                break
        return self

    def leave(self) -> None:
        """Let it end in peace."""
        if self.process.poll() is None:
            self.process.communicate("\n", timeout=LONG_ENOUGH)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()

    def kill(self) -> None:
        """Let it end without a chance to say so."""
        self.process.kill()
        self.process.wait()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Where a new embedded database is to be; nothing of it is left afterwards."""
    place = Place(tmp_path / "var")
    yield place
    wait_until(lambda: postmaster.running(place) is None, "the database has stopped")
    shutil.rmtree(place.home, ignore_errors=True)
    shutil.rmtree(place.socket, ignore_errors=True)


@pytest.fixture
def hold(place: Place) -> Iterator[Callable[[], Holder]]:
    """`hold()` lets one more process use the database; all end with the test."""
    holders: list[Holder] = []

    def another() -> Holder:
        holders.append(Holder(place))
        return holders[-1]

    yield another
    for holder in holders:
        holder.leave()


def ask(place: Place, question: str, user: str = "evenhand_owner") -> list[tuple[object, ...]]:
    """The answers of the embedded database."""
    with psycopg.connect(place.address(user)) as connection:
        cursor = connection.execute(question.encode())
        return cursor.fetchall() if cursor.description else []
