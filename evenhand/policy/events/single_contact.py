"""E2: one named colleague through whom a customer reaches the landlord."""

from dataclasses import dataclass
from datetime import date

from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event
from evenhand.policy.need import Channel


@dataclass(frozen=True, kw_only=True)
class SingleContactAppointed(Event):
    limit: str
    finding: str
    colleague: str
    name: str
    telephone: str
    email: str
    cover: str
    channels: frozenset[Channel]
    reasons: str
    starts_on: date
    ends_on: date
    review_on: date
    complaint_considered: str = ""
    notify_review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SingleContactChanged(Event):
    limit: str
    colleague: str
    name: str
    telephone: str
    email: str
    cover: str
    channels: frozenset[Channel]
    reasons: str


@dataclass(frozen=True, kw_only=True)
class SingleContactLeft(Event):
    """The colleague no longer works here: cover answers until another is named, by `change_by`, and told (rule 21)."""

    limit: str
    change_by: date


@dataclass(frozen=True, kw_only=True)
class SingleContactExtended(Event):
    limit: str
    reasons: str
    ends_on: date
    review_on: date
    notify_review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class SingleContactEnded(Event):
    limit: str
    cause: Ending
    reasons: str
