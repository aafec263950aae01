"""Contacts that match nobody: the queue, whom each may be, and what a person decides. Nothing matches by itself.

A household shares its telephone and its email: a suggestion says what it rests on, and a person looks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from evenhand.contacts import remeasure, to_judge
from evenhand.contacts.by_moment import Page, page
from evenhand.contacts.models import Contact, Unmatched
from evenhand.contacts.models.unmatched import Verdict
from evenhand.people import reading
from evenhand.people.models import Person, User
from evenhand.people.refusal import NotDone

PAGE = 25
MOST = 6
GONE = "Somebody else has just decided this. Look at the next contact."


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody it may be, and what they share with the contact: "the telephone number"."""

    person: Person
    shares: tuple[str, ...]


def waiting(after: str = "") -> Page[Unmatched]:
    """The contacts that wait to be matched, the latest first; `after` is where a page before ended. One query."""
    return page(Unmatched.objects.filter(verdict=""), after, PAGE)


def how_many() -> int:
    """How many wait, counted no further than one more than a page."""
    return Unmatched.objects.filter(verdict="")[: PAGE + 1].count()


def suggestions(of: Unmatched) -> list[Suggestion]:
    """People who share its telephone number or email address, those who share both first. Never a decision."""
    if not of.phones and not of.emails:
        return []
    shared = Q(phones__overlap=of.phones or [""]) | Q(emails__overlap=of.emails or [""])
    found: dict[Person, tuple[str, ...]] = {}
    for record in Person.objects.filter(shared, died_on=None).select_related("merged_into").order_by("id")[: MOST * 4]:
        found.setdefault(reading.kept_record(record), _shares(record, of))
    return [Suggestion(person, shares) for person, shares in sorted(found.items(), key=lambda each: -len(each[1]))][
        :MOST
    ]


def _shares(record: Person, of: Unmatched) -> tuple[str, ...]:
    told = (
        ("the telephone number", set(record.phones) & set(of.phones)),
        ("the email address", set(record.emails) & set(of.emails)),
    )
    return tuple(words for words, common in told if common)


@transaction.atomic
def match(contact: int, person: Person, by: User, at: datetime) -> None:
    """A colleague says whose a contact is. Raises `NotDone` where somebody else was faster."""
    row = _taken(contact)
    Contact.objects.filter(id=row.contact, at=row.at).update(person=person)
    row.person, row.verdict, row.decided_by, row.decided_at = person, Verdict.MATCHED, by, at
    row.save()
    remeasure.people([person.pk], at)
    to_judge.matched(row.contact, row.at, person.pk)


@transaction.atomic
def set_aside(contact: int, by: User, at: datetime) -> None:
    """A colleague says that it is not a customer's: it belongs to nobody, and waits no more."""
    row = _taken(contact)
    row.verdict, row.decided_by, row.decided_at = Verdict.NOT_A_CUSTOMER, by, at
    row.save()


def of_contact(contact: int) -> Unmatched | None:
    """The waiting contact of this key; None once it is decided."""
    return Unmatched.objects.filter(contact=contact, verdict="").first()


def contact_of(row: Unmatched) -> Contact | None:
    """What is known of it besides."""
    return Contact.objects.select_related("matter").filter(id=row.contact, at=row.at).first()


def contacts_of(rows: Iterable[Unmatched]) -> dict[int, Contact]:
    """The same for a page of them, in one query."""
    waiting = list(rows)
    if not waiting:
        return {}
    first, last = min(row.at for row in waiting), max(row.at for row in waiting)
    found = Contact.objects.filter(id__in=[row.contact for row in waiting], at__gte=first, at__lte=last)
    return {contact.id: contact for contact in found.select_related("matter")}


def _taken(contact: int) -> Unmatched:
    row = Unmatched.objects.select_for_update().filter(contact=contact, verdict="").first()
    if row is None:
        raise NotDone(GONE)
    return row
