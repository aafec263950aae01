"""What a verb is told: who acts, when, the landlord's terms, and what is known of the person over all their cases."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from evenhand.cases import models
from evenhand.cases.summary import details_on
from evenhand.contacts import complaint
from evenhand.database import planned
from evenhand.people import calendar, known, landlord
from evenhand.people.landlord import Setting
from evenhand.people.models import Person
from evenhand.people.moment import Moment
from evenhand.policy.events.handling import Matter
from evenhand.policy.need import Channel
from evenhand.policy.occasion import Known, LiveLimit, LiveMarker, Occasion
from evenhand.policy.staff import Actor
from evenhand.policy.terms import Terms

LIMITS = ("limit", "single_contact")
_LIVE = """
    SELECT control.kind, control.control, held.reference, control.details
    FROM cases_livecontrol control JOIN cases_case held ON held.id = control.case_id
    WHERE control.person_id = ANY(%(people)s::bigint[]) AND control.kind = ANY(%(kinds)s::varchar[])
        AND (control.ends_on IS NULL OR control.ends_on >= %(day)s::date)
"""
_AFFECTED = f"""
    SELECT DISTINCT unnest(targets) FROM cases_case
    WHERE person_id = ANY(%(people)s::bigint[]) AND matter = '{Matter.CONDUCT}'
"""


def terms_on(day: date) -> Terms:
    """The landlord's terms, its nation's bank holidays around the day, and the version of the policy in force."""
    return terms_from(landlord.setting(), day)


def terms_from(said: Setting, day: date) -> Terms:
    """The same of what is already known to be set."""
    return Terms(
        **said.terms,
        nation=said.nation,
        holidays=calendar.around(said.nation, day),
        policy_version=said.policy_version,
    )


def known_of(person: Person | None, day: date) -> Known:
    """The frozen picture, with live limits and markers from every case of every record of the person."""
    if person is None:
        return Known()
    ids, picture = known.records_and_picture(person, day)
    limits, markers = set(), set()
    for kind, control, reference, details in _asked(_LIVE, ids, day):
        if kind == "marker":
            markers.add(LiveMarker(reference, control))
        elif (said := json.loads(details)).get("channels"):
            open_on_the_day = map(Channel, details_on(models.LiveControl(details=said), day)["channels"])
            limits.add(LiveLimit(reference, control, frozenset(open_on_the_day), kind == "single_contact"))
    return replace(
        picture,
        limits=frozenset(limits),
        affected=frozenset(target for (target,) in _asked(_AFFECTED, ids, day)),
        open_complaint=complaint.is_open_or_recent(ids, day),
        markers=frozenset(markers),
    )


def _asked(statement: str, people: frozenset[int], day: date) -> list[tuple[Any, ...]]:
    with planned.cursor() as cursor:
        cursor.execute(statement, {"people": list(people), "day": day, "kinds": [*LIMITS, "marker"]})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def affected_in(cases: Q) -> frozenset[str]:
    """The actor ids of every colleague who was the target of the behaviour in one of these cases of conduct."""
    rows = models.Case.objects.filter(cases, matter=Matter.CONDUCT).values_list("targets", flat=True)
    return frozenset(target for targets in rows for target in targets)


def occasion(
    by: Actor, moment: Moment, person: Person | None, reference: str = "", linked: frozenset[str] = frozenset()
) -> Occasion:
    """The circumstances of one act. The caller holds the person's lock when the act is to be recorded.

    `linked` are the references of the cases that the case acted on is linked to.
    """
    return Occasion(
        by=by,
        at=moment.at,
        day=moment.day,
        terms=terms_on(moment.day),
        known=known_of(person, moment.day),
        case=reference,
        affected_in_linked=affected_in(Q(reference__in=linked)) if linked else frozenset(),
    )
