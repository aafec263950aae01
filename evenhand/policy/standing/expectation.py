"""E1: what is expected, and the limits that hold on a day."""

from dataclasses import dataclass, field, replace
from datetime import date

from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import (
    ExpectationEnded,
    ExpectationExtended,
    ExpectationSet,
    ExpectationVaried,
    LimitReviewAnswered,
    LimitReviewRequested,
    Plan,
)
from evenhand.policy.standing import told
from evenhand.policy.standing.told import Told


@dataclass(frozen=True, slots=True)
class Limit:
    id: str
    by: str
    finding: str
    plan: Plan | None
    planned_start: date
    ends_on: date
    review_on: date
    told: Told = field(default_factory=Told)
    ended: bool = False
    answer_by: date | None = None

    @property
    def starts_on(self) -> date | None:
        """The first day in force: the planned day, or when its letter counts as delivered if that is later (D1)."""
        return max(self.planned_start, self.told.deemed_on) if self.told.deemed_on else None

    def in_force(self, day: date) -> bool:
        return not self.ended and self.starts_on is not None and self.starts_on <= day <= self.ends_on

    def is_live(self, day: date) -> bool:
        """In force, or set and yet to begin."""
        return not self.ended and day <= self.ends_on


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
                event.limit, event.by, event.finding, event.plan, event.starts_on, event.ends_on, event.review_on
            )
            return replace(thread, limits=(*thread.limits, new))
        case ExpectationVaried():
            return _change(thread, event.limit, plan=event.plan, answer_by=None)
        case ExpectationExtended():
            return _change(
                thread, event.limit, ends_on=event.ends_on, review_on=event.review_on, answer_by=None, by=event.by
            )
        case ExpectationEnded():
            return _change(thread, event.limit, ended=True, answer_by=None)
        case LimitReviewRequested():
            return _change(thread, event.limit, answer_by=event.answer_by)
        case LimitReviewAnswered():
            return _change(thread, event.limit, answer_by=None)
    if not isinstance(event, told.TELLING):
        return thread
    limits = tuple(replace(x, told=told.moved(x.told, x.id, event)) for x in thread.limits)
    return replace(thread, limits=limits) if limits != thread.limits else thread


def _change(thread: Expectation, id: str, **changes: object) -> Expectation:
    return replace(
        thread,
        limits=tuple(replace(x, **changes) if x.id == id else x for x in thread.limits),  # type: ignore[arg-type]
    )
