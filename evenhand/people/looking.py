"""Who looked at what, read back: for a case's own page, and for whoever watches over looking."""

import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import Q, QuerySet
from django.db.models.functions import Concat, Left, TruncDate

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


@dataclass(frozen=True, slots=True)
class Hidden:
    """What to whoever asks does not exist, so that nobody ever looked at it (rules 21 and 22).

    `sealed` are references of cases, each with those who know of it: whoever does not, and typed the reference, is
    shown to have typed it, or a search that is missing from the log would say that there is something to find.
    `people` are close to the asker, and `theirs` the cases about them; what the asker typed stays.
    """

    asker: str
    sealed: Mapping[str, Collection[str]]
    people: Collection[int]
    theirs: Collection[str]

    def taken_out_of(self, found: QuerySet[Look]) -> QuerySet[Look]:
        if self.people:
            found = found.exclude(person__in=self.people)
        bare = max(map(len, (*self.sealed, *self.theirs)), default=0)
        found = found.annotate(of=Left("reference", bare or 1), of_by=Concat(Left("reference", bare or 1), "actor"))
        if self.sealed:
            knowing = [f"{reference}{actor}" for reference, known_to in self.sealed.items() for actor in known_to]
            found = found.exclude(Q(of__in=list(self.sealed)) & ~Q(kind=LookKind.SEARCH)).exclude(of_by__in=knowing)
        if self.theirs:
            found = found.exclude(Q(of__in=list(self.theirs)) & ~Q(kind=LookKind.SEARCH, actor=self.asker))
        return found


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
    purpose: str = "",
    after: str = "",
    hidden: Hidden | None = None,
) -> Looks:
    """Looks of a colleague, at a person, at a case or for a purpose; `after` is where the page before ended."""
    found = _on_their_days(Look.objects.select_related("person"))
    if hidden is not None:
        found = hidden.taken_out_of(found)
    if by is not None:
        found = found.filter(actor=by.actor_id)
    if person is not None:
        found = found.filter(person__in=identities(person))
    if reference:
        found = found.filter(Q(reference=reference) | Q(reference__startswith=f"{reference}/"))
    if purpose:
        found = found.filter(purpose=purpose)
    if (last := _look_at(found, after)) is not None:
        found = found.filter(pk__lt=last)
    read = list(found.order_by("-id")[: MOST + 1])
    rows = _runs(read[:MOST], *SAME_THING, "purpose")
    shown = rows[:PAGE]
    more = len(rows) > PAGE or len(read) > MOST
    return Looks(tuple(shown), _place_of(found, shown[-1]) if more else "")


def _place_of(found: QuerySet[Look], run: Run) -> str:
    """Where a page ends, as its address gives it: the moment of its last look, and how many of that moment come after.

    Not the look's number: numbers run on through looks that the reader may not know of, and a gap would tell of them.
    """
    same_moment = found.filter(at=run.since, pk__lt=run.until).count()
    return f"{run.since.isoformat()}/{same_moment}"


def _look_at(found: QuerySet[Look], place: str) -> int | None:
    """The key of the look at a place; None for what is no place."""
    moment, _, left = place.partition("/")
    try:
        at, still = datetime.fromisoformat(moment), int(left)
    except ValueError:
        return None
    if at.tzinfo is None or not 0 <= still < sys.maxsize:
        return None
    return found.filter(at=at).order_by("pk").values_list("pk", flat=True)[still : still + 1].first()


def _on_their_days(found: QuerySet[Look]) -> QuerySet[Look]:
    """Each with whoever looked, and the day where the landlord is."""
    return found.select_related("by").annotate(on=TruncDate("at"))


def _runs(found: Iterable[Look], *same: str) -> list[Run]:
    """Looks that follow one another and are alike in what is named, as one. The log keeps every one of them."""
    each = (list(alike) for _, alike in groupby(found, key=attrgetter(*same)))
    return [Run(look=run[0], times=len(run), since=run[-1].at, until=run[-1].pk) for run in each]
