"""Bare equivalent of line 12: the same PostgreSQL by itself, and then Django's own server on an empty project."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from evenhand.database import cluster, postmaster
from evenhand.database.place import Place


@contextmanager
def database(place: Place) -> Iterator[None]:
    """The server of this place, begun as its account may begin it, until it answers."""
    process = postmaster.start(place, [])
    try:
        while not _answers(place):
            assert process.poll() is None, postmaster.last_words(place)
        yield
    finally:
        postmaster.stop(place)
        process.wait()


def _answers(place: Place) -> bool:
    try:
        with psycopg.connect(place.address(cluster.SUPERUSER, cluster.SUPERUSER)) as server:
            server.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def empty_project(folder: Path) -> Path:
    """What `django-admin startproject` makes. Out: its manage.py."""
    folder.mkdir()
    subprocess.run([sys.executable, "-m", "django", "startproject", "empty", str(folder)], check=True)
    return folder / "manage.py"


@contextmanager
def runserver(manage: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Django's own server, without the second process that watches the files."""
    command = [sys.executable, str(manage), "runserver", "--noreload", str(port)]
    process = subprocess.Popen(command, cwd=manage.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()
