"""Rule 8: which steps have a fresh assessment, and what was known of the person's needs when it was made."""

from dataclasses import dataclass, replace

from evenhand.policy.events.appeal import AppealDecided
from evenhand.policy.events.assessment import AssessmentMade, Step
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import ExpectationExtended, ExpectationVaried, LimitReviewAnswered
from evenhand.policy.events.incident import IncidentCorrected, IncidentReported, PersonIdentified
from evenhand.policy.events.legal_action import StepStarted
from evenhand.policy.events.marker import MarkerKept
from evenhand.policy.events.single_contact import SingleContactExtended
from evenhand.policy.events.support import SupportAnswered
from evenhand.policy.need import Need

USED_BY: dict[type[Event], Step] = {
    AppealDecided: Step.APPEAL,
    MarkerKept: Step.REVIEW,
    ExpectationExtended: Step.REVIEW,
    SingleContactExtended: Step.REVIEW,
    LimitReviewAnswered: Step.REVIEW,
    StepStarted: Step.LEGAL,
}
"""A step that uses up its assessment, so that the next such step asks for another."""


@dataclass(frozen=True, slots=True)
class Assessment:
    made: frozenset[tuple[Step, frozenset[Need]]] = frozenset()

    def needs_at(self, step: Step) -> frozenset[Need] | None:
        """The needs that the fresh assessment for this step took in, or None when there is none."""
        return next((needs for made, needs in self.made if made is step), None)


def moved(thread: Assessment, event: Event) -> Assessment:
    match event:
        case AssessmentMade(step=step, needs=needs):
            kept = _without(thread, step).made
            return replace(thread, made=kept | {(step, frozenset(needs))})
        case PersonIdentified():
            return Assessment()
        case IncidentReported(joined_from=str()) | IncidentCorrected(alleges_more=True) | SupportAnswered():
            return _without(thread, Step.DECISION)
        case ExpectationVaried(by_appeal=False):
            return _without(thread, Step.REVIEW)
    used = USED_BY.get(type(event))
    return _without(thread, used) if used else thread


def _without(thread: Assessment, step: Step) -> Assessment:
    return replace(thread, made=frozenset(m for m in thread.made if m[0] is not step))
