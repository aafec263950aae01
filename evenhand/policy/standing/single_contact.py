"""E2: the one named colleague, while there is one."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.correspondence import LetterDrafted
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import (
    LimitReviewAnswered,
    LimitReviewNotified,
    LimitReviewRequested,
    LimitUnsuited,
)
from evenhand.policy.events.single_contact import (
    SingleContactAppointed,
    SingleContactChanged,
    SingleContactEnded,
    SingleContactExtended,
    SingleContactLeft,
)
from evenhand.policy.need import Channel
from evenhand.policy.standing import told
from evenhand.policy.standing.change import Change
from evenhand.policy.standing.span import Span


@dataclass(frozen=True, slots=True)
class Contact(Span):
    id: str
    by: str
    finding: str
    colleague: str
    channels: frozenset[Channel]


@dataclass(frozen=True, slots=True)
class SingleContact:
    contacts: tuple[Contact, ...] = ()

    def get(self, id: str | None) -> Contact | None:
        return next((x for x in self.contacts if x.id == id), None)

    def live(self, day: date) -> tuple[Contact, ...]:
        return tuple(x for x in self.contacts if x.is_live(day))


def moved(thread: SingleContact, event: Event) -> SingleContact:
    match event:
        case SingleContactAppointed():
            new = Contact(
                event.limit,
                event.by,
                event.finding,
                event.colleague,
                event.channels,
                planned_start=event.starts_on,
                ends_on=event.ends_on,
                review_on=event.review_on,
                notify_review_on=event.notify_review_on,
            )
            return replace(thread, contacts=(*thread.contacts, new))
        case SingleContactChanged():
            return _change(thread, event.limit, colleague=event.colleague, channels=event.channels, change_by=None)
        case SingleContactLeft() | LimitUnsuited():
            return _change(thread, event.limit, change_by=event.change_by)
        case SingleContactExtended():
            change = Change.of_an_extension(event)
            return _change(thread, event.limit, change=change, answer_by=None, by=event.by)
        case SingleContactEnded():
            return _change(thread, event.limit, ended=True, answer_by=None)
    return _reviewed(thread, event)


def _reviewed(thread: SingleContact, event: Event) -> SingleContact:
    match event:
        case LimitReviewRequested():
            return _change(thread, event.limit, answer_by=event.answer_by)
        case LimitReviewAnswered():
            return _change(thread, event.limit, answer_by=None)
        case LimitReviewNotified():
            return _change(thread, event.limit, review_notified=True)
        case LetterDrafted(about=id) if (contact := thread.get(id)) is not None and contact.change.waits:
            return _change(thread, id, change=contact.change.told_by(event))
    if not isinstance(event, told.TELLING):
        return thread
    contacts = tuple(_told(x, event) for x in thread.contacts)
    return replace(thread, contacts=contacts) if contacts != thread.contacts else thread


def _told(contact: Contact, event: Event) -> Contact:
    """The contact once a letter about it may count as read: an extension holds from then."""
    letter, on = told.read_on(event)
    contact, change = replace(contact, told=told.moved(contact.told, contact.id, event)), contact.change
    return contact.extended(on) if on and letter == change.letter and change.ends_on else contact


def _change(thread: SingleContact, id: str, **changes: object) -> SingleContact:
    return replace(
        thread,
        contacts=tuple(replace(x, **changes) if x.id == id else x for x in thread.contacts),  # type: ignore[arg-type]
    )
