"""D2, M3: the appeals of a case."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.appeal import AppealDecided, AppealLodged, AppealWithdrawn, Outcome
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import ExpectationExtended, ExpectationVaried, LimitReviewAnswered
from evenhand.policy.events.marker import MarkerKept, MarkerPlaced, ProvisionalMarkerRenewed
from evenhand.policy.events.single_contact import SingleContactChanged, SingleContactExtended


@dataclass(frozen=True, slots=True)
class Appeal:
    id: str
    against: str
    decide_by: date
    open: bool = True
    outcome: Outcome | None = None
    spent: bool = False
    """A fresh decision was made since on the same thing, which may be appealed in its turn."""


@dataclass(frozen=True, slots=True)
class Appeals:
    all: tuple[Appeal, ...] = ()

    def get(self, id: str | None) -> Appeal | None:
        return next((a for a in self.all if a.id == id), None)

    @property
    def open(self) -> tuple[Appeal, ...]:
        return tuple(a for a in self.all if a.open)

    def against(self, id: str | None) -> tuple[Appeal, ...]:
        """The appeals against the decision as it stands now."""
        return tuple(a for a in self.all if a.against == id and not a.spent)


def moved(thread: Appeals, event: Event) -> Appeals:
    match event:
        case AppealLodged():
            return replace(thread, all=(*thread.all, Appeal(event.appeal, event.against, event.decide_by)))
        case AppealWithdrawn():
            return _closed(thread, event.appeal, None)
        case AppealDecided():
            return _closed(thread, event.appeal, event.outcome)
        case MarkerPlaced(marker=id) | MarkerKept(marker=id) | ProvisionalMarkerRenewed(marker=id):
            return _spent(thread, id)
        case ExpectationExtended(limit=id) | LimitReviewAnswered(limit=id):
            return _spent(thread, id)
        case SingleContactChanged(limit=id) | SingleContactExtended(limit=id):
            return _spent(thread, id)
        case ExpectationVaried(limit=id, by_appeal=False):
            return _spent(thread, id)
    return thread


def _spent(thread: Appeals, id: str) -> Appeals:
    return replace(thread, all=tuple(replace(a, spent=True) if a.against == id else a for a in thread.all))


def _closed(thread: Appeals, id: str, outcome: Outcome | None) -> Appeals:
    return replace(thread, all=tuple(replace(a, open=False, outcome=outcome) if a.id == id else a for a in thread.all))
