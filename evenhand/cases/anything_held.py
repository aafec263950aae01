"""Where anything at all is held: a quick no for most of many homes and people, before the others are read.

There are few controls and many homes, so it begins with the controls. It never leaves one out: it may name a home of
which, on the day, nothing is held after all. `holding` says what is.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from evenhand.cases import models
from evenhand.people import reading
from evenhand.people.models import HomeHazard, Need, Person


def homes_held(homes: Collection[int], day: date) -> frozenset[int]:
    """Those of the homes with a control of somebody there, an instruction or a hazard, on the day or later."""
    people, places = _controlled()
    return frozenset(homes) & (places | _hazardous(day) | _where(people, day))


def people_held(people: Collection[int], day: date) -> frozenset[int]:
    """Those of the people of whom anything is held, who live where it is, or whose needs or safety bind an answer."""
    controlled, places = _controlled()
    homes = places | _hazardous(day) | _where(controlled, day)
    asked = list(people)
    suited = Person.objects.filter(
        ~Q(unsafe_channels=[]) | Q(died_on__isnull=False) | ~Q(merged_into=None) | ~Q(merged_from=None), pk__in=asked
    )
    needing = Need.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), person__in=asked)
    found = _there(homes) | frozenset(suited.values_list("pk", flat=True))
    return frozenset(asked) & (controlled | found | set(needing.values_list("person_id", flat=True)))


def _controlled() -> tuple[frozenset[int], frozenset[int]]:
    """Every record of everyone with a control, and every home with an instruction."""
    rows = list(models.LiveControl.objects.values_list("person_id", "home_id"))
    people = {person for person, _ in rows if person}
    return reading.everyone_joined(people), frozenset(home for _, home in rows if home)


def _hazardous(day: date) -> frozenset[int]:
    hazards = HomeHazard.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day))
    return frozenset(hazards.values_list("home_id", flat=True))


# As one array: thousands of single values would take longer to write down than to look up.
_WHERE = """
    SELECT tenancy.home_id
    FROM people_tenancyperson link JOIN people_tenancy tenancy ON tenancy.id = link.tenancy_id
    WHERE link.person_id = ANY(%(people)s) AND (link.ended_on IS NULL OR link.ended_on >= %(day)s)
    UNION
    SELECT visit.home_id FROM people_homevisit visit
    WHERE visit.person_id = ANY(%(people)s) AND (visit.ended_on IS NULL OR visit.ended_on >= %(day)s)
"""
_THERE = """
    SELECT link.person_id
    FROM people_tenancy tenancy JOIN people_tenancyperson link ON link.tenancy_id = tenancy.id
    WHERE tenancy.home_id = ANY(%(homes)s)
    UNION
    SELECT visit.person_id FROM people_homevisit visit WHERE visit.home_id = ANY(%(homes)s)
"""


def _where(people: Collection[int], day: date) -> frozenset[int]:
    """The homes where any of them lives or visits on the day, or will."""
    return _ids(_WHERE, people=list(people), day=day)


def _there(homes: Collection[int]) -> frozenset[int]:
    """Everyone who ever lived at or visited one of the homes."""
    return _ids(_THERE, homes=list(homes))


def _ids(statement: str, **values: Any) -> frozenset[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return frozenset(key for (key,) in cursor.fetchall())
