"""E1: what is expected, and the limits that hold on a day."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.correspondence import LetterDrafted
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import (
    ExpectationEnded,
    ExpectationExtended,
    ExpectationSet,
    ExpectationVaried,
    LimitReviewAnswered,
    LimitReviewNotified,
    LimitReviewRequested,
    LimitUnsuited,
    Plan,
)
from evenhand.policy.standing import told
from evenhand.policy.standing.change import Change
from evenhand.policy.standing.span import Span


@dataclass(frozen=True, slots=True)
class Limit(Span):
    id: str
    by: str
    finding: str
    plan: Plan | None
    earlier_plan: Plan | None = None
    plan_from: date | None = None

    def plan_on(self, day: date) -> Plan | None:
        """The plan that holds on a day: a changed one only from when the customer was told of it (D1)."""
        return self.earlier_plan if self.plan_from and day < self.plan_from else self.plan


@dataclass(frozen=True, slots=True)
class Expectation:
    limits: tuple[Limit, ...] = ()

    def get(self, id: str | None) -> Limit | None:
        return next((x for x in self.limits if x.id == id), None)

    def live(self, day: date) -> tuple[Limit, ...]:
        return tuple(x for x in self.limits if x.is_live(day))


def moved(thread: Expectation, event: Event) -> Expectation:
    match event:
        case ExpectationSet():
            new = Limit(
                event.limit,
                event.by,
                event.finding,
                event.plan,
                planned_start=event.starts_on,
                ends_on=event.ends_on,
                review_on=event.review_on,
                notify_review_on=event.notify_review_on,
            )
            return replace(thread, limits=(*thread.limits, new))
        case ExpectationVaried(by_appeal=True):
            return _change(
                thread, event.limit, plan=event.plan, answer_by=None, change_by=None, earlier_plan=None, plan_from=None
            )
        case ExpectationVaried():
            return _change(thread, event.limit, change=Change(plan=event.plan), answer_by=None, change_by=None)
        case ExpectationExtended():
            change = Change.of_an_extension(event)
            return _change(thread, event.limit, change=change, answer_by=None, by=event.by)
        case ExpectationEnded():
            return _change(thread, event.limit, ended=True, answer_by=None)
    return _questioned(thread, event)


def _questioned(thread: Expectation, event: Event) -> Expectation:
    match event:
        case LimitReviewRequested():
            return _change(thread, event.limit, answer_by=event.answer_by)
        case LimitUnsuited():
            return _change(thread, event.limit, change_by=event.change_by)
        case LimitReviewAnswered():
            return _change(thread, event.limit, answer_by=None)
        case LimitReviewNotified():
            return _change(thread, event.limit, review_notified=True)
        case LetterDrafted(about=id) if (limit := thread.get(id)) is not None and limit.change.waits:
            return _change(thread, id, change=limit.change.told_by(event))
    if not isinstance(event, told.TELLING):
        return thread
    limits = tuple(_told(x, event) for x in thread.limits)
    return replace(thread, limits=limits) if limits != thread.limits else thread


def _told(limit: Limit, event: Event) -> Limit:
    """The limit once a letter about it may count as read: what was decided afresh holds from then."""
    letter, on = told.read_on(event)
    limit, change = replace(limit, told=told.moved(limit.told, limit.id, event)), limit.change
    if on is None or letter != change.letter:
        return limit
    if change.plan:
        limit = replace(limit, earlier_plan=limit.plan, plan=change.plan, plan_from=on, change=Change())
    return limit.extended(on) if change.ends_on else limit


def _change(thread: Expectation, id: str, **changes: object) -> Expectation:
    return replace(
        thread,
        limits=tuple(replace(x, **changes) if x.id == id else x for x in thread.limits),  # type: ignore[arg-type]
    )
