"""Who looks after a case, what it is linked to, and when it is closed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.policy.events.event import Event


class Matter(StrEnum):
    """What kind of log this is. All but the first are sealed (rule 22)."""

    CONDUCT = "conduct"
    LEGAL = "legal step without notice"
    COUNTER_ALLEGATION = "counter-allegation"
    WELFARE = "welfare"

    @property
    def is_sealed(self) -> bool:
        return self is not Matter.CONDUCT


class Outcome(StrEnum):
    RESOLVED = "resolved: the conduct stopped"
    NO_ACTION = "no further action"
    CONTROLS_ENDED = "everything that was in force has ended"
    PERSON_LEFT = "the person left or died"


@dataclass(frozen=True, kw_only=True)
class MatterOpened(Event):
    """The first event of a sealed matter: only those named may know that it exists."""

    matter: Matter
    about: str
    named: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MatterNamed(Event):
    """Another colleague is let in to a sealed matter, or an independent person to one case."""

    colleague: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseLinked(Event):
    other: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(Event):
    to: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Event):
    outcome: Outcome
    reasons: str


@dataclass(frozen=True, kw_only=True)
class CaseReopened(Event):
    reasons: str


@dataclass(frozen=True, kw_only=True)
class PersonDied(Event):
    died_on: date


@dataclass(frozen=True, kw_only=True)
class RecordsJoined(Event):
    """Two records of one person were joined: a manager reconciles them by `reconcile_by`."""

    other: str
    reconcile_by: date


@dataclass(frozen=True, kw_only=True)
class RecordsReconciled(Event):
    reasons: str
