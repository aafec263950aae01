"""Rule 9: hazards of homes, recorded, looked at again, and ended. Each act leaves a line in the trail of changes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Func, Min, OuterRef, Q, QuerySet, Subquery

from evenhand.people import at_once, changes
from evenhand.people.models import Home, HomeHazard, Tenancy, User
from evenhand.people.models.change import ChangeKind
from evenhand.people.refusal import NotDone
from evenhand.people.text import tidy
from evenhand.policy.hazard import Hazard
from evenhand.policy.terms import months_after

MONTHS = 12
"""How long a hazard is believed without anyone having looked again."""
PAGE = 25
HOLDS = "hazard.recorded_on <= %(day)s::date AND (hazard.ended_on IS NULL OR hazard.ended_on > %(day)s::date)"
"""Whether a `hazard` holds on a day, as `at` gives them."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who does it, and when: the moment in UTC and the landlord's own day."""

    by: User
    at: datetime
    day: date


@transaction.atomic
def record(home: Home, kind: Hazard, detail: str, act: Act) -> HomeHazard:
    """A hazard of a home from today on. Raises `NotDone` where it is recorded already, or not described."""
    detail = tidy(detail)
    if kind is Hazard.OTHER and not detail:
        raise NotDone("Say what the hazard is, in a few words that a visitor can act on.")
    Home.objects.select_for_update().get(pk=home.pk)
    if HomeHazard.objects.filter(home=home, kind=kind, detail__iexact=detail, ended_on=None).exists():
        raise NotDone("That is recorded at this home already. Look at it again instead.")
    made = HomeHazard.objects.create(
        home=home,
        kind=kind.value,
        detail=detail,
        recorded_on=act.day,
        recorded_by=act.by,
        seen_on=act.day,
        seen_by=act.by,
        review_on=months_after(act.day, MONTHS),
    )
    _note(made, act, f"Recorded: {kind.value}.")
    return made


@transaction.atomic
def still_there(hazard: HomeHazard, detail: str, act: Act) -> HomeHazard:
    """Somebody looked and found it as `detail` says; it is looked at again in a year. Raises `NotDone` if ended."""
    found = _standing(hazard)
    found.detail = tidy(detail)
    if found.kind == Hazard.OTHER and not found.detail:
        raise NotDone("Say what the hazard is, in a few words that a visitor can act on.")
    found.seen_on, found.seen_by, found.review_on = act.day, act.by, months_after(act.day, MONTHS)
    found.save(update_fields=["detail", "seen_on", "seen_by", "review_on"])
    _note(found, act, f"Still there: {found.kind}.")
    return found


@transaction.atomic
def end(hazard: HomeHazard, why: str, act: Act) -> HomeHazard:
    """It is there no longer, and how that is known. Raises `NotDone` without a reason, or if it was ended before."""
    found = _standing(hazard)
    if not why.strip():
        raise NotDone("Say how you know that it is gone: who looked, or what was done about it.")
    found.ended_on, found.ended_by, found.ended_why = act.day, act.by, why.strip()
    found.save(update_fields=["ended_on", "ended_by", "ended_why"])
    _note(found, act, f"Ended: {found.kind}. {found.ended_why}")
    return found


def at(homes: Collection[int], day: date) -> "QuerySet[Any]":
    """The hazards of these homes that hold on the day, each with `due_on`, the day by which it is looked at again."""
    return _holding(day).filter(home__in=at_once.among(homes)).order_by("home_id", "id")


def to_look_at(day: date, after: str = "") -> "tuple[list[Any], str]":
    """One page of the hazards that are to be looked at again by the day, the longest overdue first, and where the next
    page begins: "day/id", or nothing."""
    found = _holding(day).filter(due_on__lte=day).select_related("home", "seen_by")
    on, _, pk = after.partition("/")
    if pk.isdecimal():
        begin = date.fromisoformat(on)
        found = found.filter(Q(due_on__gt=begin) | Q(due_on=begin, pk__gt=int(pk)))
    rows = list(found.order_by("due_on", "pk")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], f"{last.due_on.isoformat()}/{last.pk}" if last else ""


def _holding(day: date) -> "QuerySet[Any]":
    """Those that hold, with the day of their review: sooner where a tenancy began or ended since somebody looked."""
    tenancies = Tenancy.objects.filter(home=OuterRef("home")).order_by().values("home")
    begun = tenancies.filter(started_on__gt=OuterRef("seen_on"), started_on__lte=day).annotate(on=Min("started_on"))
    ended = tenancies.filter(ended_on__gte=OuterRef("seen_on"), ended_on__lt=day).annotate(on=Min("ended_on"))
    soonest = Func(F("review_on"), Subquery(begun.values("on")), Subquery(ended.values("on")), function="LEAST")
    holds = Q(ended_on=None) | Q(ended_on__gt=day)
    return HomeHazard.objects.filter(holds, recorded_on__lte=day).annotate(due_on=soonest)


def _standing(hazard: HomeHazard) -> HomeHazard:
    found = HomeHazard.objects.select_for_update().select_related("home").get(pk=hazard.pk)
    if found.ended_on is not None:
        raise NotDone("That hazard was ended before. Record it anew if it is there again.")
    return found


def _note(hazard: HomeHazard, act: Act, words: str) -> None:
    changes.note(act.by, act.at, ChangeKind.HOME, hazard.home.address, words)
