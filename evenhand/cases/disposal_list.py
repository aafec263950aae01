"""What is due for disposal, and the lists by which one colleague puts it forward and another agrees.

A colleague is shown only cases that they may know of, and a list only if they may know of all of it. A sealed matter
is put on a list of its own.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from evenhand.cases import kept_with, models, sight
from evenhand.cases.circumstances import Moment, terms_on
from evenhand.people.models import User
from evenhand.people.refusal import NotDone
from evenhand.policy import disposal
from evenhand.policy.disposal import Clock
from evenhand.policy.events.disposal import Category
from evenhand.policy.events.handling import Matter
from evenhand.policy.staff import PREPARERS
from evenhand.policy.terms import Terms, months_after

MOST = 200
"""How many cases are put forward, or lists shown, at a time: somebody has to look at them."""


@dataclass(frozen=True, slots=True)
class Due:
    """One case whose time is over, by its reference: nothing of what it was about is told."""

    reference: str
    clock: Clock
    sealed: bool


def due(viewer: User, day: date) -> list[Due]:
    """The cases this colleague may know of whose time is over, that nothing holds back and no list has yet; at most
    `MOST`, those in which nothing happened for longest."""
    terms = terms_on(day)
    return list(islice(_due(sight.seen_by(viewer, day), day, terms), MOST))


def _due(among: QuerySet[models.Case], day: date, terms: Terms) -> Iterator[Due]:
    for row in _candidates(among, day, terms).iterator(chunk_size=MOST):
        since = {Category[name]: date.fromisoformat(on) for name, on in row.clocks.items()}
        clock = disposal.longest(since, terms)
        # Months are not all as long: a day or two before its time the database has found it already.
        if clock is not None and clock.until < day:
            yield Due(row.reference, clock, Matter(row.matter).is_sealed)


def _candidates(among: QuerySet[models.Case], day: date, terms: Terms) -> QuerySet[models.Case]:
    """By their summary alone: nothing is open in them, nothing holds them back, and no clock of theirs still runs. The
    policy is asked again when one goes."""
    waiting = models.DisposalItem.objects.filter(case=OuterRef("pk"), done_at=None, trouble="", list__refused_at=None)
    over = Q()
    for category in Category:
        last = months_after(day, -disposal.period(category, terms)).isoformat()
        over &= ~Q(clocks__has_key=category.name) | Q(**{f"clocks__{category.name}__lte": last})
    found = among.filter(over, held=False, settled_on__lte=day).exclude(clocks={}).exclude(Exists(waiting))
    found = found.exclude(reference__in=kept_with.held())
    return found.only("reference", "matter", "clocks").order_by("last_at", "pk")


@transaction.atomic
def prepare(by: User, moment: Moment, references: Collection[str]) -> list[models.DisposalList]:
    """Puts cases forward: one list of them all, and one for each sealed matter. Raises NotDone if none is due."""
    _may(by)
    chosen = [each for each in due(by, moment.day) if each.reference in set(references)]
    if not chosen:
        raise NotDone("Choose at least one case. One that something happened in meanwhile is not due any more.")
    open_ones = [each for each in chosen if not each.sealed]
    groups = [open_ones, *([each] for each in chosen if each.sealed)]
    return [_list(by, moment, group) for group in groups if group]


def _may(by: User) -> None:
    if not by.actor.has(*PREPARERS):
        raise NotDone("The data protection officer and the policy’s owner do this.")


def _list(by: User, moment: Moment, group: list[Due]) -> models.DisposalList:
    made = models.DisposalList.objects.create(
        prepared_at=moment.at, prepared_by=by.actor_id, sealed=any(each.sealed for each in group)
    )
    rows = models.Case.objects.in_bulk([each.reference for each in group], field_name="reference")
    models.DisposalItem.objects.bulk_create(
        models.DisposalItem(
            list=made, case=rows[each.reference], category=each.clock.category.value, until=each.clock.until
        )
        for each in group
    )
    return made


def lists(viewer: User, day: date) -> list[models.DisposalList]:
    """The lists this colleague may know of: those that wait for an answer, then the latest; at most `MOST`."""
    waits = Q(approved_at=None, refused_at=None)
    found = _known(viewer, day).annotate(waits=ExpressionWrapper(waits, BooleanField()))
    return list(found.order_by("-waits", "-prepared_at", "-id")[:MOST])


def one(pk: int, viewer: User, day: date) -> models.DisposalList | None:
    """A list, if this colleague may know of it."""
    return _known(viewer, day).filter(pk=pk).first()


def _known(viewer: User, day: date) -> QuerySet[models.DisposalList]:
    """The lists all of whose cases this colleague may know of, or of which they knew when they agreed."""
    mine = Q(prepared_by=viewer.actor_id) | Q(approved_by=viewer.actor_id)
    there = models.DisposalItem.objects.filter(list=OuterRef("pk"), case__disposed_on=None)
    hidden = there.exclude(case__in=sight.seen_by(viewer, day))
    known = models.DisposalList.objects.filter(~Exists(hidden)).filter(mine | Q(sealed=False) | Exists(there))
    return known.prefetch_related("items__case")


@transaction.atomic
def approve(pk: int, by: User, moment: Moment) -> None:
    """A second colleague agrees to the whole list. Raises NotDone, in words, where they cannot."""
    _may(by)
    found = _waiting(pk, by, moment)
    if found.prepared_by == by.actor_id:
        raise NotDone("You put this list forward, so somebody else has to agree to it.")
    found.approved_at, found.approved_by = moment.at, by.actor_id
    found.save(update_fields=["approved_at", "approved_by"])


@transaction.atomic
def refuse(pk: int, by: User, moment: Moment, reason: str) -> None:
    """The list is not carried out; its cases can be put forward again. Whoever put it forward may take it back so."""
    _may(by)
    found = _waiting(pk, by, moment)
    if not reason.strip():
        raise NotDone("Say why, so that whoever put it forward knows.")
    found.refused_at, found.refused_by, found.reason = moment.at, by.actor_id, reason.strip()
    found.save(update_fields=["refused_at", "refused_by", "reason"])


def _waiting(pk: int, by: User, moment: Moment) -> models.DisposalList:
    found = models.DisposalList.objects.select_for_update().filter(pk=pk).first()
    if found is None or one(pk, by, moment.day) is None:
        raise NotDone("There is no such list.")
    if found.approved_at or found.refused_at:
        raise NotDone("Somebody answered this list already. Open it again to see what they said.")
    return found


def held(viewer: User, day: date) -> Iterator[tuple[str, date]]:
    """The cases this colleague may know of that a legal hold keeps, and when the hold is looked at again."""
    found = sight.seen_by(viewer, day).filter(held=True).order_by("reference")
    for reference, reviews in found.values_list("reference", "hold_reviews")[:MOST]:
        for on in reviews:
            yield reference, on


def schedule(day: date) -> list[tuple[Category, int]]:
    """How many months each kind of case is kept, as the landlord's terms are today."""
    terms = terms_on(day)
    return [(category, disposal.period(category, terms)) for category in Category]
