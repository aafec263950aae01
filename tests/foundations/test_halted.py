"""A database that is halted answers nobody and refuses nobody: whoever waits is told, and does not wait for ever."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from evenhand.broken_off import words_of
from evenhand.database import halted, lease, postmaster, silence
from evenhand.database.place import DatabaseTrouble, Place
from evenhand.database.trouble import Trouble, trouble_in
from tests.foundations.conftest import Holder, wait_until

Hold = Callable[[], Holder]


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence is noticed sooner than in earnest."""
    monkeypatch.setattr(silence, "SILENCE", 0.3)
    monkeypatch.setattr(lease, "SILENCE", 0.3)
    monkeypatch.setattr(lease, "TAKEN_IN", 2)
    monkeypatch.setattr(halted, "A_MOMENT", 0.1)


@contextmanager
def stopped(*numbers: int) -> Iterator[None]:
    for number in numbers:
        os.kill(number, signal.SIGSTOP)
    try:
        yield
    finally:
        for number in numbers:
            os.kill(number, signal.SIGCONT)


@contextmanager
def listened_to(place: Place, *, for_a_page: bool = False) -> Iterator[psycopg.Connection]:
    with psycopg.connect(place.address()) as connection:
        silence.listen(connection, place, for_a_page=for_a_page)
        yield connection


def test_whoever_waits_for_a_halted_session_is_told_and_goes_on_elsewhere(
    place: Place, hold: Hold, silent: None
) -> None:
    hold().until_ready()
    with listened_to(place) as connection:
        number = connection.info.backend_pid
        with stopped(number), pytest.raises(psycopg.OperationalError) as told:
            connection.execute("SELECT 1")
        assert connection.closed, "Its next answer would be to another question."
    assert trouble_in(told.value) is Trouble.AWAY
    words = words_of(told.value) or ""
    assert words.startswith("The database does not answer.") and f"kill -CONT {number}" in words
    with listened_to(place) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_whoever_waits_for_something_long_goes_on_waiting(place: Place, hold: Hold, silent: None) -> None:
    """Also for somebody else, who holds the row; and an answer that comes in many parts is read to its end."""
    hold().until_ready()
    with listened_to(place) as connection:
        assert connection.execute("SELECT pg_sleep(1.2), 5").fetchone() == ("", 5)
        several = connection.execute("SELECT n, repeat('x', 1000) FROM generate_series(1, 5000) n").fetchall()
        assert len(several) == 5000


def test_a_page_is_not_waited_for_longer_than_anybody_waits(
    place: Place, hold: Hold, silent: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a database elsewhere as well, whose processes we cannot look at."""
    hold().until_ready()
    monkeypatch.setattr(silence, "LONGEST", 0.5)
    with psycopg.connect(place.address()) as connection:
        silence.listen(connection, None, for_a_page=True)
        with pytest.raises(psycopg.OperationalError, match=r"has said nothing for \d+ seconds"):
            connection.execute("SELECT pg_sleep(20)")
    with psycopg.connect(place.address()) as connection:
        silence.listen(connection, None, for_a_page=False)
        assert connection.execute("SELECT pg_sleep(1.2), 5").fetchone() == ("", 5)


def test_a_command_says_that_the_server_is_halted_and_what_to_do(place: Place, hold: Hold, silent: None) -> None:
    hold().until_ready()
    server = postmaster.running(place)
    assert server and halted.halted(place) == ""
    said: list[str] = []
    with lease.attached(place, said.append), stopped(server.pid):
        with pytest.raises(DatabaseTrouble) as told, lease.attached(place, said.append):
            raise AssertionError("Nobody answered.")
        wait_until(lambda: said, "whoever serves says so as well")
    assert f"kill -CONT {server.pid}" in str(told.value)
    assert said == [str(told.value)]


def test_whoever_was_halted_with_the_server_and_goes_on_first_does_not_give_up(
    place: Place, hold: Hold, silent: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a whole machine sleeps, and wakes: its processes go on one after another."""
    hold().until_ready()
    with listened_to(place) as connection:
        number = connection.info.backend_pid
        os.kill(number, signal.SIGSTOP)
        monkeypatch.setattr(halted, "sleep", lambda seconds: os.kill(number, signal.SIGCONT))
        assert connection.execute("SELECT pg_sleep(0.1), 5").fetchone() == ("", 5)


def test_looking_costs_nothing_while_answers_come(place: Place, hold: Hold, monkeypatch: pytest.MonkeyPatch) -> None:
    hold().until_ready()
    looked = threading.Event()
    monkeypatch.setattr(halted, "halted", lambda place: looked.set() or "")
    with listened_to(place) as connection:
        plain = vars(connection)["wait"]
        silence.listen(connection, place, for_a_page=False)
        assert vars(connection)["wait"] is plain, "One that is kept is listened to once."
        for number in range(200):
            assert connection.execute("SELECT %s::int", [number]).fetchone() == (number,)
    assert not looked.is_set()
