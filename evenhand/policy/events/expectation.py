"""E1: what we now expect, and the limits on how, how often and when a customer contacts us."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event
from evenhand.policy.need import Channel


class Period(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Weekday(StrEnum):
    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A limit a machine can answer for. An empty set of weekdays, or no hours, leaves that side open."""

    channels: frozenset[Channel]
    times: int | None = None
    period: Period | None = None
    weekdays: frozenset[Weekday] = frozenset()
    from_time: time | None = None
    to_time: time | None = None


@dataclass(frozen=True, kw_only=True)
class ExpectationSet(Event):
    """`plan` is None when only behaviour is expected. The first day in force is fixed when its letter is issued."""

    limit: str
    finding: str
    behaviour: str
    plan: Plan | None
    reasons: str
    starts_on: date
    ends_on: date
    review_on: date
    replaces: tuple[str, str] | None = None
    """The (case, limit) of a plan in another of the person's cases that this one replaces."""
    complaint_considered: str = ""
    replaces_too: tuple[tuple[str, str], ...] = ()
    """Further plans that it replaces, where two records of one person, each with a plan, were joined."""
    notify_review_on: date | None = None
    """When the customer is told of the review to come; None where the limit is too short for that."""


@dataclass(frozen=True, kw_only=True)
class ExpectationVaried(Event):
    limit: str
    plan: Plan
    reasons: str
    by_appeal: bool = False


@dataclass(frozen=True, kw_only=True)
class ExpectationExtended(Event):
    limit: str
    reasons: str
    ends_on: date
    review_on: date
    notify_review_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ExpectationEnded(Event):
    limit: str
    cause: Ending
    reasons: str


@dataclass(frozen=True, kw_only=True)
class LimitReviewRequested(Event):
    """The customer asks, at any time, for a plan or a single contact to end."""

    limit: str
    words: str
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class LimitUnsuited(Event):
    """Since it was set we learned of a need that every way it leaves open conflicts with (rule 2)."""

    limit: str
    change_by: date


@dataclass(frozen=True, kw_only=True)
class LimitReviewNotified(Event):
    """The customer is told that a limit or a single contact is about to be reviewed, and when it ends."""

    limit: str
    review_on: date
    ends_on: date
    respond_by: date


@dataclass(frozen=True, kw_only=True)
class LimitReviewAnswered(Event):
    limit: str
    reasons: str
