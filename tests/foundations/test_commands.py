"""Whatever breaks a command off is told in words, with an exit code that is not nought: no trace, nothing by half."""

import errno
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.management import get_commands
from django.db import OperationalError, ProgrammingError, connection
from psycopg import errors

from evenhand import broken_off, commands
from evenhand.database.place import DatabaseTrouble
from evenhand.whole_file import whole

VISITS = "reference,uprn,date\nV1,100000000001,2026-11-23\n"
ARGUMENTS = {
    "add_administrator": ["ann@example.org", "Ann", "Lee"],
    "backup": ["{folder}/evenhand.backup"],
    "check_visits": ["{folder}/visits.csv", "--out", "{folder}/checked.csv"],
    "demand": ["--from", "2026-01-01", "--to", "2026-02-01"],
    "dispose": [],
    "import_alerts": ["{folder}/visits.csv", "--source", "flags"],
    "import_contacts": ["{folder}"],
    "import_register": ["{folder}"],
    "lookup": ["Bell"],
    "rebuild": [],
    "verify": ["--export", "{folder}/record.jsonl"],
    "migrate": [],
    "prepare": [],
}
NO_DATABASE = {"documents"}
"""Commands that need none."""
ELSEWHERE = {"begin_demo", "play_stories", "work", "restore", "look_through"}
"""Of the demonstration; the worker, which waits; what reads its archive before anything (sharing/test_restore.py); and
what asks first for a scanner.
"""


def ours() -> set[str]:
    """Every command of Evenhand's own: a new one cannot escape."""
    return {name for name, app in get_commands().items() if str(getattr(app, "name", app)).startswith("evenhand")}


@pytest.fixture
def nobody_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A database that cannot be reached, and a folder with files to bring in."""

    def refused(*_: object, **__: object) -> None:
        words = "connection failed: connection to server at 10.0.0.1 failed: Connection refused\n\tIs it running?"
        raise OperationalError(words) from psycopg.OperationalError(words)

    for name in ("cursor", "chunked_cursor", "set_autocommit", "ensure_connection", "connect"):
        monkeypatch.setattr(connection, name, refused)
    monkeypatch.setattr(psycopg, "connect", refused)
    # Else the embedded one would be started; which database is asked was settled before.
    monkeypatch.setenv("DATABASE_URL", "postgresql://evenhand:secret@10.0.0.1/evenhand")
    monkeypatch.setenv("EVENHAND_ACT_AS", "owner")
    (tmp_path / "visits.csv").write_text(VISITS)
    return tmp_path


def test_every_command_is_tried_here_or_elsewhere() -> None:
    assert ours() <= ARGUMENTS.keys() | NO_DATABASE | ELSEWHERE


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ARGUMENTS))
def test_a_database_that_cannot_be_reached_is_told_in_words(
    name: str, nobody_answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(nobody_answers.rglob("*"))
    given = [each.format(folder=nobody_answers) for each in ARGUMENTS[name]]
    try:
        code = commands.obey(name, given)
    except SystemExit as left:
        code = int(left.code or 0)
    said = capsys.readouterr()
    assert code == (3 if name == "lookup" else 1), said
    assert "Traceback" not in said.err + said.out and "secret" not in said.err + said.out
    assert "The database does not answer" in said.err or "The check is not working" in said.err, said.err
    assert sorted(nobody_answers.rglob("*")) == before, "Nothing is left half-written."


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error, words",
    [
        (DatabaseTrouble("It is in use."), "It is in use."),
        (caused(OperationalError(), errors.DiskFull("could not extend file")), "make room. Then run this again."),
        (caused(OperationalError(), errors.TooManyConnections("sorry")), "too many connections"),
        (caused(OperationalError(), errors.DeadlockDetected("deadlock")), "held the same rows"),
        (caused(OperationalError(), errors.QueryCanceled("timeout")), "statement_timeout"),
        (caused(ProgrammingError(), errors.UndefinedTable("people_user")), "Run evenhand migrate first."),
        (caused(ProgrammingError(), errors.InsufficientPrivilege("denied")), "DATABASE_OWNER_URL"),
        (OSError(errno.ENOSPC, "No space left on device", "/a/b"), "/a/b: no room is left there"),
        (OSError(errno.EROFS, "Read-only file system", "/a/b"), "/a/b: Read-only file system"),
    ],
)
def test_what_breaks_a_command_off_is_told_with_what_to_do(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: object) -> None:
        raise error

    monkeypatch.setattr(commands, "run", breaks)
    assert commands.obey("verify", []) == 1
    assert words in capsys.readouterr().err
    assert commands.obey("lookup", ["Bell"]) == 3, "1 would mean that nobody matches."


def test_a_fault_of_ours_is_not_hidden_and_a_trace_is_shown_to_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise error

    monkeypatch.setattr(commands, "run", breaks)
    error: Exception = ValueError("ours")
    with pytest.raises(ValueError, match="ours"):
        commands.obey("verify", [])
    error = OperationalError("away")
    with pytest.raises(OperationalError):
        commands.obey("verify", ["--traceback"])
    assert broken_off.words_of(ValueError("ours")) is None


def test_a_wrong_address_of_the_database_is_told_and_not_its_password(tmp_path: Path) -> None:
    """As an operator meets it: a process of its own, a port where nobody listens."""
    environment = {"PATH": "/usr/bin", "DATABASE_URL": "postgresql://evenhand:s3cret@127.0.0.1:1/evenhand"}
    done = subprocess.run(
        [sys.executable, "-m", "evenhand", "backup", str(tmp_path / "evenhand.backup")],
        env=environment | {"EVENHAND_VAR": str(tmp_path / "var")}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1 and "Check that it runs, and that DATABASE_URL names it" in done.stderr
    assert "Traceback" not in done.stderr and "s3cret" not in done.stderr
    assert not (tmp_path / "evenhand.backup").exists()


@pytest.mark.parametrize("stopped_by", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_file_is_whole_or_what_it_was(stopped_by: BaseException, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    file.write_text("the report of before")
    with pytest.raises(type(stopped_by)), whole(file) as out:
        out.write("half of it")
        out.flush()
        raise stopped_by
    assert file.read_text() == "the report of before" and list(tmp_path.iterdir()) == [file]
    with pytest.raises(FileExistsError), whole(file, replaces=False):
        pass
    with whole(file) as out:
        out.write("all of it")
    assert file.read_text() == "all of it" and file.stat().st_mode & 0o777 == 0o600
