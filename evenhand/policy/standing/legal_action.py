"""L1: how far each legal step has come."""

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from evenhand.policy.events.event import Event
from evenhand.policy.events.legal_action import (
    Against,
    StepApproved,
    StepBreached,
    StepConsidered,
    StepEnded,
    StepOrdered,
    StepServed,
    StepStarted,
)


class Stage(IntEnum):
    CONSIDERED = 1
    APPROVED = 2
    STARTED = 3
    SERVED = 4
    ORDERED = 5
    ENDED = 6


@dataclass(frozen=True, slots=True)
class Legal:
    id: str
    against: Against
    without_notice: bool
    considered_by: str
    stage: Stage = Stage.CONSIDERED
    served: frozenset[str] = frozenset()
    until: date | None = None
    breached: bool = False


@dataclass(frozen=True, slots=True)
class LegalAction:
    steps: tuple[Legal, ...] = ()

    def get(self, id: str | None) -> Legal | None:
        return next((s for s in self.steps if s.id == id), None)

    @property
    def open(self) -> tuple[Legal, ...]:
        return tuple(s for s in self.steps if s.stage is not Stage.ENDED)


def moved(thread: LegalAction, event: Event) -> LegalAction:
    match event:
        case StepConsidered():
            new = Legal(event.step, event.against, event.without_notice, event.by)
            return replace(thread, steps=(*thread.steps, new))
        case StepApproved():
            return _change(thread, event.step, stage=Stage.APPROVED)
        case StepStarted():
            return _change(thread, event.step, stage=Stage.STARTED)
        case StepServed(people=people):
            found = thread.get(event.step)
            served = (found.served if found else frozenset()) | set(people)
            stage = max(found.stage, Stage.SERVED) if found else Stage.SERVED  # an order served is still an order
            return _change(thread, event.step, stage=stage, served=served)
        case StepOrdered(until=until):
            return _change(thread, event.step, stage=Stage.ORDERED, until=until)
        case StepBreached():
            return _change(thread, event.step, breached=True)
        case StepEnded():
            return _change(thread, event.step, stage=Stage.ENDED)
    return thread


def _change(thread: LegalAction, id: str, **changes: object) -> LegalAction:
    return replace(
        thread,
        steps=tuple(replace(s, **changes) if s.id == id else s for s in thread.steps),  # type: ignore[arg-type]
    )
