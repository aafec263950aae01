"""P1: what is believed to be a crime, and what was done about it. Suspicion only, never a finding."""

from dataclasses import dataclass

from evenhand.policy.events.event import Event


@dataclass(frozen=True, kw_only=True)
class BeliefReported(Event):
    report: str
    incident: str
    belief: str
    reasons: str
    colleague_asked: str


@dataclass(frozen=True, kw_only=True)
class ReportUpdated(Event):
    report: str
    reference: str
    officer: str
    update: str


@dataclass(frozen=True, kw_only=True)
class ReportDeclined(Event):
    incident: str
    reasons: str
