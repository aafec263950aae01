"""What a verb is told: who acts, when, the landlord's terms, and what is known of the person over all their cases."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from evenhand.cases import models
from evenhand.cases.summary import details_on
from evenhand.contacts import complaint
from evenhand.people import calendar, known, landlord, reading
from evenhand.people.landlord import Setting
from evenhand.people.models import Person
from evenhand.policy.events.handling import Matter
from evenhand.policy.need import Channel
from evenhand.policy.occasion import Known, LiveLimit, LiveMarker, Occasion
from evenhand.policy.staff import Actor
from evenhand.policy.terms import Terms

LIMITS = ("limit", "single_contact")


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, as a door knows it: the moment in UTC and the landlord's own day."""

    at: datetime
    day: date


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
    ids = reading.identities(person)
    live = models.LiveControl.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), person__in=ids
    ).select_related("case")
    controls = list(live)
    return replace(
        known.picture(person, day, ids),
        limits=frozenset(
            LiveLimit(
                c.case.reference,
                c.control,
                frozenset(Channel(channel) for channel in details_on(c, day)["channels"]),
                single_contact=c.kind == "single_contact",
            )
            for c in controls
            if c.kind in LIMITS and c.details.get("channels")
        ),
        affected=affected_in(Q(person__in=ids)),
        open_complaint=complaint.is_open_or_recent(ids, day),
        markers=frozenset(LiveMarker(c.case.reference, c.control) for c in controls if c.kind == "marker"),
    )


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
