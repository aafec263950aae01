"""What docs/operate.md shows for an operator's own PostgreSQL: every change archived, and brought back to a moment."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from evenhand.database import postmaster
from evenhand.database.account import account, private_folder
from evenhand.database.lease import attached
from evenhand.database.place import OWNER, Place
from tests.foundations.conftest import ask, wait_until


@pytest.fixture
def archive(place: Place) -> Iterator[Path]:
    """A folder that the server may write to, as a disk of another machine would be."""
    user = account(place)
    if place.as_root:
        place.home.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    else:
        place.var.mkdir(parents=True, exist_ok=True)
    folder = place.home.with_name(f"{place.home.name}-archive")
    private_folder(folder, user)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def elsewhere(place: Place, tmp_path: Path) -> Iterator[Place]:
    """Another machine's place, without a database yet."""
    other = Place(tmp_path / "elsewhere")
    yield other
    wait_until(lambda: postmaster.running(other) is None, "the database has stopped")
    for folder in (other.home if other.as_root else None, other.socket):
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def archiving(folder: Path) -> tuple[str, ...]:
    """The settings of docs/operate.md, but for the place."""
    command = f"test ! -f {folder}/%f && cp %p {folder}/%f"
    return ("fsync=off", "archive_mode=on", f"archive_command={command}")


def write(place: Place, words: str) -> datetime:
    """Writes one line; out: a moment by which it was written."""
    with psycopg.connect(place.address(OWNER), autocommit=True) as there:
        there.execute("CREATE TABLE IF NOT EXISTS diary (words text)")
        there.execute("INSERT INTO diary VALUES (%s)", [words])
        row = there.execute("SELECT clock_timestamp()").fetchone()
        assert row is not None
        moment: datetime = row[0]
        return moment


def base_backup(place: Place, elsewhere: Place) -> None:
    """A copy of the files of the running database, where the other machine will look for its own."""
    rules = place.data / "pg_hba.conf"
    rules.write_text("local replication all peer map=evenhand\n" + rules.read_text())
    ask(place, "SELECT pg_reload_conf()", "postgres")
    elsewhere.data.parent.mkdir(parents=True, exist_ok=True)
    command = [
        place.programs / "pg_basebackup",
        "-h",
        place.socket,
        "-U",
        "postgres",
        "-D",
        elsewhere.data,
        "-c",
        "fast",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def hand_over(elsewhere: Place) -> None:
    """The files belong to whom the server runs as there."""
    user = account(elsewhere)
    paths = [elsewhere.data.parent, elsewhere.data, *elsewhere.data.rglob("*")]
    for path in paths if elsewhere.as_root else []:
        os.chown(path, user.pw_uid, user.pw_gid)


def test_a_record_comes_back_as_it_was_at_a_moment(place: Place, elsewhere: Place, archive: Path) -> None:
    with attached(place, extra=archiving(archive)):
        write(place, "before the copy")
        base_backup(place, elsewhere)
        moment = write(place, "after the copy")
        write(place, "by mistake")
        ask(place, "SELECT pg_switch_wal()", "postgres")
        waits = "SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'"
        wait_until(lambda: ask(place, waits, "postgres") == [(0,)], "everything is archived")
    with (elsewhere.data / "postgresql.auto.conf").open("a") as settings:
        settings.write(f"restore_command = 'cp {archive}/%f %p'\n")
        settings.write(f"recovery_target_time = '{moment.isoformat()}'\nrecovery_target_action = 'promote'\n")
    (elsewhere.data / "recovery.signal").touch()
    hand_over(elsewhere)
    # The archive is read by whoever the server runs as there: here the same user.
    with attached(elsewhere, extra=("fsync=off",)):
        wait_until(lambda: ask(elsewhere, "SELECT pg_is_in_recovery()") == [(False,)], "it is brought up to the moment")
        assert ask(elsewhere, "SELECT words FROM diary", OWNER) == [("before the copy",), ("after the copy",)]
