"""A list a page at a time: each page begins after the last row of the one before, and nothing is counted.

Where a page ends is written in addresses by what its last row shows anyway, never by the row's number in its table:
those numbers run on through every case, so that a gap in them would tell how much happens that one may not see (rule
22). Nor is the place of a row told that the asker does not know of.
"""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

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


def by_opening(found: "QuerySet[models.Case]", after: str, known: "QuerySet[models.Case]") -> Page[models.Case]:
    """Cases, newest first, after the one with the reference `after`. `known` are those the asker may know of."""
    if after and (last := known.filter(reference=after).first()):
        found = found.filter(Q(opened_at__lt=last.opened_at) | Q(opened_at=last.opened_at, pk__lt=last.pk))
    rows = list(found.order_by("-opened_at", "-id")[: PAGE + 1])
    return Page(tuple(rows[:PAGE]), rows[PAGE - 1].reference if len(rows) > PAGE else None)


def by_day(found: "QuerySet[R]", column: str, after: str) -> Page[R]:
    """A list in the order of a day, after the row that `after` names: "2026-03-05|EH-7K3M-9Q2X|M1".

    Where that row has gone since, the page begins with its day again: a row may be shown twice and none is left out.
    """
    names = NAMED_BY[found.model]
    if (place := _place(after, len(names))) is not None:
        day, named = place
        same_day = found.filter(**{column: day})
        last = same_day.filter(**dict(zip(names, named, strict=True))).values_list("pk", flat=True).first()
        later = Q(**{f"{column}__gt": day})
        found = found.filter(later | Q(**{column: day}, pk__gt=last or 0))
    # Under a name of its own, so that a row says where it is without a query more.
    rows = list(found.annotate(of_case=F("case__reference")).order_by(column, "pk")[: PAGE + 1])
    return Page(tuple(rows[:PAGE]), _written(rows[PAGE - 1], column) if len(rows) > PAGE else None)


def _place(after: str, names: int) -> tuple[date, list[str]] | None:
    """The day and the names in an address; None for what is no place."""
    on, *named = after.split("|", names)
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return None
    return (day, named) if len(named) == names and "\0" not in after else None


def _written(row: models.Task | models.LiveControl, column: str) -> str:
    told = [getattr(row, name.removeprefix("case__")) for name in NAMED_BY[type(row)][1:]]
    return "|".join([getattr(row, column).isoformat(), row.of_case, *told])  # type: ignore[union-attr]
