"""One contact, logged by hand as it happens, and what has been said with one person so far."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q

from evenhand.contacts import months, remeasure
from evenhand.contacts.by_moment import Page, page
from evenhand.contacts.models import Contact, ContactKey, Matter, Outside, ToRead
from evenhand.contacts.models.contact import Caller, Direction
from evenhand.people import reading
from evenhand.people.models import Person, User
from evenhand.policy.exempt import Exempt
from evenhand.policy.need import Channel

BY_HAND = "by hand"
"""The source of contacts that a colleague logged here. No file may use it."""
PAGE = 30
MATTERS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a colleague says of a contact. What is None is unknown; `minutes` are whole."""

    at: datetime
    channel: Channel
    direction: Direction
    minutes: int | None = None
    matter: int | None = None
    asked_for_senior: bool | None = None
    offered_colleague: bool | None = None
    specific: bool | None = None
    exempt: Exempt | None = None
    new_information: bool | None = None
    because_of_need: bool | None = None
    caller: Caller | None = None


@transaction.atomic
def log_one(person: Person, said: Said, team: str = "") -> Contact:
    """Adds one contact to the log. In: whose, what is said of it, and the colleague's team."""
    months.make([said.at])
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('contacts_contact_id_seq')")
        key = cursor.fetchone()[0]
    ref = secrets.token_hex(8)
    ContactKey.objects.create(source=BY_HAND, ref=ref, contact=key, at=said.at, digest=0)
    remeasure.people([person.pk], said.at)
    return Contact.objects.create(
        id=key,
        at=said.at,
        source=BY_HAND,
        ref=ref,
        person=person,
        matter_id=said.matter,
        channel=said.channel,
        direction=said.direction,
        minutes=said.minutes,
        team=team,
        asked_for_senior=said.asked_for_senior,
        offered_colleague=said.offered_colleague,
        specific=said.specific,
        exempt_kind=said.exempt or "",
        new_information=said.new_information,
        because_of_need=said.because_of_need,
        caller=said.caller,
    )


def matters_of(person: Person, most: int = MATTERS) -> list[Matter]:
    """What a contact with the person may be about: what is open first, then what was opened last."""
    theirs = Matter.objects.filter(person__in=reading.identities(person))
    return list(theirs.order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "-id")[:most])


def history(person: Person, after: str = "") -> Page[Contact]:
    """The person's contacts over all their records, the latest first; `after` is where a page before ended."""
    found = Contact.objects.filter(person__in=reading.identities(person)).select_related("matter")
    return page(found, after, PAGE)


def counted(since: Mapping[int, datetime]) -> dict[int, tuple[datetime, ...]]:
    """The moments at which people contacted us that use up the times of a limit: not exempt, and within it.

    In: for each record of a person, from when on. Out: what there is, by record. Contacts outside a limit use up
    nothing, read already or not. One query.
    """
    if not since:
        return {}
    found: dict[int, list[datetime]] = {}
    theirs = Contact.objects.filter(person__in=list(since), at__gte=min(since.values()), direction=Direction.IN)
    not_bound = Q(exempt_kind__isnull=True) | Q(exempt_kind="")
    outside = Outside.objects.filter(person__in=list(since)).values("contact")
    to_read = ToRead.objects.filter(person__in=list(since)).values("contact")
    within = theirs.filter(not_bound).exclude(id__in=outside).exclude(id__in=to_read)
    for record, at in within.values_list("person", "at").order_by("at"):
        if record is not None and at >= since[record]:
            found.setdefault(record, []).append(at)
    return {record: tuple(moments) for record, moments in found.items()}


def keep_outside(
    contact: Contact,
    limits: Iterable[tuple[str, str]],
    told: str,
    *,
    hazard: bool,
    passed_on: str,
    by: User,
    at: datetime,
) -> None:
    """Keeps that a contact came outside limits, each (case, limit), and what was found when it was read."""
    assert contact.person_id is not None
    for case, limit in limits:
        Outside.objects.create(
            contact=contact.id,
            at=contact.at,
            person_id=contact.person_id,
            case=case,
            limit=limit,
            hazard=hazard,
            passed_on=passed_on,
            told=told,
            read_by=by,
            read_at=at,
        )


@dataclass(frozen=True, slots=True)
class SinceItBegan:
    """Contacts under one limit since its first day: all from the person, those exempt, and those outside it.

    `hazards` of those outside told of a hazard or a danger when they were read; `to_read` others wait to be read.
    """

    inward: int
    exempt: int
    outside: int
    hazards: int
    to_read: int


def since(people: Collection[int], first: datetime, case: str, limit: str) -> SinceItBegan:
    """What a limit's review weighs. In: the person's records, when the limit began, its case and its id."""
    theirs = Contact.objects.filter(person__in=list(people), at__gte=first, direction=Direction.IN)
    read = Outside.objects.filter(case=case, limit=limit)
    return SinceItBegan(
        inward=theirs.count(),
        exempt=theirs.exclude(exempt_kind__isnull=True).exclude(exempt_kind="").count(),
        outside=read.count(),
        hazards=read.filter(hazard=True).count(),
        to_read=ToRead.objects.filter(limits__contains=[f"{case}/{limit}"], read_at=None).count(),
    )
