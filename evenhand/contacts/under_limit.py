"""E1, E2: the contacts since a limit or a single contact began, each within it or outside it, for its review.

Counting does not end when reading ends: one that came weeks late was held against the limit of its own moment too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, Exists, IntegerField, OuterRef, QuerySet, Value, When

from evenhand.contacts.by_moment import Page, page
from evenhand.contacts.log import ALWAYS_THROUGH, yet_to_judge
from evenhand.contacts.models import Contact, Outside, ToRead
from evenhand.contacts.models.contact import Direction

PAGE = 30


class Stood(StrEnum):
    """How one contact stands to one limit."""

    WITHIN = "within"
    OUTSIDE = "outside"
    HAZARD = "hazard"
    TO_READ = "to_read"
    LATE = "late"
    THROUGH = "through"
    TO_JUDGE = "to_judge"


OUTSIDE = frozenset({Stood.OUTSIDE, Stood.HAZARD, Stood.TO_READ, Stood.LATE})
"""All that came outside: read and no hazard, read and a hazard, waiting to be read, and come too late to be read."""


@dataclass(frozen=True, slots=True)
class Span:
    """One limit or single contact. In: the person's records, from when until before when, its case and its id."""

    people: frozenset[int]
    first: datetime
    until: datetime
    case: str
    limit: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many contacts from the person stood how."""

    by: dict[Stood, int]

    def __getitem__(self, stood: Stood) -> int:
        return self.by.get(stood, 0)

    @property
    def all(self) -> int:
        return sum(self.by.values())

    @property
    def outside(self) -> int:
        return sum(self[stood] for stood in OUTSIDE)


def counts(spans: Sequence[Span]) -> list[Counts]:
    """What each limit's review weighs, in the order asked for. One query however many there are, none for none."""
    found: list[dict[Stood, int]] = [{} for _ in spans]
    if not spans:
        return []
    each = [
        _stood(span)
        .annotate(place=Value(place, IntegerField()))
        .order_by()
        .values("place", "stood")
        .annotate(count=Count("id"))
        for place, span in enumerate(spans)
    ]
    for row in each[0].union(*each[1:], all=True) if len(each) > 1 else each[0]:
        found[row["place"]][Stood(row["stood"])] = row["count"]
    return [Counts(by) for by in found]


def contacts(span: Span, stood: Collection[Stood], after: str = "") -> Page[Any]:
    """The contacts behind a number, the latest first, each with how it `stood`. One query."""
    return page(_stood(span).filter(stood__in=list(stood)).select_related("matter"), after, PAGE)


def _stood(span: Span) -> "QuerySet[Any]":
    """The person's contacts since it began, each with how it stands."""
    read = Outside.objects.filter(contact=OuterRef("id"), case=span.case, limit=span.limit)
    unread = ToRead.objects.filter(
        contact=OuterRef("id"), limits__contains=[f"{span.case}/{span.limit}"], read_at__isnull=True
    )
    how = Case(
        When(Exists(read.filter(hazard=True)), then=Value(Stood.HAZARD.value)),
        When(Exists(read), then=Value(Stood.OUTSIDE.value)),
        When(Exists(unread.filter(late=True)), then=Value(Stood.LATE.value)),
        When(Exists(unread), then=Value(Stood.TO_READ.value)),
        When(ALWAYS_THROUGH, then=Value(Stood.THROUGH.value)),
        When(yet_to_judge(), then=Value(Stood.TO_JUDGE.value)),
        default=Value(Stood.WITHIN.value),
        output_field=CharField(),
    )
    theirs = Contact.objects.filter(person__in=span.people, at__gte=span.first, at__lt=span.until)
    return theirs.filter(direction=Direction.IN).annotate(stood=how)
