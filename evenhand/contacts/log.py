"""One contact, logged by hand as it happens, and what has been said with one person so far."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q

from evenhand.contacts import months, remeasure
from evenhand.contacts.by_moment import Page, page
from evenhand.contacts.models import CameLate, Contact, ContactKey, Matter, Outside, ToJudge, ToRead
from evenhand.contacts.models.contact import Caller, Direction
from evenhand.people import reading
from evenhand.people.models import Person, User
from evenhand.policy.exempt import Exempt
from evenhand.policy.need import Channel

BY_HAND = "by hand"
"""The source of contacts that a colleague logged here. No file may use it."""
ALWAYS_THROUGH = (Q(exempt_kind__isnull=False) & ~Q(exempt_kind="")) | Q(caller=Caller.ADVOCATE)
"""Contacts that no limit binds, whatever it says."""
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
    nothing, read already or not; nor does one that has yet to be held against it, or an advocate's. One query.
    """
    if not since:
        return {}
    found: dict[int, list[datetime]] = {}
    theirs = Contact.objects.filter(person__in=list(since), at__gte=min(since.values()), direction=Direction.IN)
    outside = Outside.objects.filter(person__in=list(since)).values("contact")
    to_read = ToRead.objects.filter(person__in=list(since)).values("contact")
    within = theirs.exclude(ALWAYS_THROUGH).exclude(id__in=outside).exclude(id__in=to_read)
    for record, at in within.exclude(yet_to_judge()).values_list("person", "at").order_by("at"):
        if record is not None and at >= since[record]:
            found.setdefault(record, []).append(at)
    return {record: tuple(moments) for record, moments in found.items()}


def yet_to_judge() -> Q:
    """Contacts that are noted to be held against the limits: one by one, or by whose they are and since when."""
    later = CameLate.objects.filter(person=OuterRef("person_id"), since__lte=OuterRef("at"))
    return Q(Exists(ToJudge.objects.filter(contact=OuterRef("id")))) | (~Q(source=BY_HAND) & Q(Exists(later)))


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
