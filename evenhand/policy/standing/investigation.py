"""I1, I2: whether the case is looked into, and whether the customer's account is settled."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.correspondence import Delivery, FormatDelivered, LetterIssued, LetterKind
from evenhand.policy.events.counter_allegation import AllegationSettled
from evenhand.policy.events.event import Event
from evenhand.policy.events.incident import IncidentCorrected, IncidentReported, PersonIdentified
from evenhand.policy.events.investigation import (
    AccountDeclined,
    AccountHeard,
    ConflictDeclared,
    ContactAttempted,
    CustomerInvited,
    HowOftenViewed,
    InvestigationOpened,
    InvestigationPaused,
    InvestigationResumed,
)
from evenhand.policy.need import Channel

BY = {Delivery.EMAIL: Channel.EMAIL, Delivery.POST: Channel.LETTER, Delivery.BY_HAND: Channel.VISIT}
"""The channel by which a letter reaches someone."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A day on which the customer was tried by a channel that suited them then, and whether support was asked about.

    `channel` is None for a format that was made for what they need. What we learn later of their needs may still rule
    the channel out.
    """

    on: date
    asked_support: bool
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Investigation:
    investigator: str | None = None
    paused_until: date | None = None
    invited: bool = False
    attempts: frozenset[Attempt] = frozenset()
    heard: bool = False
    declined: bool = False
    how_often: bool = False
    allegation_unsettled: bool = False
    decide_by: date | None = None

    @property
    def open(self) -> bool:
        return self.investigator is not None

    @property
    def paused(self) -> bool:
        return self.paused_until is not None

    def days_tried(self, unsuitable: frozenset[Channel] = frozenset()) -> int:
        """On how many different days; a try by one of the channels that are `unsuitable` for them does not count."""
        return len({a.on for a in self.attempts if a.channel not in unsuitable})

    def account_settled(self, attempts: int, unsuitable: frozenset[Channel] = frozenset()) -> bool:
        """Heard, declined, or tried on enough different days by a channel that suits them as we know them now (I2)."""
        return self.heard or self.declined or self.days_tried(unsuitable) >= attempts

    def asked_each_time(self, attempts: int, unsuitable: frozenset[Channel] = frozenset()) -> bool:
        """Whether support was asked about in as many attempts as are required (S1)."""
        days = {a.on for a in self.attempts if a.asked_support and a.channel not in unsuitable}
        return len(days) >= attempts


def moved(thread: Investigation, event: Event) -> Investigation:
    match event:
        case InvestigationOpened(investigator=investigator):
            return replace(thread, investigator=investigator)
        case ConflictDeclared(colleague=colleague) if colleague == thread.investigator:
            return replace(thread, investigator=None)
        case InvestigationPaused(look_again_on=until):
            return replace(thread, paused_until=until)
        case InvestigationResumed(decide_by=decide_by):
            return replace(thread, paused_until=None, decide_by=decide_by or thread.decide_by)
        case HowOftenViewed():
            return replace(thread, how_often=True)
        case IncidentReported(joined_from=str()):
            # What is newly alleged has not been put to the customer, nor counted, yet; its own clock runs.
            return replace(_unheard(thread), decide_by=None)
        case IncidentCorrected(alleges_more=True):
            return _unheard(thread)
        case PersonIdentified():
            # Whatever was put to somebody else was not put to this person.
            return replace(thread, heard=False, declined=False, invited=False, how_often=False, attempts=frozenset())
    return _account(thread, event)


def _unheard(thread: Investigation) -> Investigation:
    return replace(thread, heard=False, declined=False, how_often=False, attempts=frozenset())


def _account(thread: Investigation, event: Event) -> Investigation:
    match event:
        case CustomerInvited():
            return replace(thread, invited=True)
        case LetterIssued(kind=LetterKind.INVITATION | LetterKind.REMINDER, suitable=True, awaits_format=False, on=on):
            return _tried(thread, Attempt(on, asked_support=True, channel=BY[event.delivery]))
        case FormatDelivered(about="account", delivered_on=on):
            return _tried(thread, Attempt(on, asked_support=True))
        case ContactAttempted(suitable=True, asked_support=asked, channel=channel):
            return _tried(thread, Attempt(event.tried_on or event.on, asked, channel))
        case AccountHeard(about_a_colleague=about_a_colleague):
            unsettled = thread.allegation_unsettled or about_a_colleague
            return replace(thread, heard=True, allegation_unsettled=unsettled)
        case AccountDeclined():
            return replace(thread, declined=True)
        case AllegationSettled():
            return replace(thread, allegation_unsettled=False)
    return thread


def _tried(thread: Investigation, attempt: Attempt) -> Investigation:
    return replace(thread, attempts=thread.attempts | {attempt})
