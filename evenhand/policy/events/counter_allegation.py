"""Rule 15: what the customer says a colleague did. Recorded in a sealed matter of its own."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.policy.events.event import Event


class Result(StrEnum):
    UPHELD = "upheld"
    PARTLY = "partly upheld"
    NOT_UPHELD = "not upheld"


@dataclass(frozen=True, kw_only=True)
class AllegationRecorded(Event):
    words: str
    colleague: str | None
    name: str
    resolve_by: date


@dataclass(frozen=True, kw_only=True)
class AllegationAssigned(Event):
    investigator: str
    independent_because: str


@dataclass(frozen=True, kw_only=True)
class AllegationResolved(Event):
    result: Result
    reasons: str
    told: str


@dataclass(frozen=True, kw_only=True)
class AllegationSettled(Event):
    """In the customer's own case: what they said of a colleague was dealt with, or set apart with a reason."""

    set_apart: bool
    reason: str
