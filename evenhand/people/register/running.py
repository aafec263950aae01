"""How any import runs: written down, one at a time, followed by whoever waits, and ended in one state or another."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.db import connection

from evenhand.people.csv_file import Unreadable
from evenhand.people.models import RegisterImport, User
from evenhand.people.models.register import Brings, ImportState

LOCK = 7_310_221


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come: the file being read, its rows so far, and bytes of all files."""

    file: str
    rows: int
    bytes_done: int
    bytes_total: int


class Stopped(Exception):
    """The import goes no further, and nothing was loaded. `state` says what an administrator can do."""

    def __init__(self, state: ImportState, words: str) -> None:
        super().__init__(words)
        self.state = state
        self.words = words


class BeingRead(Protocol):
    """A file as far as it has been read."""

    @property
    def name(self) -> str: ...

    @property
    def bytes_read(self) -> int: ...


def begin(
    folder: Path | str,
    source: str,
    at: datetime,
    *,
    brings: Brings = Brings.REGISTER,
    register: str = "",
    by: User | None = None,
    complete: bool = False,
    dry_run: bool = False,
    confirm_ending: bool = False,
) -> RegisterImport:
    """Writes down that an import is to run, so that a page can follow it."""
    return RegisterImport.objects.create(
        folder=str(folder),
        source=source,
        brings=brings,
        register=register,
        started_at=at,
        by=by,
        complete=complete,
        dry_run=dry_run,
        confirm_ending=confirm_ending,
    )


def carry_out(
    record: RegisterImport, clock: Callable[[], datetime], work: Callable[[], None], done: str
) -> RegisterImport:
    """Does the work of an import, alone, and writes down how it ended. Out: the record.

    Files that cannot be read, and work that was `Stopped`, are states of the import, not exceptions. `done` is what is
    said when all went well; what was left out is said first.
    """
    try:
        with alone():
            work()
        state = ImportState.DONE
        message = "Nothing was changed: this was a trial." if record.dry_run else _done(record, done)
    except Stopped as stopped:
        state, message = stopped.state, stopped.words
    except Unreadable as unreadable:
        state, message = ImportState.REFUSED, f"{unreadable} Nothing was loaded."
    except Exception:
        say(record, state=ImportState.FAILED, message="It broke off. Nothing was loaded.", ended_at=clock())
        raise
    say(record, state=state, message=message, ended_at=clock(), counts=record.counts, whole=record.whole)
    return record


def _done(record: RegisterImport, done: str) -> str:
    """What is said at the end: that all is up to date only where nothing was left out."""
    rows = record.rejected.filter(whole_row=True).count()
    details = record.rejected.filter(whole_row=False).count()
    said = [f"{rows:,} {'row was' if rows == 1 else 'rows were'} not loaded"] if rows else []
    if details:
        said.append(f"{details:,} {'detail was' if details == 1 else 'details were'} left out of rows that were loaded")
    if not said:
        return done
    left_out = f"What could be loaded was. But {', and '.join(said)}: see what was wrong."
    return f"{left_out} {done}" if record.brings == Brings.ALERTS else left_out


def teller(
    record: RegisterImport, files: Sequence[BeingRead], file: BeingRead, progress: Callable[[Progress], None]
) -> Callable[[int], None]:
    """What to call with the rows of `file` read so far: it writes down how far all the files have been read."""

    def tell(rows: int) -> None:
        done = sum(other.bytes_read for other in files)
        say(record, bytes_done=done)
        progress(Progress(file.name, rows, done, record.bytes_total))

    return tell


def say(record: RegisterImport, **what: object) -> None:
    """Writes down what became of an import, for whoever follows it."""
    for name, value in what.items():
        setattr(record, name, value)
    record.save(update_fields=list(what))


def is_running() -> bool:
    """Whether an import runs at this moment, in any process on any machine: one that was killed holds nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = %s"
            " AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [LOCK],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def alone() -> Iterator[None]:
    """No other import runs meanwhile: what was checked is still so when it is loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Stopped(ImportState.REFUSED, "Another import is running. Wait until it is done. Nothing was loaded.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
