"""Contacts come in: each is asked whether it is within the limits, and one outside them is read for a hazard first."""

from dataclasses import dataclass, replace

from django.db import transaction

from evenhand.cases import form_once, holding, limited_then
from evenhand.cases.circumstances import Moment, terms_on
from evenhand.cases.outside import local
from evenhand.contacts import log, to_judge
from evenhand.contacts.log import Said
from evenhand.contacts.models import Contact
from evenhand.contacts.models.contact import Direction
from evenhand.people import reading
from evenhand.people.models import Person, User
from evenhand.policy.answer import Verdict, Within
from evenhand.policy.contact_within import within
from evenhand.policy.exempt import Exempt


class NotRead(Exception):
    """The contact is outside a limit, and nobody has said whether it tells of a hazard. `within` says what to ask."""

    def __init__(self, found: Within) -> None:
        super().__init__(found.words)
        self.within = found


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a colleague found who read or heard a contact: a hazard or danger or none, and to whom they passed it on."""

    hazard: bool | None = None
    passed_on: str = ""
    to_single_contact: bool | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """What became of a contact: whether it was within the limits and what to do (None for one of our own)."""

    within: Within | None
    repeated: bool = False


def log_contact(by: User, person: Person, said: Said, read: Read, moment: Moment, *, token: str) -> Logged:
    """Logs one contact. In: who logs it, whose it is, what is said and was read, and now.

    Raises `NotRead` where it is outside a limit and nobody has said whether it tells of a hazard: nothing is written.
    One that tells of a hazard counts as exempt (rule 1). One logged for a day that is over may have used up what later
    ones were counted for: those that other systems brought are judged again. A form that comes a second time (`token`)
    writes nothing more.
    """
    found = asked(person, said, read)
    if found is not None and found.read_first and read.hazard is None:
        raise NotRead(found)
    with transaction.atomic():
        if not form_once.first_time(token, by, moment.at):
            return Logged(found, repeated=True)
        is_outside = found is not None and found.verdict is Verdict.OUTSIDE
        if is_outside and read.hazard:
            said = replace(said, exempt=Exempt.HAZARD)
        contact = log.log_one(person, said, by.team.name if by.team else "")
        if found is not None and is_outside:
            _keep(contact, found, read, by, moment)
        elif found is not None and found.verdict is Verdict.WITHIN:
            to_judge.logged_behind(reading.identities(person), said.at)
    return Logged(found)


def asked(person: Person, said: Said, read: Read) -> Within | None:
    """Whether a contact is within the limits that held when it was; None for one that we began."""
    if said.direction is not Direction.IN:
        return None
    came = local(said.at)
    day = came.date()
    held = holding.held_of([person.pk], day)[person.pk]
    then = limited_then.since([person.pk], said.at)
    return within(
        then.held(held, frozenset(reading.identities(person)), came),
        said.channel,
        came,
        terms_on(day),
        exempt=said.exempt,
        to_single_contact=read.to_single_contact,
    )


def _keep(contact: Contact, found: Within, read: Read, by: User, moment: Moment) -> None:
    log.keep_outside(
        contact,
        found.outside,
        found.words,
        hazard=bool(read.hazard),
        passed_on=read.passed_on,
        by=by,
        at=moment.at,
    )
