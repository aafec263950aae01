"""The rows of a contact log wait in temporary tables, read and in shape, before any contact is written."""

from collections.abc import Iterable

from django.db import connection

from evenhand.contacts.reading import as_copied
from evenhand.people.register.sheet import Problem, Sheet

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
LOST = "CREATE TEMP TABLE lost_contacts (id bigint, line bigint, ref varchar(60), person_ref varchar(60))"
LATE = "CREATE TEMP TABLE late_contacts (person bigint, person_ref varchar(60), since timestamptz)"
CORRECTED = "CREATE TEMP TABLE corrected_contacts (id bigint, was_at timestamptz, staged_id bigint)"
PARTS = ("staged_matters", "staged_contacts", "corrected_contacts", "lost_contacts")
TABLES = (*PARTS, "late_contacts", "wrong_rows")


def prepare() -> None:
    """Makes the empty temporary tables, which only this connection sees."""
    clear()
    with connection.cursor() as cursor:
        for table in (MATTERS, CONTACTS, LOST, CORRECTED, LATE, WRONG):
            cursor.execute(table)


def empty() -> None:
    """Makes room for the next rows. What was found wrong so far, and whose contacts came late, is kept."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(PARTS)}")


def clear() -> None:
    """Takes the temporary tables away: the connection may serve others next."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join(TABLES)}")


def copy_in(sheet: Sheet, lines: str) -> None:
    """Adds lines, as a `Reader` of the sheet gives them with their number after them, to the sheet's table."""
    _copy(f"{sheet.table} ({', '.join(sheet.staged)}, line)", lines)


def report(sheet: Sheet, problems: Iterable[tuple[int, Problem]]) -> None:
    """Adds what is wrong in rows of a sheet, each with the number of its line."""
    _copy(
        'wrong_rows (file, line, "column", value, reason, whole_row)',
        "".join(
            as_copied((sheet.file, str(line), each.column, each.value, each.reason, each.whole_row)) + "\n"
            for line, each in problems
        ),
    )


def _copy(into: str, lines: str) -> None:
    if lines:
        with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            copy.write(lines.replace("\0", ""))


def learn_sizes() -> None:
    """Lets the database look at a few of the staged rows: it decides how they are joined with the rest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('default_statistics_target', '10', true)")
        cursor.execute("ANALYZE staged_matters (ref, person_ref)")
        cursor.execute("ANALYZE staged_contacts (id, ref, person_ref, matter_ref)")
