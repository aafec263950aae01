"""Where anything at all is held: a quick no for most of many homes and people, before the others are read.

There are few controls and many homes, so it begins with the controls. It never leaves one out: it may name a home of
which, on the day, nothing is held after all. `holding` says what is.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q

from evenhand.cases import models
from evenhand.cases.controls_there import BEGUN
from evenhand.database import planned
from evenhand.people import alerts, at_once, reading
from evenhand.people.alerts import TOLD
from evenhand.people.hazards import HOLDS
from evenhand.people.models import HomeHazard

FEW = 200
"""Homes up to which it is quicker to begin with the homes."""


def homes_held(homes: Collection[int], day: date) -> frozenset[int]:
    """Those of the homes with a control of somebody there, an instruction, a hazard or an unchecked warning.

    A few are asked about from where they are; for many it is quicker to begin with the controls.
    """
    if len(homes) <= FEW:
        return _ids(_NEAR, homes=list(homes), day=day)
    people, places = _controlled()
    warned, warned_at = alerts.told_of(day)
    everyone = people | reading.everyone_joined(warned) if warned else people
    return frozenset(homes) & (places | warned_at | _hazardous(day) | _where(everyone, day))


def people_held(people: Collection[int], day: date) -> frozenset[int]:
    """Those of the people of whom anything is held, who live where it is, or whose needs or safety bind an answer.

    One query, which begins with the people: a telephone asks about one. Whoever was joined with another record, or
    lives with somebody who was, is named without a look at what the other record says.
    """
    return _ids(_PEOPLE, people=list(people), day=day)


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
THERE = f"{at_once.LIVE.format('link')} AND {at_once.LIVE.format('tenancy')}"
VISITS = "(visit.ended_on IS NULL OR visit.ended_on >= %(day)s::date)"
HELD = f"""
    place AS (
        SELECT asked.id, tenancy.home_id
        FROM asked JOIN people_tenancyperson link ON link.person_id = asked.id
            JOIN people_tenancy tenancy ON tenancy.id = link.tenancy_id
        WHERE {THERE}
        UNION ALL
        SELECT asked.id, visit.home_id FROM asked JOIN people_homevisit visit ON visit.person_id = asked.id
        WHERE {VISITS}
    ), near AS (
        SELECT asked.id, asked.id AS person FROM asked
        UNION ALL
        SELECT place.id, link.person_id
        FROM place JOIN people_tenancy tenancy ON tenancy.home_id = place.home_id
            JOIN people_tenancyperson link ON link.tenancy_id = tenancy.id
        WHERE {THERE}
        UNION ALL
        SELECT place.id, visit.person_id FROM place JOIN people_homevisit visit ON visit.home_id = place.home_id
        WHERE {VISITS}
    ), held AS (
        SELECT asked.id FROM asked
        WHERE asked.unsafe_channels <> '{{}}' OR asked.died_on IS NOT NULL OR asked.merged_into_id IS NOT NULL
        UNION ALL
        SELECT asked.id FROM asked JOIN people_need need ON need.person_id = asked.id
        WHERE need.recorded_on <= %(day)s::date AND (need.ended_on IS NULL OR need.ended_on > %(day)s::date)
        UNION ALL
        SELECT near.id FROM near JOIN cases_livecontrol control ON control.person_id = near.person
        WHERE (control.kind = 'marker' OR near.person = near.id) AND {BEGUN}
        UNION ALL
        SELECT near.id FROM near JOIN people_person person ON person.id = near.person
        WHERE person.merged_into_id IS NOT NULL
        UNION ALL
        SELECT near.id FROM near JOIN people_person other ON other.merged_into_id = near.person
        UNION ALL
        SELECT place.id FROM place JOIN cases_livecontrol control ON control.home_id = place.home_id
        WHERE control.kind = 'instruction' AND {BEGUN}
        UNION ALL
        SELECT place.id FROM place JOIN people_homehazard hazard ON hazard.home_id = place.home_id WHERE {HOLDS}
        UNION ALL
        SELECT near.id FROM near JOIN people_inheritedalert alert ON alert.person_id = near.person WHERE {TOLD}
        UNION ALL
        SELECT place.id FROM place JOIN people_inheritedalert alert ON alert.home_id = place.home_id WHERE {TOLD}
    )
"""
"""A part of a WITH, after `asked` (the columns `ASKED` of records): the ids of those of whom something may be held on
`day` are in `held`, some more than once. The glance at a telephone number asks by the same."""
ASKED = "id, merged_into_id, unsafe_channels, died_on"
_PEOPLE = f"""
    WITH asked AS (SELECT {ASKED} FROM people_person WHERE id = ANY(%(people)s::bigint[])), {HELD}
    SELECT id FROM held
"""
_NEAR = f"""
    WITH near AS (
        SELECT tenancy.home_id, link.person_id AS person
        FROM people_tenancy tenancy JOIN people_tenancyperson link ON link.tenancy_id = tenancy.id
        WHERE tenancy.home_id = ANY(%(homes)s)
        UNION ALL
        SELECT visit.home_id, visit.person_id FROM people_homevisit visit WHERE visit.home_id = ANY(%(homes)s)
    )
    SELECT near.home_id FROM near JOIN cases_livecontrol control ON control.person_id = near.person
    WHERE control.kind = 'marker'
    UNION ALL
    SELECT near.home_id FROM near JOIN people_person person ON person.id = near.person
    WHERE person.merged_into_id IS NOT NULL
    UNION ALL
    SELECT near.home_id FROM near JOIN people_person other ON other.merged_into_id = near.person
    UNION ALL
    SELECT control.home_id FROM cases_livecontrol control
    WHERE control.home_id = ANY(%(homes)s) AND control.kind = 'instruction' AND {BEGUN}
    UNION ALL
    SELECT hazard.home_id FROM people_homehazard hazard WHERE hazard.home_id = ANY(%(homes)s) AND {HOLDS}
    UNION ALL
    SELECT near.home_id FROM near JOIN people_inheritedalert alert ON alert.person_id = near.person WHERE {TOLD}
    UNION ALL
    SELECT alert.home_id FROM people_inheritedalert alert WHERE alert.home_id = ANY(%(homes)s) AND {TOLD}
"""


def _where(people: Collection[int], day: date) -> frozenset[int]:
    """The homes where any of them lives or visits on the day, or will."""
    return _ids(_WHERE, people=list(people), day=day)


def _ids(statement: str, **values: Any) -> frozenset[int]:
    with planned.cursor() as cursor:
        cursor.execute(statement, values)
        return frozenset(key for (key,) in cursor.fetchall())
