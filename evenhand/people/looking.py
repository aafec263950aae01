"""Who looked at what, read back: for a case's own page, and for whoever watches over looking."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from evenhand.people.models import Look, Person, User
from evenhand.people.models.look import LookKind
from evenhand.people.reading import identities

PAGE = 50


@dataclass(frozen=True, slots=True)
class Looks:
    """One page of looks, the latest first, and where the next begins."""

    rows: tuple[Look, ...]
    after: str


def at_case(reference: str) -> list[Look]:
    """The latest looks at one case, its letters and its files; at most a page."""
    about = Q(kind__in=[LookKind.CASE, LookKind.LETTER, LookKind.FILE])
    found = Look.objects.filter(about, Q(reference=reference) | Q(reference__startswith=f"{reference}/"))
    return list(found.select_related("by").order_by("-at", "-id")[:PAGE])


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
    found: QuerySet[Look] = Look.objects.select_related("by", "person")
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
    rows = list(found.order_by("-id")[: PAGE + 1])
    return Looks(tuple(rows[:PAGE]), str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")
