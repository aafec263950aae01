"""Rule 8: equality and proportionality, weighed before each adverse step."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.policy.events.event import Event
from evenhand.policy.need import Need


class Step(StrEnum):
    """The step an assessment is for; each later step asks for a fresh one."""

    DECISION = "the decision and what follows from it"
    PROVISIONAL = "a provisional marker"
    REVIEW = "a review"
    APPEAL = "an appeal"
    LEGAL = "a legal step"


@dataclass(frozen=True, kw_only=True)
class AssessmentMade(Event):
    step: Step
    needs: tuple[Need, ...]
    known: str
    adjustments: str
    aim: str
    alternatives: str
    due_regard: str
    fresh_until: date | None = None
    """The last day on which a step may rest on it."""
