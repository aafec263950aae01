"""A list a page at a time: each page begins after the last row of the one before, and nothing is counted.

Where a page ends is written in addresses by what its last row shows anyway, never by the row's number in its table:
those numbers run on through every case, so that a gap in them would tell how much happens that one may not see (rule
22). Nor is the place of a row told that the asker does not know of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import F, Q, QuerySet

from evenhand.cases import models

T = TypeVar("T")
R = TypeVar("R", models.Task, models.LiveControl)
PAGE = 25
NAMED_BY = {
    models.Task: ("case__reference", "verb", "subject", "what"),
    models.LiveControl: ("case__reference", "control"),
}
"""What tells the rows of one day apart."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, and where the next begins."""

    rows: tuple[T, ...]
    after: str | None


def by_opening(
    found: "QuerySet[models.Case]", after: str, known: "QuerySet[models.Case]", *, oldest_first: bool = False
) -> Page[models.Case]:
    """Cases, newest first unless asked otherwise, after the one with the reference `after`. `known` are those the
    asker may know of."""
    order = ("opened_at", "pk") if oldest_first else ("-opened_at", "-pk")
    if after and (last := known.filter(reference=after).first()):
        found = found.filter(beyond(order, (last.opened_at, last.pk)))
    rows = list(found.order_by(*order)[: PAGE + 1])
    return Page(tuple(rows[:PAGE]), rows[PAGE - 1].reference if len(rows) > PAGE else None)


def by_day(found: "QuerySet[R]", column: str, after: str) -> Page[R]:
    """A list in the order of a day and of what tells its rows apart, after the row that `after` names:
    "2026-03-05|EH-7K3M-9Q2X|M1".

    Not in the order of their keys: rows are made again whenever something happens in their case, and a page that began
    after the key of such a row would leave out those between.
    """
    order = (column, *NAMED_BY[found.model])
    if (place := _place(after, len(order) - 1)) is not None:
        found = found.filter(**{f"{column}__gte": place[0]}).filter(beyond(order, place))
    # Under a name of its own, so that a row says where it is without a query more.
    rows = list(found.annotate(of_case=F("case__reference")).order_by(*order, "pk")[: PAGE + 1])
    return Page(tuple(rows[:PAGE]), _written(rows[PAGE - 1], column) if len(rows) > PAGE else None)


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
    told = [getattr(row, name.removeprefix("case__")) for name in NAMED_BY[type(row)][1:]]
    return "|".join([getattr(row, column).isoformat(), row.of_case, *told])  # type: ignore[union-attr]
