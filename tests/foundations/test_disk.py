"""A full disk, a folder nobody may write in: said in plain words, nothing lost, and all goes on once it is put right.

A small disk can only be made by root, and in some containers not even by root. There a full disk is not tested; nor, as
every folder is open to root, one that cannot be written in.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from evenhand.database import account, postmaster
from evenhand.database.place import Place
from tests.foundations.conftest import Holder, ask, wait_until
from tests.foundations.test_serving import evenhand, free_port


def may_mount() -> bool:
    """Whether a small disk can be made here."""
    if os.geteuid() or not shutil.which("mount"):
        return False
    with TemporaryDirectory() as folder:
        if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True).returncode:
            return False
        subprocess.run(["umount", folder], check=True)
    return True


Hold = Callable[[], Holder]
MAY_MOUNT = may_mount()
CAN_BE_SHUT_OUT = MAY_MOUNT or os.geteuid() != 0
ONE_MORE = "INSERT INTO kept SELECT {}, string_agg(md5(n::text), '') FROM generate_series(1, 5000) n"


@pytest.fixture
def disk() -> Iterator[Callable[[Path, int], None]]:
    """`disk(folder, megabytes)`: the folder becomes a small disk of its own, until the test ends."""
    mounted: list[Path] = []

    def make(folder: Path, megabytes: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", folder], check=True)
        mounted.append(folder)

    yield make
    for folder in mounted:
        # Whoever still stands in it goes soon; the folder is away at once.
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder cannot be written in within this block."""
    if MAY_MOUNT:
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    else:
        folder.chmod(0o500)
    try:
        yield
    finally:
        if MAY_MOUNT:
            subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
        else:
            folder.chmod(0o700)


def fill(folder: Path) -> Path:
    """Take all the room that is left."""
    filler = folder / "filler"
    with filler.open("wb") as file:
        try:
            while True:
                file.write(b"\0" * 65536)
                file.flush()
        except OSError:
            return filler


def own_disk(place: Place, disk: Callable[[Path, int], None], megabytes: int) -> None:
    disk(place.home, megabytes)
    owner = account.account(place)
    os.chown(place.home, owner.pw_uid, owner.pw_gid)


if MAY_MOUNT:

    def test_a_first_start_on_a_small_disk_says_how_much_room_it_needs(
        place: Place, hold: Hold, disk: Callable[[Path, int], None]
    ) -> None:
        account.account(place)
        place.home.parent.mkdir(parents=True, exist_ok=True)
        own_disk(place, disk, 100)
        said = " ".join(hold().until_ready().said)
        assert "is full. Make room (Evenhand needs 200 MB to begin with)" in said
        assert not list(place.home.glob("postgres-*"))

    def test_what_was_saved_survives_a_full_disk_and_work_goes_on_once_there_is_room(
        place: Place, hold: Hold, disk: Callable[[Path, int], None]
    ) -> None:
        own_disk(place, disk, 260)
        hold().until_ready()
        ask(place, "CREATE TABLE kept (number int, words text)")
        filler, saved = fill(place.home), 0
        # Given a disk that fills while colleagues write: what is not saved is refused,
        with pytest.raises(psycopg.OperationalError):
            while True:
                ask(place, ONE_MORE.format(saved + 1))
                saved += 1
        # when room is made, then the database is there again without anybody's doing,
        filler.unlink()
        wait_until(lambda: answers(place), "the database answers again")
        # and everything that was saved is there, and nothing by halves.
        ((count, highest, shortest),) = ask(place, "SELECT count(*), max(number), min(length(words)) FROM kept")
        assert count in (saved, saved + 1) and highest == (count or None)
        assert shortest in (5000 * 32, None)
        ask(place, f"INSERT INTO kept VALUES ({saved + 2}, 'goes on')")


def answers(place: Place) -> bool:
    try:
        return ask(place, "SELECT 1") == [(1,)]
    except psycopg.OperationalError:
        return False


if CAN_BE_SHUT_OUT:

    def test_data_that_cannot_be_written_is_named_and_nothing_of_it_is_lost(
        place: Place, hold: Hold, disk: Callable[[Path, int], None]
    ) -> None:
        if MAY_MOUNT:
            own_disk(place, disk, 400)
        holder = hold().until_ready()
        ask(place, "CREATE TABLE kept AS SELECT 'heard' AS word")
        holder.leave()
        wait_until(lambda: postmaster.running(place) is None, "the database has stopped")
        with read_only(place.home if MAY_MOUNT else place.data):
            said = " ".join(hold().until_ready().said)
            assert "READY" not in said
            assert str(place.home) in said and ("cannot be written" in said or "may not write" in said)
        hold().until_ready()
        assert ask(place, "SELECT word FROM kept") == [("heard",)]

    def test_serving_from_a_folder_that_cannot_be_written_says_what_to_do(
        place: Place, disk: Callable[[Path, int], None]
    ) -> None:
        place.var.mkdir(parents=True)
        if MAY_MOUNT:
            disk(place.var, 10)
        with read_only(place.var), evenhand(place, "serve", "--port", str(free_port())) as process:
            said = process.communicate(timeout=120)[0]
        assert process.returncode == 1
        assert "cannot be written" in said and "Set EVENHAND_VAR to a folder that can" in said
        assert "Traceback" not in said
