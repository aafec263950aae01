"""Contacts and matters from another system as they happen: one or many, late, out of order, and again if need be.

The columns, how they are read and what is reported are those of the two files: see docs/import.md.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from django.db import transaction

from evenhand.contacts import judging, loading, months, remeasure, retention, staging, to_judge
from evenhand.contacts.reading import Reader
from evenhand.contacts.sheet import contacts, matters
from evenhand.people.register.sheet import Sheet

Row = Mapping[str, object]
"""Values by column. A column that is left out is unknown; one that is None or "" is there and empty."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something wrong in a row: its place among those given (from 0), where in it, why, and whether it was refused."""

    row: int
    column: str
    value: str
    reason: str
    whole_row: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the rows. `waiting` counts contacts that name nobody we know; they wait to be matched.

    `to_judge` are the contacts that are yet to be held against the limits, each with its place among the rows.
    """

    added: int
    changed: int
    unchanged: int
    waiting: int
    wrong: tuple[Wrong, ...]
    to_judge: Mapping[int, int] = field(default_factory=dict)


def batch(rows: Sequence[Row], source: str, *, today: date, register: str = "") -> Taken:
    """Takes in contacts, as rows of contacts.csv. A reference that came before replaces what was said of it.

    In: the rows; the system they come from, which their references belong to; the landlord's own day; and the source
    of the people they name, if it is another.
    """
    sheet = contacts(today, retention.kept_since(today))
    return _taken(rows, sheet, source, register or source, to_judge.since(today))


def batch_of_matters(rows: Sequence[Row], source: str, *, register: str = "") -> Taken:
    """The same for matters, as rows of matters.csv."""
    return _taken(rows, matters(), source, register or source)


@transaction.atomic
def _taken(rows: Sequence[Row], sheet: Sheet, source: str, register: str, since: datetime | None = None) -> Taken:
    staging.prepare()
    wrong = _stage(rows, sheet)
    loading.alone_with(source)
    judging.judge(register)
    months.make(months.staged())
    loaded = loading.load(source, register)
    judging.report_lost_matters(source)
    loading.settle(source)
    remeasure.staged(register)
    noted = _noted(since if any(loaded.contacts) else None, register)
    wrong += [Wrong(*each) for each in judging.wrong_rows()]
    staging.clear()
    refused = len({each.row for each in wrong if each.whole_row})
    added, changed = loaded.contacts if sheet.name == "contacts" else loaded.matters
    in_order = tuple(sorted(wrong, key=lambda each: each.row))
    return Taken(added, changed, len(rows) - refused - added - changed, loaded.waiting, in_order, noted)


def _noted(since: datetime | None, register: str) -> dict[int, int]:
    """The contacts among the staged rows that are to be judged, with their places."""
    if since is None or not to_judge.staged(since) + to_judge.note_late(register):
        return {}
    to_judge.call()
    return to_judge.places()


def _stage(rows: Sequence[Row], sheet: Sheet) -> list[Wrong]:
    """Stages the rows, those that give the same columns together."""
    wrong: list[Wrong] = []
    needed = {column.name for column in sheet.columns if not column.optional}
    shapes: dict[frozenset[str], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        shapes[frozenset(needed | row.keys())].append(place)
    for names, places in shapes.items():
        there = [column for column in sheet.columns if column.name in names]
        lacking = tuple(column.name for column in sheet.columns if column.name not in names)
        reader = Reader(replace(sheet, columns=tuple(there)), range(len(there)), lacking)
        lines = []
        for place in places:
            line, problems = reader.read([as_text(rows[place].get(column.name)) for column in there])
            if line is not None:
                lines.append(f"{line}\t{place}\n")
            wrong += [Wrong(place, each.column, each.value, each.reason, each.whole_row) for each in problems]
        staging.copy_in(reader.sheet, "".join(lines))
    return wrong


def as_text(value: object) -> str:
    """A value as a file would hold it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)
