"""How a process says that it uses the embedded database: the first one starts it, the last one lets it stop."""

import fcntl
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from typing import IO

import psycopg

from evenhand.database import cluster, postmaster, roles
from evenhand.database.account import ourselves
from evenhand.database.halted import surely_halted
from evenhand.database.keeper import ASKED_TO_GO
from evenhand.database.place import DatabaseTrouble, Place
from evenhand.database.silence import SILENCE
from evenhand.environment import PACKAGE

Say = Callable[[str], None]
GLANCE = 0.03
LONG = 3.0
LOOK = 0.25
"""Seconds between one look after the keeper and the next."""
TAKEN_IN = 10
"""Seconds within which a server that runs takes a connection, or says that it is not ready yet."""


class Answer(Enum):
    """What became of a question to the server."""

    READY = "ready"
    BUSY = "starting or stopping"
    ABSENT = "nobody there"


def ask(place: Place) -> Answer:
    """Ask the server a question. Raises DatabaseTrouble if another database answers at our socket, or if the server is
    halted and answers nobody."""
    try:
        with psycopg.connect(place.address(cluster.SUPERUSER, cluster.SUPERUSER), connect_timeout=TAKEN_IN) as server:
            row = server.execute("SHOW data_directory").fetchone()
    except psycopg.errors.ConnectionTimeout as error:
        if words := surely_halted(place):
            raise DatabaseTrouble(words) from error
        return Answer.BUSY
    except psycopg.OperationalError as error:
        return Answer.BUSY if "FATAL" in str(error) else Answer.ABSENT
    if row and os.path.realpath(row[0]) != os.path.realpath(place.data):
        raise DatabaseTrouble(
            f"Another version of PostgreSQL is at work for {place.var} (its data: {row[0]}). Stop what uses it first."
        )
    return Answer.READY


@contextmanager
def attached(place: Place, say: Say = print, extra: Sequence[str] = ()) -> Iterator[None]:
    """Within this block the embedded database answers.

    It is started if it does not run (`extra`: settings for that, as name=value), and stops when the last process that
    holds a lease lets go of it, be it by being killed. Should its keeper be killed meanwhile, it gets another. `say` is
    told what takes long. Raises DatabaseTrouble.
    """
    try:
        place.locks.mkdir(parents=True, exist_ok=True)
        lease = (place.locks / "lease.lock").open("a")
        turn = (place.locks / "start.lock").open("a")
    except OSError as error:
        raise DatabaseTrouble(cluster.in_plain_words(error, place)) from error
    with lease, turn:
        wait_for(lease, fcntl.LOCK_SH, "Waiting for the database to finish stopping …", say)
        wait_for(turn, fcntl.LOCK_EX, "Waiting for the database, which another process is starting …", say)
        if ask(place) is not Answer.READY or not kept(place):
            start(place, say, extra)
        fcntl.flock(turn, fcntl.LOCK_UN)
        with looked_after(place, say, extra):
            yield


@contextmanager
def looked_after(place: Place, say: Say, extra: Sequence[str]) -> Iterator[None]:
    """Within this block a keeper that was killed is replaced, by whoever of those who use the database is first."""
    over = threading.Event()

    def watch() -> None:
        told, looked = "", time.monotonic()
        while not over.wait(LOOK):
            try:
                replaced(place, extra)
                if time.monotonic() - looked < SILENCE:
                    continue
                words, looked = surely_halted(place), time.monotonic()
            except (DatabaseTrouble, OSError, psycopg.Error) as trouble:
                words = str(trouble)
            if words and words != told:
                say(words)
            told = words

    thread = threading.Thread(target=watch, name="database", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def replaced(place: Place, extra: Sequence[str]) -> None:
    """Start a keeper if there is none, unless somebody else is at it."""
    with (place.locks / "start.lock").open("a") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        # One that was asked to go, as when the machine is shut down, is let go.
        if not kept(place) and (place.locks / "keeper.lock").read_text() != ASKED_TO_GO:
            start(place, lambda words: None, extra)


def wait_for(file: IO[str], lock: int, words: str, say: Say) -> None:
    """Take the lock, and say what we wait for if that takes long."""
    began, said = time.monotonic(), False
    while True:
        try:
            fcntl.flock(file, lock | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if not said and time.monotonic() - began > LONG:
                say(words)
                said = True
            time.sleep(GLANCE)


def kept(place: Place) -> bool:
    """Whether a keeper looks after the server; if one was killed, another must take its place."""
    with (place.locks / "keeper.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
        except BlockingIOError:
            return True


def start(place: Place, say: Say, extra: Sequence[str]) -> None:
    """Start a keeper and wait until the server answers: after a crash it first recovers, and may take its time."""
    ourselves()
    cluster.refuse_what_an_ordinary_user_made(place)
    cluster.refuse_another_version(place)
    if not place.data.exists():
        say("Making the database …")
    words = place.locks / "keeper.log"
    with words.open("w") as log:
        command = [sys.executable, "-m", "evenhand.database.keeper", str(place.var), *extra]
        keeper = subprocess.Popen(
            command, cwd=PACKAGE.parent, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    began, said, recovers = time.monotonic(), False, False
    while ask(place) is not Answer.READY:
        if keeper.poll() is not None and not kept(place):
            raise DatabaseTrouble(words.read_text().strip() or f"PostgreSQL would not start. See {place.log}.")
        # Looked for from the first moment, and remembered: the log grows by a line with every question.
        recovers = recovers or postmaster.recovering(place)
        if recovers and not said and time.monotonic() - began > LONG:
            say("The database is setting right what was left unfinished when it last stopped. This may take minutes …")
            said = True
        time.sleep(GLANCE)
    roles.ensure_roles(place)
