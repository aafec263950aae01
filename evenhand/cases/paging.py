"""A list a page at a time: each page begins after the last row of the one before, and nothing is counted.

Where a page ends is written in addresses by what its last row shows anyway, never by the row's number in its table:
those numbers run on through every case, so that a gap in them would tell how much happens that one may not see (rule
22). Nor is the place of a row told that the asker does not know of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan

from evenhand.cases import models

T = TypeVar("T")
R = TypeVar("R", models.Task, models.LiveControl)
PAGE = 25
NO_TIME = timedelta(0)
NAMED_BY = {
    models.Task: ("reference", "verb", "subject", "what"),
    models.LiveControl: ("reference", "control"),
}
"""What tells the rows of one day apart."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, and where the next begins."""

    rows: tuple[T, ...]
    after: str | None


def by_opening(
    found: "QuerySet[models.Case]", after: str, known: "QuerySet[models.Case]", *, oldest_first: bool, few: bool
) -> Page[models.Case]:
    """Cases, newest first unless asked otherwise, after the one with the reference `after`. `known` are those the
    asker may know of; where they are `few`, they are looked up and then sorted, and not looked for among all cases in
    the order of these."""
    order = ("opened_at", "pk") if oldest_first else ("-opened_at", "-pk")
    if after and (last := known.filter(reference=after).first()):
        found = found.filter(beyond(order, (last.opened_at, last.pk)))
    if few:
        opened = F("opened_at") + NO_TIME  # what no index is in the order of
        found = found.order_by(opened.asc() if oldest_first else opened.desc(), order[1])
    else:
        found = found.order_by(*order)
    rows = list(found[: PAGE + 1])
    return Page(tuple(rows[:PAGE]), rows[PAGE - 1].reference if len(rows) > PAGE else None)


def by_day(found: "QuerySet[R]", column: str, after: str) -> Page[R]:
    """A list in the order of a day and of what tells its rows apart, after the row that `after` names:
    "2026-03-05|EH-7K3M-9Q2X|M1".

    Not in the order of their keys: rows are made again whenever something happens in their case, and a page that began
    after the key of such a row would leave out those between. An index of the list's table begins in this order, so
    that a page reads little more than its own rows, however many fall on one day and wherever it begins.
    """
    order = (column, *NAMED_BY[found.model])
    if (place := _place(after, len(order) - 1)) is not None:
        found = found.filter(GreaterThan(_Row(*map(F, order)), _Row(*map(Value, place))))
    rows = list(found.order_by(*order, "pk")[: PAGE + 1])
    return Page(tuple(rows[:PAGE]), _written(rows[PAGE - 1], column) if len(rows) > PAGE else None)


class _Row(Func):
    """Several columns compared at once, one after the other, as an index has them."""

    function = "ROW"
    output_field = BooleanField()


def beyond(order: Sequence[str], place: Sequence[Any]) -> Q:
    """What lies behind a place: after these values, in the order of these columns ("-" before a falling one)."""
    found, same = Q(), Q()
    for name, value in zip(order, place, strict=True):
        column, further = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        found |= same & Q(**{f"{column}__{further}": value})
        same &= Q(**{column: value})
    return found


def _place(after: str, names: int) -> tuple[date | str, ...] | None:
    """The day and the names in an address; None for what is no place."""
    on, *named = after.split("|", names)
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return None
    return (day, *named) if len(named) == names and "\0" not in after else None


def _written(row: models.Task | models.LiveControl, column: str) -> str:
    return "|".join([getattr(row, column).isoformat(), *(getattr(row, name) for name in NAMED_BY[type(row)])])
