"""I1, I2: looking into a case and hearing the customer's account."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.policy.events.event import Event
from evenhand.policy.need import Channel


class Pause(StrEnum):
    """Why the clock stands still; safety controls stay in place."""

    POLICE = "the police asked us to wait"
    CUSTOMER = "the customer cannot take part yet"
    ADJUSTMENT = "we are arranging an adjustment"
    OTHER = "another reason"


class Speaker(StrEnum):
    """Who gave the account."""

    CUSTOMER = "the customer"
    WITH_ADVOCATE = "the customer with an advocate"
    ADVOCATE = "an advocate for the customer"


@dataclass(frozen=True, kw_only=True)
class InvestigationOpened(Event):
    investigator: str


@dataclass(frozen=True, kw_only=True)
class ConflictDeclared(Event):
    colleague: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CustomerInvited(Event):
    """An invitation by letter to give an account; it asks about contributing issues too (S1)."""

    how: str
    reply_by: date
    reminder: bool


@dataclass(frozen=True, kw_only=True)
class ContactAttempted(Event):
    """`tried_on` is the day of the try, which may have been written down later; nothing in what was kept before that
    was asked: then it is the day of the record."""

    channel: Channel
    outcome: str
    asked_support: bool
    suitable: bool
    tried_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AccountHeard(Event):
    speaker: Speaker
    channel: Channel
    words: str
    advocate: str
    about_a_colleague: bool
    heard_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class AccountDeclined(Event):
    words: str


@dataclass(frozen=True, kw_only=True)
class InvestigationPaused(Event):
    why: Pause
    reason: str
    look_again_on: date


@dataclass(frozen=True, kw_only=True)
class InvestigationResumed(Event):
    reason: str
    decide_by: date | None


@dataclass(frozen=True, kw_only=True)
class HowOftenViewed(Event):
    earlier: int
    since: date | None
    view: str
