"""One import of a contact log from its first byte to its report.

Reading fills temporary tables, and tells how far it is as it goes; writing is one transaction.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from evenhand.contacts import judging, loading, months, retention, staging
from evenhand.contacts.loading import Loaded
from evenhand.contacts.reading import LogFile
from evenhand.contacts.sheet import contacts, matters
from evenhand.people.csv_file import Unreadable
from evenhand.people.models import RegisterImport, RejectedRow, User
from evenhand.people.models.register import Brings, ImportState
from evenhand.people.register import running
from evenhand.people.register.running import Progress, carry_out, say, teller
from evenhand.people.register.staging import REPORT_COLUMNS

FILES = ("matters.csv", "contacts.csv")
WORK_MEMORY = "96MB"
"""What the database may use for one step of joining millions of rows."""
MANY = 10_000
"""So many new contacts, and the database counts its rows anew."""


def begin(
    folder: Path | str,
    source: str,
    at: datetime,
    *,
    register: str = "",
    by: User | None = None,
    dry_run: bool = False,
) -> RegisterImport:
    """Writes down that a contact log is to be brought in, so that a page can follow it. `run` does it.

    `register` is the source of the people whom the log names; the log's own unless it is another.
    """
    named = register or source
    return running.begin(folder, source, at, brings=Brings.CONTACTS, register=named, by=by, dry_run=dry_run)


def run(
    import_id: int,
    *,
    day: date,
    clock: Callable[[], datetime],
    progress: Callable[[Progress], None] = lambda so_far: None,
) -> RegisterImport:
    """Does an import that `begin` wrote down. Out: it, with its state, message and counts.

    In: the landlord's own day, a clock for when it ended, and what to tell of progress. Files that cannot be read are
    a state of the import, not an exception. Call it outside a transaction: progress is then seen while it runs.
    """
    record = RegisterImport.objects.get(pk=import_id)

    def work() -> None:
        try:
            _read_and_load(record, day, progress)
        finally:
            staging.clear()

    return carry_out(record, clock, work, "The contacts are up to date.")


def _read_and_load(record: RegisterImport, day: date, progress: Callable[[Progress], None]) -> None:
    files = _files(Path(record.folder), day)
    say(record, state=ImportState.READING, bytes_total=sum(file.size for file in files))
    RejectedRow.objects.filter(register_import=record).delete()
    staging.prepare()
    staged = {file.name: staging.fill(file, record.pk, teller(record, files, file, progress)) for file in files}
    record.counts = {name: {"read": each.read} for name, each in staged.items()}
    staging.learn_sizes()
    say(record, state=ImportState.LOADING)
    twice = [name.removesuffix("s.csv") for name, each in staged.items() if not each.in_order]
    with _roomy():
        judging.judge(record.source, record.register, twice=twice)
        _report(record)
    needed = months.named(staged["contacts.csv"].months) if "contacts.csv" in staged else []
    if not record.dry_run:
        # Apart from the rest: while a month is being made, nobody can ask about all months.
        months.make(needed)
    with _roomy():
        if record.dry_run:
            months.make(needed)
        loaded = loading.load(record.source, record.register)
        if record.dry_run:
            transaction.set_rollback(True)
    _count(record, loaded)
    if sum(loaded.contacts) >= MANY and not record.dry_run:
        months.learn_sizes()


@contextmanager
def _roomy() -> Iterator[None]:
    """A transaction in which millions of rows can be joined."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [WORK_MEMORY])
        yield


def _files(folder: Path, day: date) -> list[LogFile]:
    """The files that are there, matters first: either may come alone."""
    sheets = (matters(), contacts(day, retention.kept_since(day)))
    found = [LogFile(sheet, folder / sheet.file) for sheet in sheets if (folder / sheet.file).is_file()]
    if not found:
        raise Unreadable(f"There is neither {' nor '.join(FILES)} in {folder}.")
    return found


def _report(record: RegisterImport) -> None:
    """Keeps what was found wrong where a page and the command show it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO people_rejectedrow ({REPORT_COLUMNS})"
            ' SELECT %s, file, line, "column", value, reason, whole_row FROM wrong_rows',
            [record.pk],
        )


def _count(record: RegisterImport, loaded: Loaded) -> None:
    """What became of the rows of each file."""
    for file, (added, changed) in zip(FILES, (loaded.matters, loaded.contacts), strict=True):
        if counts := record.counts.get(file):
            refused = record.rejected.filter(file=file, whole_row=True).values("line").distinct().count()
            unchanged = counts["read"] - refused - added - changed
            counts.update({"not loaded": refused, "added": added, "changed": changed, "unchanged": unchanged})
    if counts := record.counts.get("contacts.csv"):
        counts["waiting"] = loaded.waiting
