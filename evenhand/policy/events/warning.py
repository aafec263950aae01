"""Rule 6: a warning before limits, or a reason for none that someone senior approved."""

from dataclasses import dataclass
from datetime import date

from evenhand.policy.events.event import Event


@dataclass(frozen=True, kw_only=True)
class WarningGiven(Event):
    warning: str
    expected: str
    if_it_goes_on: str
    counts_until: date | None = None
    """Its last day as a warning before limits; the letter says so."""


@dataclass(frozen=True, kw_only=True)
class WarningSkipProposed(Event):
    reason: str
    answer_by: date


@dataclass(frozen=True, kw_only=True)
class WarningSkipApproved(Event):
    reason: str
    counts_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class WarningSkipRefused(Event):
    reason: str
