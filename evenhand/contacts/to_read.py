"""Rule 1: contacts outside the limits wait here until a person has read them for a hazard, the oldest first.

What waits was written by `cases/outside.py`. Nothing here decides: a person says what they found.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from evenhand.contacts import log, remeasure
from evenhand.contacts.by_moment import Page, page
from evenhand.contacts.models import Contact, Outside, ToRead
from evenhand.people.models import User
from evenhand.people.refusal import NotDone
from evenhand.people.text import tidy
from evenhand.policy.exempt import Exempt

PAGE = 25
GONE = "Somebody else has just done this. Look at the next contact."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a person found who read a contact: a hazard or danger or none, to whom they passed it on, whether it is of
    a kind that always gets through, and whether they have done all that the plan says."""

    hazard: bool
    passed_on: str = ""
    exempt: Exempt | None = None
    handled: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait to be read, counted no further than one more than a page, and since when the oldest does."""

    count: int
    oldest: datetime | None


def queue(close: Collection[int], after: str = "", *, read: bool = False) -> Page[ToRead]:
    """Those that wait to be read, or with `read`, to be handled once read; the oldest first. One query.

    In: the people whose contacts the viewer must not read (rule 21), and where a page before ended.
    """
    found = _open(close, read=read).select_related("person__merged_into", "read_by")
    return page(found, after, PAGE, oldest_first=True)


def waiting(close: Collection[int]) -> Waiting:
    """How much there is to read. One query."""
    moments = list(_open(close, read=False).order_by("at", "id").values_list("at", flat=True)[: PAGE + 1])
    return Waiting(len(moments), moments[0] if moments else None)


def _open(close: Collection[int], *, read: bool) -> "QuerySet[ToRead]":
    found = ToRead.objects.filter(handled_at=None, read_at__isnull=not read, late=False)
    return found.exclude(person__in=list(close)) if close else found


def of_contact(contact: int) -> ToRead | None:
    """What is still to be done about this contact; None where that is nothing."""
    rows = ToRead.objects.select_related("person__merged_into", "read_by")
    return rows.filter(contact=contact, handled_at=None).first()


def contact_of(row: ToRead) -> Contact | None:
    """The contact itself."""
    return Contact.objects.select_related("matter").filter(id=row.contact, at=row.at).first()


def contacts_of(rows: Collection[ToRead]) -> dict[int, Contact]:
    """The same for a page of them, in one query."""
    if not rows:
        return {}
    first, last = min(row.at for row in rows), max(row.at for row in rows)
    found = Contact.objects.filter(id__in=[row.contact for row in rows], at__gte=first, at__lte=last)
    return {contact.id: contact for contact in found.select_related("matter")}


@transaction.atomic
def read(contact: int, found: Finding, told: str, by: User, at: datetime) -> ToRead:
    """A person has read it. In: what they found, and what they were told to do then.

    One that tells of a hazard counts as exempt from then on (rule 1), and is among those outside that the limit's
    review is told of. Raises `NotDone` where a hazard is passed on to nobody, or somebody else was faster.
    """
    passed_on = tidy(found.passed_on)
    if found.hazard and not passed_on:
        raise NotDone("Pass it on now, then say whom you told.")
    row = _taken(contact, read=False)
    exempt = found.exempt or (Exempt.HAZARD if found.hazard else None)
    row.hazard, row.passed_on, row.exempt = found.hazard, passed_on, exempt or ""
    row.read_by, row.read_at, row.late = by, at, False
    if exempt or found.handled:
        row.handled_by, row.handled_at = by, at
    row.save()
    count(row, told)
    return row


@transaction.atomic
def handle(contact: int, by: User, at: datetime) -> None:
    """It was read, and all that the plan says is done. Raises `NotDone` where it is not there to be handled."""
    row = _taken(contact, read=True)
    row.handled_by, row.handled_at = by, at
    row.save()


def count(row: ToRead, told: str) -> None:
    """Counts a contact that was read: outside its limits, or where it always gets through, as exempt."""
    assert row.read_by is not None and row.read_at is not None
    if row.exempt:
        Contact.objects.filter(id=row.contact, at=row.at).update(exempt_kind=row.exempt)
        remeasure.people([row.person_id], row.read_at)
    Outside.objects.filter(contact=row.contact).delete()
    if row.exempt and not row.hazard:
        return
    log.keep_outside(
        Contact(id=row.contact, at=row.at, person_id=row.person_id),
        limits_of(row),
        told,
        hazard=bool(row.hazard),
        passed_on=row.passed_on,
        by=row.read_by,
        at=row.read_at,
    )


def limits_of(row: ToRead) -> list[tuple[str, str]]:
    """The limits that a contact is outside, each its case and its id in it."""
    split = (each.rpartition("/") for each in row.limits)
    return [(case, limit) for case, _, limit in split]


def _taken(contact: int, *, read: bool) -> ToRead:
    rows = ToRead.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(contact=contact, handled_at=None, read_at__isnull=not read).first()
    if row is None:
        raise NotDone(GONE)
    return row
