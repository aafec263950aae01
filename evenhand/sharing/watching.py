"""The ledger read back: who has not confirmed, and everyone who was told of what. Only of cases the viewer watches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from evenhand.cases import feed
from evenhand.people.models import User
from evenhand.policy.staff import DECIDERS, Role
from evenhand.sharing.models import Disclosure, Recall
from evenhand.sharing.models.disclosure import RecipientKind

PAGE = 25
MACHINES = (RecipientKind.SYSTEM, RecipientKind.RECEIVER)
WATCHERS = DECIDERS | {Role.DATA_PROTECTION}
"""Who sees whom it is about; administrators see only that one of their systems has not confirmed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One page of news that nobody confirmed, the oldest first. `after` is where the next begins, as "moment/id"."""

    rows: tuple[Recall, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One page of the ledger, those told last first. `after` is the key of the last row."""

    rows: tuple[Disclosure, ...]
    after: str


def unconfirmed(
    viewer: User, day: date, at: datetime, *, to: str = "", what: str = "", days: int = 0, after: str = ""
) -> Waiting:
    """News of controls that those told have not confirmed: of one kind of recipient, of one kind of news, older than so
    many days. Keyset order by moment and key."""
    found = visible(viewer, day).filter(confirmed_at=None)
    if to:
        found = found.filter(disclosure__to_kind=to)
    if what:
        found = found.filter(what=what)
    if days:
        found = found.filter(at__lt=at - timedelta(days=days))
    moment, _, key = after.rpartition("/")
    if key.isdecimal() and (begin := _moment(moment)):
        found = found.filter(Q(at__gt=begin) | Q(at=begin, pk__gt=int(key)))
    rows = list(found.order_by("at", "id")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Waiting(tuple(rows[:PAGE]), f"{last.at.isoformat()}/{last.pk}" if last else "")


def visible(viewer: User, day: date) -> QuerySet[Recall]:
    """The news the viewer may know of: of cases they watch, or, to an administrator, of the systems told."""
    return _seen(viewer, day, cases=viewer.actor.has(*WATCHERS))


def visible_to_record(viewer: User, day: date) -> QuerySet[Recall]:
    """The news for which the viewer may take a confirmation down: of every case they work on."""
    return _seen(viewer, day, cases=True)


def _seen(viewer: User, day: date, *, cases: bool) -> QuerySet[Recall]:
    seen = Q(disclosure__case__in=feed.watched_by(viewer, day)) if cases else Q(pk__in=[])
    if viewer.actor.has(Role.ADMINISTRATOR):
        seen |= Q(disclosure__to_kind__in=MACHINES)
    return Recall.objects.filter(seen).select_related("disclosure__person", "disclosure__home")


def named_for(viewer: User, day: date, cases: Iterable[str]) -> frozenset[str]:
    """Of these cases, those of which the viewer may be told whom they are about."""
    if not viewer.actor.has(*WATCHERS):
        return frozenset()
    return frozenset(feed.watched_by(viewer, day).filter(reference__in=set(cases)))


def watches(viewer: User, day: date, reference: str) -> bool:
    """Whether there is a case of this reference to the viewer, and they may be told who was told."""
    return feed.watched_by(viewer, day).filter(reference=reference).exists()


def told_of(viewer: User, day: date, reference: str, *, after: str = "") -> Told:
    """Everyone who was told of the controls of one case, with the news they were brought; nobody where to the viewer
    there is no such case."""
    found = Disclosure.objects.filter(case=reference, case__in=feed.watched_by(viewer, day))
    if after.isdecimal():
        found = found.filter(pk__lt=int(after))
    rows = list(found.prefetch_related("recalls").select_related("person").order_by("-id")[: PAGE + 1])
    return Told(tuple(rows[:PAGE]), str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")


def _moment(words: str) -> datetime | None:
    try:
        begin = datetime.fromisoformat(words)
    except ValueError:
        return None
    return begin if begin.tzinfo else None
