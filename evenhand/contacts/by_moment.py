"""Pages of what is kept with its moment: where one ends, the next begins, whatever has come meanwhile."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page, and where the next begins ("" if there is none)."""

    rows: tuple[Row, ...]
    after: str


def page(found: QuerySet[Any], after: str, size: int, *, oldest_first: bool = False) -> Page[Any]:
    """The page of `size` rows behind `after`, which a page before gave; the latest first, or the oldest. One query.

    An `after` that no page gave begins with the first page.
    """
    way, sign = ("gt", "") if oldest_first else ("lt", "-")
    if place := _place(after):
        at, last = place
        # The moment stands by itself too, so that a log kept by month is not searched in months that are over.
        behind = Q(**{f"at__{way}": at}) | Q(at=at, **{f"id__{way}": last})
        found = found.filter(behind, **{f"at__{way}e": at})
    rows = list(found.order_by(f"{sign}at", f"{sign}id")[: size + 1])
    last_shown = rows[size - 1] if len(rows) > size else None
    return Page(tuple(rows[:size]), f"{last_shown.at.timestamp():.6f}.{last_shown.id}" if last_shown else "")


def _place(after: str) -> tuple[datetime, int] | None:
    seconds, _, last = after.rpartition(".")
    try:
        return datetime.fromtimestamp(float(seconds), UTC), int(last)
    except (ValueError, OverflowError, OSError):
        return None
