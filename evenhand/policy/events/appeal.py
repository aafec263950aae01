"""D2, M3: the customer asks someone senior, who took no part, to look again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.policy.events.event import Event


class Outcome(StrEnum):
    UPHELD = "upheld: the decision is cancelled"
    VARIED = "partly upheld: the decision is changed"
    DISMISSED = "not upheld: the decision stands"


class Lodger(StrEnum):
    CUSTOMER = "the customer"
    ADVOCATE = "an advocate"


@dataclass(frozen=True, kw_only=True)
class AppealLodged(Event):
    appeal: str
    against: str
    lodger: Lodger
    how: str
    grounds: str
    late_reason: str
    decide_by: date


@dataclass(frozen=True, kw_only=True)
class AppealWithdrawn(Event):
    appeal: str
    words: str


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    appeal: str
    against: str
    outcome: Outcome
    reasons: str
    change: str
