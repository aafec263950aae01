"""The rows of a contact log wait in temporary tables, read and in shape, before any contact is written."""

from collections.abc import Callable, Iterable, Sequence

from django.db import connection

from evenhand.contacts.reading import LogFile, Reader
from evenhand.people.register.sheet import Problem, Sheet
from evenhand.people.register.staging import report

BLOCK = 5_000
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


def fill(file: LogFile, import_id: int, after_block: Callable[[int], None]) -> int:
    """Stages every row of a file by COPY, in blocks, and reports what is wrong in them. Out: the rows read.

    Raises `Unreadable`. Memory holds one block, never a whole file.
    """
    reader, read = Reader(file.sheet, file.lacking), 0
    for block in file.blocks(BLOCK):
        lines: list[str] = []
        problems: list[tuple[int, Problem]] = []
        for line in block:
            if line.wrong:
                problems.append((line.number, Problem("", "", line.wrong, True)))
                continue
            row, wrong = reader.read(file.in_order(line))
            if row is not None:
                lines.append(f"{line.number}\t{row}\n")
            problems += [(line.number, problem) for problem in wrong]
        copy_in(file.sheet, lines)
        report(import_id, file.sheet, problems)
        read += len(block)
        after_block(read)
    return read


def copy_in(sheet: Sheet, lines: Sequence[str]) -> None:
    """Adds lines, as a `Reader` of the sheet gives them with their number before them, to the sheet's table."""
    if not lines:
        return
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {sheet.table} (line, {', '.join(sheet.staged)}) FROM STDIN") as copy:
            copy.write("".join(lines))


def learn_sizes(tables: Iterable[str] = ("staged_matters", "staged_contacts")) -> None:
    """Lets the database count what was staged: it decides how the rows are joined."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {table}")
