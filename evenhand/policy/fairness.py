"""Rule 8 for the verbs that need it: is there a fresh assessment, and does it know what is known today?"""

from collections.abc import Iterator

from evenhand.policy.case import Case
from evenhand.policy.events.assessment import Step
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection

REMEDY = "assessment.make"


def objections_without_assessment(
    case: Case, now: Occasion, step: Step, what: str | None = None
) -> Iterator[Objection]:
    """What stands in the way of a step. `what` is the kind of decision, where several may rest on one assessment."""
    weighed = case.assessment.at(step)
    if weighed is None:
        words = f"The equality and proportionality assessment for {step.value} has not been made."
        yield Objection(words, Promise.D1, REMEDY)
        return
    if weighed.needs != now.known.needs:
        words = "What we know of the person’s needs has changed since the assessment. Make it again."
        yield Objection(words, Promise.D1, REMEDY)
    if now.day > weighed.until:
        words = f"The assessment was fresh until {weighed.until:%-d %B %Y}. Make it again."
        yield Objection(words, Promise.D1, REMEDY)
    if what in weighed.rested:
        words = f"The assessment was made for the last {what}. Weigh this one afresh."
        yield Objection(words, Promise.D1, REMEDY)
