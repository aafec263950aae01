"""E1, D2: a plan of limits that a machine can answer for, and when one allows all that another does."""

from collections.abc import Iterator

from evenhand.policy.events.expectation import Period, Plan
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection

WITHIN = {(Period.DAY, Period.WEEK): 7, (Period.DAY, Period.MONTH): 31, (Period.WEEK, Period.MONTH): 6}
"""In how many of the shorter periods a contact may fall during one of the longer."""


def objections_to_shape(plan: Plan) -> Iterator[Objection]:
    """What a machine could not answer for."""
    if (plan.times is None) != (plan.period is None):
        yield Objection("Say both how many times and in what period, or neither.", Promise.E1, field="times")
    if plan.times is not None and plan.times < 1:
        yield Objection("Allow at least one contact in the period.", Promise.E1, field="times")
    if (plan.from_time is None) != (plan.to_time is None):
        yield Objection("Say both from what time and until what time, or neither.", Promise.E1, field="from_time")
    if plan.from_time and plan.to_time and plan.from_time >= plan.to_time:
        yield Objection("The hours end before they begin.", Promise.E1, field="to_time")


def objections_to_allowing_less(before: Plan, now: Plan) -> Iterator[Objection]:
    """Every contact that was within the limits before the appeal is within them after it (D2)."""
    if not before.channels <= now.channels:
        yield Objection("An appeal never closes a way that was open.", Promise.D2, field="channels")
    if not _as_often(before, now):
        yield Objection("An appeal never allows contact less often than before.", Promise.D2, field="times")
    if now.weekdays and not (before.weekdays and before.weekdays <= now.weekdays):
        yield Objection("An appeal never takes away a day that was open.", Promise.D2, field="weekdays")
    if not _as_long(before, now):
        yield Objection("An appeal never makes the hours shorter than before.", Promise.D2, field="from_time")


def _as_often(before: Plan, now: Plan) -> bool:
    """Whether the old number may still be used up at once, and again in every old period within a new one."""
    if now.times is None or now.period is None:
        return True
    if before.times is None or before.period is None:
        return False
    return now.times >= before.times * WITHIN.get((before.period, now.period), 1)


def _as_long(before: Plan, now: Plan) -> bool:
    if now.from_time is None or now.to_time is None:
        return True
    if before.from_time is None or before.to_time is None:
        return False
    return now.from_time <= before.from_time and before.to_time <= now.to_time
