"""Where anything at all is held: a quick no for most of many homes and people, before the others are read.

There are few controls and many homes, so it begins with the controls. It never leaves one out: it may name a home of
which, on the day, nothing is held after all. `holding` says what is.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from evenhand.cases import models
from evenhand.people import reading
from evenhand.people.models import HomeHazard, HomeVisit, Need, Person, TenancyPerson


def homes_held(homes: Collection[int], day: date) -> frozenset[int]:
    """Those of the homes with a control of somebody there, an instruction or a hazard, on the day or later."""
    people, places = _controlled()
    return frozenset(homes) & (places | _hazardous(day) | _where(people, day))


def people_held(people: Collection[int], day: date) -> frozenset[int]:
    """Those of the people of whom anything is held, who live where it is, or whose needs or safety bind an answer."""
    controlled, places = _controlled()
    homes = places | _hazardous(day) | _where(controlled, day)
    asked = list(people)
    theirs = TenancyPerson.objects.filter(tenancy__home__in=homes).values_list("person_id", flat=True)
    visiting = HomeVisit.objects.filter(home__in=homes).values_list("person_id", flat=True)
    suited = Person.objects.filter(
        ~Q(unsafe_channels=[]) | Q(died_on__isnull=False) | ~Q(merged_into=None), pk__in=asked
    )
    needing = Need.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), person__in=asked)
    found = set(theirs) | set(visiting) | set(suited.values_list("pk", flat=True))
    return frozenset(asked) & (controlled | found | set(needing.values_list("person_id", flat=True)))


def _controlled() -> tuple[frozenset[int], frozenset[int]]:
    """Every record of everyone with a control, and every home with an instruction."""
    rows = list(models.LiveControl.objects.values_list("person_id", "home_id"))
    people = {person for person, _ in rows if person}
    return reading.everyone_joined(people), frozenset(home for _, home in rows if home)


def _hazardous(day: date) -> frozenset[int]:
    hazards = HomeHazard.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day))
    return frozenset(hazards.values_list("home_id", flat=True))


def _where(people: Collection[int], day: date) -> frozenset[int]:
    """The homes where any of them lives or visits on the day, or will."""
    links = TenancyPerson.objects.filter(Q(ended_on=None) | Q(ended_on__gte=day), person__in=people)
    visits = HomeVisit.objects.filter(Q(ended_on=None) | Q(ended_on__gte=day), person__in=people)
    return frozenset(links.values_list("tenancy__home_id", flat=True)) | frozenset(
        visits.values_list("home_id", flat=True)
    )
