"""One import from its first byte to its report. Nothing of the register changes before everything has been checked.

Reading and checking fill temporary tables, and tell how far they are as they go; loading is one transaction.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from evenhand.people.csv_file import Unreadable
from evenhand.people.models import RegisterImport, RejectedRow, User
from evenhand.people.models.register import ImportState
from evenhand.people.refusal import NotDone
from evenhand.people.register import absence, judging, loading, staging
from evenhand.people.register.reading import RegisterFile
from evenhand.people.register.sheet import Sheet, all_sheets
from evenhand.policy.staff import Role

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


def begin(
    folder: Path | str,
    source: str,
    at: datetime,
    *,
    by: User | None = None,
    complete: bool = False,
    dry_run: bool = False,
    confirm_ending: bool = False,
) -> RegisterImport:
    """Writes down that an import is to run, so that a page can follow it. `run` does it."""
    return RegisterImport.objects.create(
        folder=str(folder),
        source=source,
        started_at=at,
        by=by,
        complete=complete,
        dry_run=dry_run,
        confirm_ending=confirm_ending,
    )


def confirm(record: RegisterImport, by: User, at: datetime) -> RegisterImport:
    """An administrator says that the many who are absent have indeed left. Out: the same import anew, to `run`."""
    if not by.actor.has(Role.ADMINISTRATOR):
        raise NotDone("Only an administrator can confirm that so many have left. Ask one to look at the import.")
    if record.state != ImportState.TO_CONFIRM:
        raise NotDone("This import is not waiting to be confirmed. Look at what it says now.")
    return begin(record.folder, record.source, at, by=by, complete=True, dry_run=record.dry_run, confirm_ending=True)


def run(
    import_id: int,
    *,
    day: date,
    clock: Callable[[], datetime],
    progress: Callable[[Progress], None] = lambda so_far: None,
) -> RegisterImport:
    """Does an import that `begin` wrote down. Out: it, with its state, message and counts; its report is in `rejected`.

    In: the landlord's own day, a clock for when it ended, and what to tell of progress. Files that cannot be read, and
    endings that must be confirmed, are states of the import, not exceptions. Call it outside a transaction: progress
    is then seen by others while it runs.
    """
    record = RegisterImport.objects.get(pk=import_id)
    sheets = all_sheets(day)
    try:
        with _alone():
            try:
                _read_and_load(record, sheets, day, progress)
            finally:
                staging.clear(sheets)
        state = ImportState.DONE
        message = "Nothing was changed: this was a trial." if record.dry_run else "The register is up to date."
    except Stopped as stopped:
        state, message = stopped.state, stopped.words
    except Unreadable as unreadable:
        state, message = ImportState.REFUSED, f"{unreadable} Nothing was loaded."
    except Exception:
        _say(record, state=ImportState.FAILED, message="It broke off. Nothing was loaded.", ended_at=clock())
        raise
    _say(record, state=state, message=message, ended_at=clock(), counts=record.counts)
    return record


def _read_and_load(
    record: RegisterImport, sheets: tuple[Sheet, ...], day: date, progress: Callable[[Progress], None]
) -> None:
    files = [RegisterFile(sheet, Path(record.folder) / sheet.file) for sheet in sheets]
    _say(record, state=ImportState.READING, bytes_total=sum(file.size for file in files))
    RejectedRow.objects.filter(register_import=record).delete()
    staging.prepare(sheets)
    unknown = 0
    for file in files:
        read, without_reference = staging.fill(file, record.pk, _teller(record, files, file, progress))
        unknown += without_reference
        record.counts[file.sheet.file] = {"read": read}
    _say(record, state=ImportState.LOADING)
    _judge(record, sheets)
    if record.complete:
        _stop_if_too_many_end(record, unknown)
    with transaction.atomic():
        _load(record, sheets, day)
        if record.dry_run:
            transaction.set_rollback(True)


def _judge(record: RegisterImport, sheets: tuple[Sheet, ...]) -> None:
    homes, people, tenancies, tenancy_people = sheets
    for sheet in sheets:
        judging.refuse_repeats(sheet, record.pk)
    for sheet, to, column in (
        (tenancies, homes, "home_ref"),
        (tenancy_people, tenancies, "tenancy_ref"),
        (tenancy_people, people, "person_ref"),
    ):
        judging.refuse_references_to_nothing(sheet, to, column, record.pk, record.source)
    for sheet in sheets:
        refused = record.rejected.filter(file=sheet.file, whole_row=True).values("line").distinct().count()
        record.counts[sheet.file]["not loaded"] = refused


def _stop_if_too_many_end(record: RegisterImport, unknown: int) -> None:
    """Above 2 % ending, or with rows of whom nobody can say whether they left, an administrator confirms first."""
    endings = absence.count(record.source)
    for ending in endings:
        record.counts[f"{ending.kind.sheet}.csv"]["ending"] = ending.ending
    if record.confirm_ending:
        return
    many = [f"{ending.ending:,} of {ending.live:,} {ending.kind.words}" for ending in endings if ending.is_too_many]
    if many:
        raise Stopped(
            ImportState.TO_CONFIRM,
            f"This would end {', '.join(many)}: more than {absence.MOST_PER_CENT} in 100. Nothing was loaded. "
            "If the files are complete, an administrator confirms it and it runs again.",
        )
    if unknown and any(ending.ending for ending in endings):
        raise Stopped(
            ImportState.TO_CONFIRM,
            f"{unknown:,} {'row' if unknown == 1 else 'rows'} cannot be matched to anyone, so we cannot tell who has "
            "left. Nothing was loaded. Mend those rows, or an administrator confirms it and it runs again.",
        )


def _load(record: RegisterImport, sheets: tuple[Sheet, ...], day: date) -> None:
    steps = (loading.homes, loading.people, loading.tenancies, loading.tenancy_people)
    for sheet, step in zip(sheets, steps, strict=True):
        added, changed = step(record.pk, record.source)
        counts = record.counts[sheet.file]
        unchanged = counts["read"] - counts["not loaded"] - added - changed
        counts.update({"added": added, "changed": changed, "unchanged": unchanged})
    begun, ended = loading.needs(record.pk, record.source, day)
    record.counts["needs"] = {"begun": begun, "ended": ended}
    if record.complete:
        for name, number in absence.end(record.pk, record.source, day).items():
            record.counts[f"{name}.csv"].pop("ending", None)
            record.counts[f"{name}.csv"]["ended"] = number


def _teller(
    record: RegisterImport, files: list[RegisterFile], file: RegisterFile, progress: Callable[[Progress], None]
) -> Callable[[int], None]:
    def tell(rows: int) -> None:
        done = sum(other.bytes_read for other in files)
        _say(record, bytes_done=done)
        progress(Progress(file.sheet.file, rows, done, record.bytes_total))

    return tell


def _say(record: RegisterImport, **what: object) -> None:
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
def _alone() -> Iterator[None]:
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
