"""Who looked at what, read back: for a case's own page, and for whoever watches over looking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import Q, QuerySet
from django.db.models.functions import Left, TruncDate

from evenhand.people.models import Look, Person, User
from evenhand.people.models.look import LookKind
from evenhand.people.reading import identities

PAGE = 50
MOST = 20 * PAGE
"""Looks read for one page. A run that is longer goes on at the top of the next."""
SAME_THING = ("actor", "kind", "reference", "person_id", "on")


@dataclass(frozen=True, slots=True)
class Run:
    """Looks of one colleague at one thing on one day, with nothing else between: the latest, and how many."""

    look: Look
    times: int
    since: datetime
    until: int
    """The key of the first of them."""


@dataclass(frozen=True, slots=True)
class Looks:
    """One page of looks, the latest first, and where the next begins."""

    rows: tuple[Run, ...]
    after: str


def at_case(reference: str) -> list[Run]:
    """The latest looks at one case, its letters and its files; at most a page."""
    about = Q(kind__in=[LookKind.CASE, LookKind.LETTER, LookKind.FILE])
    found = Look.objects.filter(about, Q(reference=reference) | Q(reference__startswith=f"{reference}/"))
    return _runs(_on_their_days(found).order_by("-at", "-id")[:MOST], *SAME_THING, "purpose")[:PAGE]


def looks(
    *,
    by: User | None = None,
    person: Person | None = None,
    reference: str = "",
    after: str = "",
    hidden: Iterable[str] = (),
) -> Looks:
    """Looks of a colleague, at a person or at a case; `after` is the key of the last look of the page before.

    `hidden` are the references of cases that to the asker do not exist: nobody ever looked at one of them (rule 22).
    """
    found = _on_their_days(Look.objects.select_related("person"))
    if unseen := list(hidden):
        bare = len(unseen[0])
        found = found.annotate(of=Left("reference", bare)).exclude(of__in=unseen)
    if by is not None:
        found = found.filter(actor=by.actor_id)
    if person is not None:
        found = found.filter(person__in=identities(person))
    if reference:
        found = found.filter(Q(reference=reference) | Q(reference__startswith=f"{reference}/"))
    if after.isdecimal():
        found = found.filter(pk__lt=int(after))
    read = list(found.order_by("-id")[: MOST + 1])
    rows = _runs(read[:MOST], *SAME_THING)
    shown = rows[:PAGE]
    more = len(rows) > PAGE or len(read) > MOST
    return Looks(tuple(shown), str(shown[-1].until) if more else "")


def _on_their_days(found: QuerySet[Look]) -> QuerySet[Look]:
    """Each with whoever looked, and the day where the landlord is."""
    return found.select_related("by").annotate(on=TruncDate("at"))


def _runs(found: Iterable[Look], *same: str) -> list[Run]:
    """Looks that follow one another and are alike in what is named, as one. The log keeps every one of them."""
    each = (list(alike) for _, alike in groupby(found, key=attrgetter(*same)))
    return [Run(look=run[0], times=len(run), since=run[-1].at, until=run[-1].pk) for run in each]
