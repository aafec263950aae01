"""D1: each letter's life. Only what a person does here (issuing, withdrawing) counts as news to a form."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.policy.events.event import Event
from evenhand.policy.need import LetterFormat


class LetterKind(StrEnum):
    INVITATION = "invitation"
    REMINDER = "reminder"
    NO_ACTION = "no_action"
    WARNING = "warning"
    FINDING = "finding"
    LIMITS = "limits"
    SINGLE_CONTACT = "single_contact"
    MARKER = "marker"
    REVIEW_NOTICE = "review_notice"
    REVIEW_OUTCOME = "review_outcome"
    LIMIT_ENDED = "limit_ended"
    MARKER_ENDED = "marker_ended"
    APPEAL_RECEIVED = "appeal_received"
    APPEAL_OUTCOME = "appeal_outcome"
    COUNTER_ALLEGATION_OUTCOME = "counter_allegation_outcome"
    REFERRAL = "referral"
    LEGAL = "legal"

    @property
    def words(self) -> str:
        """What a letter of this kind is about, as a colleague reads it in a list or a sentence."""
        return _WORDS[self]


_WORDS = {
    LetterKind.INVITATION: "Invitation to give their account",
    LetterKind.REMINDER: "Reminder to give their account",
    LetterKind.NO_ACTION: "No further action",
    LetterKind.WARNING: "Warning",
    LetterKind.FINDING: "What we decided",
    LetterKind.LIMITS: "What we expect, and limits on contact",
    LetterKind.SINGLE_CONTACT: "One named person to contact",
    LetterKind.MARKER: "Marker",
    LetterKind.REVIEW_NOTICE: "A review is coming",
    LetterKind.REVIEW_OUTCOME: "What a review decided",
    LetterKind.LIMIT_ENDED: "A limit has ended",
    LetterKind.MARKER_ENDED: "A marker has ended",
    LetterKind.APPEAL_RECEIVED: "We have their appeal",
    LetterKind.APPEAL_OUTCOME: "What the appeal decided",
    LetterKind.COUNTER_ALLEGATION_OUTCOME: "What came of what they said of a colleague",
    LetterKind.REFERRAL: "Referral to someone who can help",
    LetterKind.LEGAL: "Legal step",
}


class Delivery(StrEnum):
    EMAIL = "email"
    POST = "post"
    BY_HAND = "by hand"


@dataclass(frozen=True, kw_only=True)
class LetterDrafted(Event):
    """`about` is the id of the finding, limit, marker, appeal … whose event called for the letter."""

    letter: str
    kind: LetterKind
    about: str
    adverse: bool
    appealable: bool
    send_by: date


@dataclass(frozen=True, kw_only=True)
class LetterIssued(Event):
    """A person approved the letter: it is dated, and its last day to appeal and first day in force are fixed here.

    `deemed_on` is when it counts as delivered. `appeal_by` is None where there is nothing to appeal, or while a
    format the customer can read is still to be delivered.
    """

    letter: str
    kind: LetterKind
    about: str
    format: LetterFormat
    delivery: Delivery
    deemed_on: date
    appeal_by: date | None
    digest: str
    awaits_format: bool = False
    appealable: bool = False
    suitable: bool = True
    """Whether the person can use the way it goes, so that an invitation counts as an attempt to hear them (I2)."""


@dataclass(frozen=True, kw_only=True)
class LetterSent(Event):
    letter: str
    how: Delivery


@dataclass(frozen=True, kw_only=True)
class LetterUncertain(Event):
    """Sending was begun and its outcome is not known: a person decides, no machine tries again."""

    letter: str


@dataclass(frozen=True, kw_only=True)
class LetterReturned(Event):
    letter: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FormatDelivered(Event):
    """The ordered format reached the customer; only this starts the time to appeal."""

    letter: str
    about: str
    delivered_on: date
    appeal_by: date | None


@dataclass(frozen=True, kw_only=True)
class ReceiptProved(Event):
    """Later proof of receipt: it only moves the last day later."""

    letter: str
    about: str
    received_on: date
    appeal_by: date | None


@dataclass(frozen=True, kw_only=True)
class LetterSetAside(Event):
    """A letter that had not gone and no longer says what is so: kept, and never sent."""

    letter: str
    reason: str
