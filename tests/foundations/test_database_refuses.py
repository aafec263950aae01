"""What keeps the embedded database from starting, said so that somebody can do something about it."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.database import account, cluster, postmaster
from evenhand.database.place import LONGEST_FOLDER, DatabaseTrouble, Place
from tests.foundations.conftest import Holder, wait_until

Hold = Callable[[], Holder]


def test_another_versions_data_is_left_alone(place: Place, hold: Hold) -> None:
    hold().until_ready().leave()
    wait_until(lambda: postmaster.running(place) is None, "the database has stopped")
    place.data.rename(place.home / "postgres-9")
    words = " ".join(hold().until_ready().said)
    assert "made by another version of PostgreSQL (postgres-9)" in words
    assert f"runs version {place.major}" in words
    assert "docs/database.md" in words
    assert not place.data.exists()


def test_another_versions_data_under_our_name_is_left_alone(place: Place, hold: Hold) -> None:
    hold().until_ready().leave()
    wait_until(lambda: postmaster.running(place) is None, "the database has stopped")
    (place.data / "PG_VERSION").write_text("9\n")
    assert "holds data of PostgreSQL 9" in " ".join(hold().until_ready().said)


def test_data_of_another_user_is_left_alone(place: Place, hold: Hold) -> None:
    if os.geteuid():
        place.data.mkdir(parents=True)
        stranger = os.geteuid() + 1
        with pytest.MonkeyPatch.context() as patch, pytest.raises(DatabaseTrouble, match="belongs to another user"):
            patch.setattr(cluster, "account", lambda _: type("Account", (), {"pw_uid": stranger}))
            cluster.refuse_another_user(place)
        return
    hold().until_ready().leave()
    wait_until(lambda: postmaster.running(place) is None, "the database has stopped")
    os.chown(place.data, 12345, 12345)
    assert "belongs to another user (number 12345)" in " ".join(hold().until_ready().said)


def test_root_does_not_begin_anew_beside_an_ordinary_users_data(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.var / "postgres-18").mkdir(parents=True)
    monkeypatch.setattr(Place, "as_root", True)
    with pytest.raises(DatabaseTrouble, match="was made when Evenhand was run as an ordinary user"):
        cluster.refuse_what_an_ordinary_user_made(place)
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "is full. Make room"), (errno.EROFS, "cannot be written"), (errno.EACCES, "cannot be written")],
)
def test_a_full_or_read_only_disk_is_said_in_plain_words(place: Place, number: int, words: str) -> None:
    error = OSError(number, os.strerror(number), str(place.home))
    said = cluster.in_plain_words(error, place)
    assert words in said
    assert str(place.home) in said


def test_a_nearly_full_disk_is_noticed_before_anything_is_made(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.home.mkdir(parents=True)
    monkeypatch.setattr(cluster, "ROOM_NEEDED", 1 << 62)
    with pytest.raises(OSError, match="No space left") as raised:
        cluster.create(place)
    assert "is full. Make room" in cluster.in_plain_words(raised.value, place)
    assert not list(place.home.glob("postgres-*"))


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("FATAL:  could not write lock file: No space left on device", "is full. Make room"),
        ("FATAL:  could not open file: Read-only file system", "may not write"),
        ("FATAL:  invalid value for parameter", "invalid value for parameter"),
    ],
)
def test_a_server_that_will_not_start_says_why(place: Place, log: str, words: str) -> None:
    place.locks.mkdir(parents=True)
    place.log.write_text(log + "\n")
    assert words in str(postmaster.trouble_starting(place))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.touch()
    said = " ".join(Holder(Place(blocked / "var")).until_ready().said)
    assert str(blocked) in said


def test_a_deep_folder_gets_a_short_private_socket_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Place, "as_root", False)
    deep, other = Place(tmp_path / ("d" * 120) / "var"), Place(tmp_path / ("e" * 120) / "var")
    assert len(os.fsencode(deep.socket)) <= LONGEST_FOLDER
    assert deep.socket == Place(deep.var).socket
    assert deep.socket != other.socket
    assert Place(Path("/srv/evenhand/var")).socket == Path("/srv/evenhand/var/socket")


def test_a_private_folder_is_never_somebody_elses(tmp_path: Path) -> None:
    me = account.ourselves()
    made = tmp_path / "made"
    account.private_folder(made, me)
    assert made.stat().st_mode & 0o777 == 0o700
    made.chmod(0o777)
    account.private_folder(made, me)
    assert made.stat().st_mode & 0o777 == 0o700
    link = tmp_path / "link"
    link.symlink_to(made)
    with pytest.raises(DatabaseTrouble, match="should be a folder of the user"):
        account.private_folder(link, me)
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseTrouble, match="should be a folder of the user"):
        account.private_folder(tmp_path / "file", me)


def test_a_lock_that_names_another_program_is_not_believed(place: Place) -> None:
    place.data.mkdir(parents=True)
    (place.data / "postmaster.pid").write_text(f"{os.getpid()}\n{place.data}\n")
    assert postmaster.running(place) is None
