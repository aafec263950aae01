"""Rule 20: someone in no register, made at triage, and the homes they visit."""

import secrets
from datetime import date

from evenhand.people import mailbox, telephone
from evenhand.people.models import Home, HomeVisit, Person
from evenhand.people.refusal import NotDone
from evenhand.people.text import name_to_search, tidy

SOURCE = "local"


def make(*, forename: str = "", surname: str = "", description: str = "", phone: str = "", email: str = "") -> Person:
    """A person without a register's reference or a tenancy.

    In: what is known of them; a name, or a description that tells them apart ("her brother, tall, red van"). Out: the
    person. Raises `NotDone` if nothing would tell them apart.
    """
    forename, surname, description = tidy(forename), tidy(surname), tidy(description)
    if not (forename or surname or description):
        raise NotDone("Give a name, or a few words that tell this person apart from others.")
    return Person.objects.create(
        source=SOURCE,
        ref=secrets.token_hex(6),
        is_local=True,
        forename=forename,
        surname=surname,
        description=description,
        phone=tidy(phone),
        phones=telephone.all_in(phone),
        email=tidy(email),
        emails=mailbox.all_in(email),
        search_name=name_to_search(forename, surname, [description] if description else []),
    )


def visits(person: Person, home: Home, day: date) -> HomeVisit:
    """Records that they visit a home, so that a check of the home finds them. Said twice, it is recorded once."""
    return HomeVisit.objects.get_or_create(person=person, home=home, ended_on=None, defaults={"recorded_on": day})[0]


def no_longer_visits(person: Person, home: Home, day: date) -> int:
    """Ends it on a day. Out: how many records ended."""
    return HomeVisit.objects.filter(person=person, home=home, ended_on=None).update(ended_on=day)
