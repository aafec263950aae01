"""S1, S2: what may be making things harder, and help with the customer's agreement."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.policy.events.event import Event
from evenhand.policy.need import Need


class Agency(StrEnum):
    """To whom a referral goes."""

    CUSTOMER_PARTNER = "a Customer Partner"
    MEDIATION = "a mediation service"
    OTHER = "another agency"


@dataclass(frozen=True, kw_only=True)
class SupportAsked(Event):
    how: str


@dataclass(frozen=True, kw_only=True)
class SupportAnswered(Event):
    words: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, kw_only=True)
class SupportDeclined(Event):
    words: str


@dataclass(frozen=True, kw_only=True)
class ReferralMade(Event):
    referral: str
    agency: Agency
    name: str
    purpose: str
    consent: str
    follow_up_on: date


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    referral: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ReferralEnded(Event):
    referral: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ReferredWithoutConsent(Event):
    """A safeguarding duty came before agreement; the reason is kept and the customer's wish stays on record."""

    referral: str
    name: str
    reason: str
