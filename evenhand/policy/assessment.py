"""D1 and rule 8: whether a step is fair and proportionate, weighed and written down before it is taken.

The verbs that need one ask `fairness` for a fresh assessment that took in every need known today.
"""

from collections.abc import Iterator

from evenhand.policy.case import Case
from evenhand.policy.events.assessment import AssessmentMade, Step
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.independence import (
    objections_to_a_death,
    objections_to_a_target_elsewhere,
    objections_to_acting,
    objections_to_the_unnamed,
    was_affected,
)
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Role
from evenhand.policy.terms import months_after


def objections_to_assessing(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting(case, now)
    yield from objections_to_a_death(case, now)
    yield from objections_to_the_unnamed(case, now)
    if not now.by.has(Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR, Role.INDEPENDENT):
        yield Objection("An investigator or a manager makes the assessment.", Promise.D1, for_good=True)
    if now.by.id in was_affected(case, now):
        yield Objection("You were affected by what happened, so a colleague who was not must assess.", Promise.I1)
    yield from objections_to_a_target_elsewhere(case, now)
    if not case.incident.person and not case.handling.matter.is_sealed:
        yield Objection("Nobody knows yet who the person is.", Promise.I1, "incident.identify")


def objections_to_assessment(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    step: Step,
    known: str,
    adjustments: str,
    aim: str,
    alternatives: str,
    due_regard: str,
) -> Iterator[Objection]:
    if step is Step.APPEAL and now.by.id in case.involvement.took_part:
        yield Objection(
            "You took part in what is appealed, so whoever hears the appeal weighs it afresh.", Promise.D2, field="step"
        )
    yield from unsaid(
        Promise.D1,
        known=known,
        adjustments=adjustments,
        aim=aim,
        alternatives=alternatives,
        due_regard=due_regard,
    )


@unless(objections_to_assessing, objections_to_assessment, reads="incident involvement handling")
def make(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    step: Step,
    known: str,
    adjustments: str,
    aim: str,
    alternatives: str,
    due_regard: str,
) -> list[Event]:
    """What was known of health and disability, what was offered, the aim, and why nothing gentler would do.

    The needs recorded today are frozen into it: when they change, or a bounded time has passed, it is no longer fresh.
    """
    return [
        AssessmentMade(
            **stamp(now),
            step=step,
            needs=tuple(sorted(now.known.needs)),
            known=known,
            adjustments=adjustments,
            aim=aim,
            alternatives=alternatives,
            due_regard=due_regard,
            fresh_until=months_after(now.day, now.terms.assessment_months),
        )
    ]
