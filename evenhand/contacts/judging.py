"""What only all the rows together, or what is already here, can tell of a row of a contact log.

A row that comes twice loads once. A matter of nobody does not load. A contact of nobody loads, and waits to be matched.
"""

from collections.abc import Collection

from django.db import connection

from evenhand.contacts.sheet import DAYS

REPORT = 'INSERT INTO wrong_rows (file, line, "column", value, reason, whole_row)'


def judge(register: str, *, twice: Collection[str] = ("matter", "contact")) -> None:
    """Judges everything that was staged. In: the source of the people whom the rows name.

    `twice` names the things of which a row may come twice.

    What is wrong is in the temporary table `wrong_rows`, and the rows that do not load are gone from theirs.
    """
    for thing in twice:
        refuse_repeats(thing)
    refuse_matters_of_nobody(register)
    forget_days_before_the_first()
    set_aside_the_lost(register)
    report_lost_people()


def refuse_repeats(thing: str) -> None:
    """The first row of a reference is kept, later ones are reported. In: "matter" or "contact"."""
    table = f"staged_{thing}s"
    different = "to_jsonb(again) - 'line' - 'id' IS DISTINCT FROM to_jsonb(first) - 'line' - 'id'"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH twice AS (SELECT ref, min(line) AS line FROM {table} GROUP BY ref HAVING count(*) > 1),
            repeats AS (
                DELETE FROM {table} again USING twice JOIN {table} first USING (ref, line)
                WHERE again.ref = twice.ref AND again.line > twice.line
                RETURNING again.line, again.ref, twice.line AS first_line, {different} AS differs
            )
            {REPORT}
            SELECT %s, line, %s, ref, CASE
                WHEN differs THEN format('Line %%s already says something else of it; that one was kept.', first_line)
                ELSE format('Line %%s already says the same.', first_line)
            END, true FROM repeats
            """,
            [f"{thing}s.csv", f"{thing}_ref"],
        )


def refuse_matters_of_nobody(register: str) -> None:
    """Matters whose person is not in the register do not load."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH lost AS (
                DELETE FROM staged_matters staged WHERE NOT EXISTS (
                    SELECT FROM people_person WHERE source = %s AND ref = staged.person_ref
                ) RETURNING line, person_ref
            )
            {REPORT}
            SELECT 'matters.csv', line, 'person_ref', person_ref,
                format('No person has the reference %%s.', person_ref), true FROM lost
            """,
            [register],
        )


def forget_days_before_the_first() -> None:
    """No day of a matter lies before it was opened: one that does is reported, and counts as unknown."""
    with connection.cursor() as cursor:
        too_early = ", ".join(f"bool_or({day} < opened_on)" for day in DAYS)
        cursor.execute(f"SELECT {too_early} FROM staged_matters")
        for day in (day for day, is_so in zip(DAYS, cursor.fetchone(), strict=True) if is_so):
            cursor.execute(
                f"""
                WITH early AS (SELECT line, {day}::text AS said FROM staged_matters WHERE {day} < opened_on),
                forgotten AS (
                    UPDATE staged_matters staged SET {day} = NULL, unknown = unknown || '{day}'::varchar
                    FROM early WHERE staged.line = early.line RETURNING early.line, said, opened_on
                )
                {REPORT}
                SELECT 'matters.csv', line, '{day}', said,
                    format('That is before the matter was opened, on %s.', to_char(opened_on, 'FMDD FMMonth YYYY')),
                    false
                FROM forgotten
                """
            )


def set_aside_the_lost(register: str) -> None:
    """Contacts that name nobody we know, in a table of their own: they will wait to be matched."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO lost_contacts (id, line, ref, person_ref)
            SELECT staged.id, staged.line, staged.ref, staged.person_ref FROM staged_contacts staged
            WHERE NOT EXISTS (SELECT FROM people_person WHERE source = %s AND ref = staged.person_ref)
            """,
            [register],
        )


def report_lost_people() -> None:
    """Contacts that speak of a person who is not there. They load, and the reason says what becomes of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            {REPORT}
            SELECT 'contacts.csv', line, 'person_ref', person_ref,
                format('No person has the reference %s. The contact waits to be matched.', person_ref), false
            FROM lost_contacts WHERE person_ref <> ''
            """
        )


def report_lost_matters(source: str) -> None:
    """Contacts that speak of a matter that is not there: once loaded, the few that wait for one are known."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            {REPORT}
            SELECT 'contacts.csv', staged.line, 'matter_ref', staged.matter_ref,
                format('No matter has the reference %%s. It is linked once the matter comes.', staged.matter_ref), false
            FROM contacts_contact contact JOIN staged_contacts staged USING (ref)
            WHERE contact.source = %s AND contact.matter_ref <> '' AND contact.matter_ref = staged.matter_ref
            """,
            [source],
        )


def wrong_rows() -> list[tuple[int, str, str, str, bool]]:
    """What was found wrong: the line, the column, what it said, why, and whether the row does not load."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT line, "column", value, reason, whole_row FROM wrong_rows ORDER BY line')
        return list(cursor.fetchall())
