"""Rule 8: which steps have a fresh assessment, what was known of the person's needs then, and what rests on it."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.appeal import AppealDecided
from evenhand.policy.events.assessment import AssessmentMade, Step
from evenhand.policy.events.decision import FindingMade
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import (
    ExpectationExtended,
    ExpectationSet,
    ExpectationVaried,
    LimitReviewAnswered,
)
from evenhand.policy.events.incident import IncidentCorrected, IncidentReported, PersonIdentified
from evenhand.policy.events.legal_action import StepStarted
from evenhand.policy.events.marker import MarkerKept, MarkerPlaced
from evenhand.policy.events.single_contact import SingleContactAppointed, SingleContactExtended
from evenhand.policy.events.support import SupportAnswered
from evenhand.policy.events.warning import WarningGiven
from evenhand.policy.need import Need
from evenhand.policy.terms import months_after

USED_BY: dict[type[Event], Step] = {
    AppealDecided: Step.APPEAL,
    MarkerKept: Step.REVIEW,
    ExpectationExtended: Step.REVIEW,
    SingleContactExtended: Step.REVIEW,
    LimitReviewAnswered: Step.REVIEW,
    StepStarted: Step.LEGAL,
}
"""A step that uses up its assessment, so that the next such step asks for another."""

RESTS: dict[type[Event], str] = {
    WarningGiven: "warning",
    FindingMade: "finding",
    ExpectationSet: "limit",
    SingleContactAppointed: "single contact",
    MarkerPlaced: "marker",
}
"""What may rest, once each, on the assessment for a decision; the next of the same kind asks for another."""
MONTHS = 3
"""How long an assessment is fresh that was recorded before it said so itself."""


@dataclass(frozen=True, slots=True)
class Weighed:
    step: Step
    needs: frozenset[Need]
    until: date
    rested: frozenset[str] = frozenset()
    """What has been decided on it."""


@dataclass(frozen=True, slots=True)
class Assessment:
    made: frozenset[Weighed] = frozenset()

    def at(self, step: Step) -> Weighed | None:
        """The assessment for this step that nothing has used up or overtaken."""
        return next((weighed for weighed in self.made if weighed.step is step), None)


def moved(thread: Assessment, event: Event) -> Assessment:
    match event:
        case AssessmentMade(step=step, needs=needs, fresh_until=until):
            fresh = Weighed(step, frozenset(needs), until or months_after(event.on, MONTHS))
            return replace(thread, made=_without(thread, step).made | {fresh})
        case PersonIdentified():
            return Assessment()
        case IncidentReported(joined_from=str()) | IncidentCorrected(alleges_more=True) | SupportAnswered():
            return _without(thread, Step.DECISION)
        case ExpectationVaried(by_appeal=False):
            return _without(thread, Step.REVIEW)
        case FindingMade() if not event.is_adverse:
            return thread
    if what := RESTS.get(type(event)):
        return _rests(thread, what)
    used = USED_BY.get(type(event))
    return _without(thread, used) if used else thread


def _rests(thread: Assessment, what: str) -> Assessment:
    found = thread.at(Step.DECISION)
    if found is None or what in found.rested:
        return thread
    return replace(thread, made=(thread.made - {found}) | {replace(found, rested=found.rested | {what})})


def _without(thread: Assessment, step: Step) -> Assessment:
    return replace(thread, made=frozenset(weighed for weighed in thread.made if weighed.step is not step))
