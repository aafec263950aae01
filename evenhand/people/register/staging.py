"""The rows of one import wait in temporary tables, checked, before anything of the register changes."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Protocol

from django.db import connection

from evenhand.people.register.reading import Row
from evenhand.people.register.sheet import Problem, Sheet

BLOCK = 5_000
_TYPES = {
    "phones": "varchar(20)[]",
    "emails": "varchar(320)[]",
    "needs": "varchar(60)[]",
    "needs_known": "boolean",
    "date_of_birth": "date",
    "started_on": "date",
    "ended_on": "date",
    "since": "date",
    "review_on": "date",
    "warns": "boolean",
}
REPORT_COLUMNS = "register_import_id, file, line, column, value, reason, whole_row".replace("column", '"column"')


def prepare(sheets: Iterable[Sheet]) -> None:
    """Makes the empty temporary tables, which only this connection sees."""
    with connection.cursor() as cursor:
        for sheet in sheets:
            columns = ", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in sheet.staged)
            cursor.execute(f"DROP TABLE IF EXISTS {sheet.table}")
            cursor.execute(f"CREATE TEMP TABLE {sheet.table} (line bigint, fit boolean, {columns})")


def clear(sheets: Iterable[Sheet]) -> None:
    """Takes the temporary tables away: the connection may serve others next."""
    with connection.cursor() as cursor:
        for sheet in sheets:
            cursor.execute(f"DROP TABLE IF EXISTS {sheet.table}")


class Rows(Protocol):
    """Rows of one sheet, from wherever they come."""

    @property
    def sheet(self) -> Sheet: ...

    def rows(self) -> Iterator[Row]: ...


def fill(file: Rows, import_id: int, after_block: Callable[[int], None]) -> tuple[int, int]:
    """Stages every row of a file, or of what takes its place, by COPY, in blocks, and reports what is wrong in them.

    In: the file, the import the report is of, and what to call after each block with the rows read so far. Out: the
    rows read, and how many carry no reference that can be trusted: of those nobody can say who was meant. Raises
    `Unreadable`. Memory holds one block, never a whole file.
    """
    rows, read, unknown = _judged(file.sheet, file.rows()), 0, 0
    # A block is read whole before it is copied: a file that breaks off must not break the database's statement too.
    while block := list(islice(rows, BLOCK)):
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY {file.sheet.table} (line, fit, {', '.join(file.sheet.staged)}) FROM STDIN") as copy:
                for staged, _ in block:
                    if staged is not None:
                        copy.write_row(staged)
        read += len(block)
        unknown += sum(staged is None for staged, _ in block)
        report(import_id, file.sheet, [problem for _, problems in block for problem in problems])
        after_block(read)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {file.sheet.table}")
    return read, unknown


def _judged(
    sheet: Sheet, rows: Iterator[Row]
) -> Iterator[tuple[list[str | bool | int | None] | None, list[tuple[int, Problem]]]]:
    """Each row as it is staged (None if it has no reference) with its problems."""
    keys = [sheet.staged.index(key) for key in sheet.keys]
    for row in rows:
        if row.wrong:
            yield None, [(row.line, Problem("", "", row.wrong, True))]
            continue
        values, problems = sheet.read(row.cells)
        fit = not any(problem.whole_row for problem in problems)
        # A row refused for another reason is staged too, unfit: whoever it speaks of is not absent from the file.
        known = all(values[key] for key in keys)
        yield [row.line, fit, *values] if known else None, [(row.line, problem) for problem in problems]


def report(import_id: int, sheet: Sheet, problems: list[tuple[int, Problem]]) -> None:
    """Writes down what is wrong, by file, line and column."""
    if not problems:
        return
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY people_rejectedrow ({REPORT_COLUMNS}) FROM STDIN") as copy:
            for line, problem in problems:
                value = problem.value.replace("\0", "")
                copy.write_row((import_id, sheet.file, line, problem.column, value, problem.reason, problem.whole_row))
