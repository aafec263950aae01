"""L1, L2: legal steps against a customer or a tenancy. Kinds of event name no court."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.policy.events.event import Event


class Remedy(StrEnum):
    INJUNCTION = "an injunction"
    POSSESSION = "possession of the home"
    UNDERTAKING = "an undertaking"
    OTHER = "another order"


class Against(StrEnum):
    CUSTOMER = "the customer"
    TENANCY = "the tenancy"


@dataclass(frozen=True, kw_only=True)
class StepConsidered(Event):
    step: str
    remedy: Remedy
    against: Against
    tenancy: str | None
    without_notice: bool
    reasons: str
    advice: str


@dataclass(frozen=True, kw_only=True)
class StepApproved(Event):
    step: str
    reasons: str


@dataclass(frozen=True, kw_only=True)
class StepStarted(Event):
    step: str
    court: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class StepServed(Event):
    step: str
    served_on: date
    how: str
    people: tuple[str, ...]
    what_next: str


@dataclass(frozen=True, kw_only=True)
class StepMadeKnown(Event):
    """In the customer's own case: a step that was sealed has been served, and is a secret no longer."""

    matter: str
    step: str
    remedy: Remedy
    against: Against
    served_on: date


@dataclass(frozen=True, kw_only=True)
class StepOrdered(Event):
    step: str
    terms: str
    until: date | None


@dataclass(frozen=True, kw_only=True)
class StepBreached(Event):
    step: str
    what: str
    happened_on: date


@dataclass(frozen=True, kw_only=True)
class StepEnded(Event):
    step: str
    outcome: str
