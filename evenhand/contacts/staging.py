"""The rows of a contact log wait in temporary tables, read and in shape, before any contact is written."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection

from evenhand.contacts.reading import LogFile
from evenhand.people.register.sheet import Problem, Sheet
from evenhand.people.register.staging import report

BLOCK = 10_000
MATTERS = """
CREATE TEMP TABLE staged_matters (
    line bigint, ref varchar(60), person_ref varchar(60), kind varchar(60), opened_on date, told_on date,
    respond_by date, responded_on date, closed_on date, done_on date, reopened_on date, complaint_exhausted_on date,
    unknown varchar(60)[]
)
"""
# Each row brings the number it will have, should it be new.
CONTACTS = """
CREATE TEMP TABLE staged_contacts (
    id bigint NOT NULL DEFAULT nextval('contacts_contact_id_seq'), at timestamptz, digest bigint, line bigint,
    minutes smallint, asked_for_senior boolean, offered_colleague boolean, specific boolean, new_information boolean,
    because_of_need boolean, ref varchar(60), person_ref varchar(60) DEFAULT '', matter_ref varchar(60) DEFAULT '',
    channel varchar(20) DEFAULT '', direction varchar(3) DEFAULT '', caller varchar(20), team varchar(120) DEFAULT '',
    exempt_kind varchar(60), telephone varchar(200) DEFAULT '', phones varchar(20)[] DEFAULT '{}',
    email varchar(320) DEFAULT '', emails varchar(320)[] DEFAULT '{}', name varchar(240) DEFAULT ''
)
"""
WRONG = """
CREATE TEMP TABLE wrong_rows (
    file varchar(60), line bigint, "column" varchar(60), value varchar(200), reason text, whole_row boolean
)
"""
TABLES = ("staged_matters", "staged_contacts", "corrected_contacts", "lost_contacts", "wrong_rows")


def prepare() -> None:
    """Makes the empty temporary tables, which only this connection sees."""
    clear()
    with connection.cursor() as cursor:
        for table in (MATTERS, CONTACTS, WRONG):
            cursor.execute(table)


def clear() -> None:
    """Takes the temporary tables away: the connection may serve others next."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(TABLES)}")


@dataclass
class Staged:
    """What was staged of one file: the rows read, the months its contacts lie in, and whether a row may come twice."""

    read: int = 0
    months: set[str] = field(default_factory=set)
    in_order: bool = True
    """Each reference came after the one before, as most exports have them: then none can come twice."""
    last: str = ""

    def note(self, row: str, *, dated: bool) -> None:
        """Takes note of one line to copy: its reference and, if it is of a contact, the month it lies in."""
        ref, _, rest = row.partition("\t")
        self.in_order = self.in_order and ref > self.last
        self.last = ref
        if dated:
            self.months.add(rest[:7])


def fill(file: LogFile, import_id: int, after_block: Callable[[int], None]) -> Staged:
    """Stages every row of a file by COPY, in blocks, and reports what is wrong in them.

    Raises `Unreadable`. Memory holds two blocks, never a whole file: while the database takes one in, the next is read.
    """
    reader, staged, dated = file.reader, Staged(), file.name == "contacts.csv"
    with ThreadPoolExecutor(1) as beside:
        copied: Future[None] | None = None
        # A block is read whole before it is copied: a file that breaks off must not break the database's statement too.
        while block := list(islice(file.lines(), BLOCK)):
            lines: list[str] = []
            problems: list[tuple[int, Problem]] = []
            for line in block:
                row, wrong = (None, [whole(line.wrong)]) if line.wrong else reader.read(line.cells)
                if row is not None:
                    lines.append(f"{row}\t{line.number}\n")
                    staged.note(row, dated=dated)
                if wrong:
                    problems += [(line.number, problem) for problem in wrong]
            staged.read += len(block)
            if copied:
                copied.result()
            report(import_id, reader.sheet, problems)
            after_block(staged.read)
            copied = beside.submit(copy_in, reader.sheet, lines, connection.connection)
        if copied:
            copied.result()
    return staged


def whole(reason: str) -> Problem:
    """What is wrong with a line that has no cells to speak of."""
    return Problem("", "", reason, True)


def copy_in(sheet: Sheet, lines: Sequence[str], over: Any) -> None:
    """Adds lines, as a `Reader` of the sheet gives them with their number after them, to the sheet's table.

    In as well: the driver's own connection, as another thread may do this and Django's are each of one thread.
    """
    if not lines:
        return
    with over.cursor() as cursor, cursor.copy(f"COPY {sheet.table} ({', '.join(sheet.staged)}, line) FROM STDIN") as to:
        to.write("".join(lines))


def learn_sizes(tables: Iterable[str] = ("staged_matters", "staged_contacts")) -> None:
    """Lets the database count what was staged: it decides how the rows are joined."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {table}")
