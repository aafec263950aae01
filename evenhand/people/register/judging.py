"""What only the whole register can tell of a row: that it comes twice, or speaks of something that is not there."""

from django.db import connection

from evenhand.people.register.sheet import Sheet
from evenhand.people.register.staging import REPORT_COLUMNS


def refuse(sheets: tuple[Sheet, ...], import_id: int, source: str) -> None:
    """Reports, and keeps from being loaded, every row of the four sheets that the whole register speaks against."""
    homes, people, tenancies, tenancy_people = sheets
    for sheet in sheets:
        refuse_repeats(sheet, import_id)
    for sheet, to, column in (
        (tenancies, homes, "home_ref"),
        (tenancy_people, tenancies, "tenancy_ref"),
        (tenancy_people, people, "person_ref"),
    ):
        refuse_references_to_nothing(sheet, to, column, import_id, source)


def refuse_repeats(sheet: Sheet, import_id: int, by: tuple[str, ...] = ()) -> None:
    """The first fit row of a reference is kept; later ones are reported, and said to agree with it or not.

    `by` are the staging columns that tell one thing from another, where they are not the sheet's keys.
    """
    key = ", ".join(by or sheet.keys)
    shown = " || ' ' || ".join(f"again.{name}" for name in by or sheet.keys)
    column = next(column.name for column in sheet.columns if column.into[0] == sheet.keys[-1])
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH counted AS (
                SELECT line, min(line) OVER (PARTITION BY {key}) AS first_line FROM {sheet.table} WHERE fit
            ), repeats AS (
                UPDATE {sheet.table} again SET fit = false
                FROM counted JOIN {sheet.table} first ON first.line = counted.first_line
                WHERE again.line = counted.line AND counted.line > counted.first_line
                RETURNING again.line, counted.first_line, {shown} AS shown,
                    to_jsonb(again) - 'line' - 'fit' = to_jsonb(first) - 'line' - 'fit' AS agrees
            )
            INSERT INTO people_rejectedrow ({REPORT_COLUMNS})
            SELECT %s, %s, line, %s, left(shown, 200), CASE
                WHEN agrees THEN format('Line %%s already says the same.', first_line)
                ELSE format('Line %%s already says something else of it; that one was kept.', first_line)
            END, true FROM repeats
            """,
            [import_id, sheet.file, column],
        )


def refuse_references_to_nothing(
    sheet: Sheet, to: Sheet, column: str, import_id: int, source: str, *, needed: bool = True
) -> None:
    """Rows whose `column` names something neither this import nor an earlier one of the same source has.

    Where it is not `needed`, it may name nothing.
    """
    blank = "" if needed else f"AND row.{column} <> ''"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH lost AS (
                UPDATE {sheet.table} row SET fit = false
                WHERE fit {blank}
                AND NOT EXISTS (SELECT FROM {to.table} other WHERE other.ref = row.{column} AND other.fit)
                AND NOT EXISTS (SELECT FROM {STORED[to.name]} kept WHERE kept.source = %s AND kept.ref = row.{column})
                RETURNING line, {column} AS ref
            )
            INSERT INTO people_rejectedrow ({REPORT_COLUMNS})
            SELECT %s, %s, line, %s, left(ref, 200), CASE
                WHEN ref = '' THEN format('There is no %%s.', %s::text)
                ELSE format('No %%s has the reference %%s.', %s::text, ref)
            END, true FROM lost
            """,
            [source, import_id, sheet.file, column, column, to.thing],
        )


STORED = {"homes": "people_home", "people": "people_person", "tenancies": "people_tenancy"}
