"""Rule 8 for the verbs that need it: is there a fresh assessment, and does it know what is known today?"""

from collections.abc import Iterator

from evenhand.policy.case import Case
from evenhand.policy.events.assessment import Step
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection


def objections_without_assessment(case: Case, now: Occasion, step: Step) -> Iterator[Objection]:
    needs = case.assessment.needs_at(step)
    if needs is None:
        yield Objection(
            f"The equality and proportionality assessment for {step.value} has not been made.",
            Promise.D1,
            "assessment.make",
        )
    elif needs != now.known.needs:
        yield Objection(
            "What we know of the person's needs has changed since the assessment. Make it again.",
            Promise.D1,
            "assessment.make",
        )
