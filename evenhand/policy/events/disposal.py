"""Rule 19: what is held back from disposal, and the tombstone that stays when a case is disposed of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.policy.events.event import Event
from evenhand.policy.events.handling import Matter


class Category(StrEnum):
    """The rule under which a case is kept and disposed of. Their periods are terms of the landlord's."""

    NOT_ADVERSE = "not conduct, or neither unacceptable nor unreasonable"
    LIMIT = "a finding, a limit on contact or a single contact"
    MARKER = "a marker"
    MARKER_OF_VIOLENCE = "a marker about violence"
    LEGAL = "a legal step"
    SEALED = "a counter-allegation or welfare notes"


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Event):
    """A legal hold: nothing of the case is disposed of until somebody lets go of it."""

    hold: str
    reason: str
    review_on: date


@dataclass(frozen=True, kw_only=True)
class HoldKept(Event):
    hold: str
    reason: str
    review_on: date


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event):
    hold: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseDisposed(Event):
    """The tombstone: what went (all facts up to a number), when, under which rule, and the two who agreed to it.

    It keeps what kind of matter it was, so that one that was sealed stays so, and tells nothing else of it.
    """

    upto: int
    category: Category
    prepared_by: str
    approved_by: str
    matter: Matter
