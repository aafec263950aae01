"""One import of a contact log from its first byte to its report.

Reading tells how far it is as it goes; all of it is one transaction.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.db import connection, transaction

from evenhand.contacts import months, remeasure, retention, staging, to_judge
from evenhand.contacts.course import Course, OutOfOrder, roomy, told
from evenhand.contacts.reading import LogFile
from evenhand.contacts.sheet import contacts, matters
from evenhand.people.csv_file import Unreadable
from evenhand.people.models import RegisterImport, RejectedRow, User
from evenhand.people.models.register import Brings, ImportState
from evenhand.people.register import running
from evenhand.people.register.running import Progress, carry_out, say
from evenhand.people.register.staging import REPORT_COLUMNS

FILES = ("matters.csv", "contacts.csv")
MEGABYTE = 1 << 20
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
    # Before the rest: while a month is being made, nobody can ask about all months.
    months.make_all(retention.kept_since(day), day + timedelta(days=1))
    try:
        course = _once(record, day, progress, in_parts=True)
    except OutOfOrder:
        course = _once(record, day, progress, in_parts=False)
    _count(record, course)
    if sum(course.loaded.contacts) >= MANY and not record.dry_run:
        months.learn_sizes()
    if not record.dry_run and sum(course.loaded.contacts) + sum(course.loaded.matters):
        remeasure.everybody()
        to_judge.call()


def _once(record: RegisterImport, day: date, progress: Callable[[Progress], None], *, in_parts: bool) -> Course:
    """Reads and writes everything once. A trial is undone, but what it found wrong is kept."""
    files = _files(Path(record.folder), day)
    say(record, state=ImportState.READING, bytes_total=sum(file.size for file in files), bytes_done=0)
    RejectedRow.objects.filter(register_import=record).delete()
    course = Course(record.source, record.register, to_judge.since(day), in_parts)
    with TemporaryFile() as wrong:
        with told(record.pk) as tell, roomy():

            def after_block(file: LogFile, rows: int) -> None:
                record.bytes_done = sum(each.bytes_read for each in files)
                tell(record.bytes_done)
                progress(Progress(file.name, rows, record.bytes_done, record.bytes_total))

            course.run(files, after_block)
            _copied_out(record, wrong)
            if record.dry_run:
                transaction.set_rollback(True)
        _kept(wrong)
    return course


def _files(folder: Path, day: date) -> list[LogFile]:
    """The files that are there, matters first: either may come alone."""
    sheets = (matters(), contacts(day, retention.kept_since(day)))
    found = [LogFile(sheet, folder / sheet.file) for sheet in sheets if (folder / sheet.file).is_file()]
    if not found:
        raise Unreadable(f"There is neither {' nor '.join(FILES)} in {folder}.")
    return found


def _copied_out(record: RegisterImport, file: IO[bytes]) -> None:
    """Writes what was found wrong to a file: a trial undoes its tables."""
    with connection.cursor() as cursor:
        rows = 'SELECT file, line, "column", value, reason, whole_row FROM wrong_rows ORDER BY file, line'
        with cursor.copy(f"COPY (SELECT {record.pk}, wrong.* FROM ({rows}) wrong) TO STDOUT") as copy:
            for part in copy:
                file.write(part)
    file.seek(0)


def _kept(file: IO[bytes]) -> None:
    """Keeps what was found wrong where a page and the command show it."""
    with connection.cursor() as cursor, cursor.copy(f"COPY people_rejectedrow ({REPORT_COLUMNS}) FROM STDIN") as copy:
        while part := file.read(MEGABYTE):
            copy.write(part)


def _count(record: RegisterImport, course: Course) -> None:
    """What became of the rows of each file."""
    loaded = course.loaded
    for file, (added, changed) in zip(FILES, (loaded.matters, loaded.contacts), strict=True):
        if file in course.read:
            read = course.read[file]
            refused = record.rejected.filter(file=file, whole_row=True).values("line").distinct().count()
            counts = {"read": read, "not loaded": refused, "added": added, "changed": changed}
            record.counts[file] = {**counts, "unchanged": read - refused - added - changed}
    if "contacts.csv" in course.read:
        record.counts["contacts.csv"]["waiting"] = loaded.waiting
