"""Rule 19: from when a case's clocks of retention run, and what holds it back from disposal."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from evenhand.policy.conduct import Conduct
from evenhand.policy.events.appeal import AppealDecided
from evenhand.policy.events.counter_allegation import AllegationResolved
from evenhand.policy.events.decision import FindingMade, FindingQuashed, FindingVaried
from evenhand.policy.events.disposal import CaseDisposed, Category, HoldKept, HoldLifted, HoldPlaced
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import ExpectationEnded
from evenhand.policy.events.handling import CaseClosed, CaseReopened, Matter, MatterOpened
from evenhand.policy.events.incident import IncidentCorrected, IncidentReported, IncidentTriaged
from evenhand.policy.events.legal_action import StepEnded
from evenhand.policy.events.marker import MarkerPlaced, MarkerRemoved, ProvisionalMarkerPlaced
from evenhand.policy.events.single_contact import SingleContactEnded
from evenhand.policy.events.welfare import WelfareNoted
from evenhand.policy.standing.decision import adverse_of

WRONG = frozenset({Ending.APPEAL, Ending.UNDECIDED})
"""A marker that ended so was cancelled or never confirmed: it is not kept for as long as one that was right."""
SETTLING = (IncidentTriaged, FindingMade, FindingQuashed, FindingVaried, AppealDecided, CaseClosed)


@dataclass(frozen=True, slots=True)
class Hold:
    """One legal hold that nobody has let go of: who placed it, and by when somebody looks at it again."""

    id: str
    by: str
    reason: str
    review_on: date


@dataclass(frozen=True, slots=True)
class Disposal:
    """`ended` has, for each rule, the last day on which what it is about came to its end."""

    ended: tuple[tuple[Category, date], ...] = ()
    adverse: tuple[tuple[str, bool], ...] = ()
    violent: frozenset[str] = frozenset()
    markers: tuple[tuple[str, str], ...] = ()
    matter: Matter = Matter.CONDUCT
    placed: int = 0
    holds: tuple[Hold, ...] = field(default=())
    disposed_on: date | None = None

    def get(self, id: str | None) -> Hold | None:
        return next((hold for hold in self.holds if hold.id == id), None)

    @property
    def clocks(self) -> dict[Category, date]:
        """Each rule that the case is kept under, and the day from which its period runs."""
        found = dict(self.ended)
        if any(stands for _, stands in self.adverse) and (settled := found.pop(Category.NOT_ADVERSE, None)):
            found[Category.LIMIT] = max(settled, found.get(Category.LIMIT, settled))
        return found


def moved(thread: Disposal, event: Event) -> Disposal:
    match event:
        case HoldPlaced():
            hold = Hold(event.hold, event.by, event.reason, event.review_on)
            return replace(thread, holds=(*thread.holds, hold), placed=thread.placed + 1)
        case HoldKept(hold=id, reason=reason, review_on=review_on):
            kept = (replace(x, reason=reason, review_on=review_on) if x.id == id else x for x in thread.holds)
            return replace(thread, holds=tuple(kept))
        case HoldLifted(hold=id):
            return replace(thread, holds=tuple(x for x in thread.holds if x.id != id))
        case CaseDisposed():
            return Disposal(matter=event.matter, disposed_on=event.on)
        case MatterOpened(matter=matter):
            return _ended(replace(thread, matter=matter), _sealed(matter), event.on)
    return _learnt(thread, event)


def _learnt(thread: Disposal, event: Event) -> Disposal:
    """What decides under which rule the case is kept."""
    match event:
        case IncidentReported() | IncidentCorrected():
            return _alleged(thread, event.incident, event.conducts)
        case ProvisionalMarkerPlaced() | MarkerPlaced():
            return replace(thread, markers=(*thread.markers, (event.marker, event.incident)))
        case FindingMade() | FindingVaried():
            rest = tuple(each for each in thread.adverse if each[0] != event.finding)
            thread = replace(thread, adverse=(*rest, (event.finding, bool(adverse_of(event.found)))))
        case FindingQuashed():
            thread = replace(thread, adverse=tuple(x for x in thread.adverse if x[0] != event.finding))
    return _over(thread, event)


def _over(thread: Disposal, event: Event) -> Disposal:
    """What came to its end."""
    if isinstance(event, SETTLING):
        thread = _ended(thread, Category.NOT_ADVERSE, event.on)
    match event:
        case ExpectationEnded() | SingleContactEnded():
            return _ended(thread, Category.LIMIT, event.on)
        case MarkerRemoved(marker=id, cause=cause):
            about_violence = dict(thread.markers).get(id) in thread.violent and cause not in WRONG
            return _ended(thread, Category.MARKER_OF_VIOLENCE if about_violence else Category.MARKER, event.on)
        case StepEnded():
            return _ended(thread, Category.LEGAL, event.on)
        case WelfareNoted() | AllegationResolved() | CaseClosed() | CaseReopened() if thread.matter.is_sealed:
            return _ended(thread, _sealed(thread.matter), event.on)
    return thread


def _sealed(matter: Matter) -> Category:
    return Category.LEGAL if matter is Matter.LEGAL else Category.SEALED


def _alleged(thread: Disposal, incident: str, conducts: Iterable[Conduct]) -> Disposal:
    violent = thread.violent - {incident}
    return replace(thread, violent=violent | {incident} if Conduct.VIOLENCE in conducts else violent)


def _ended(thread: Disposal, category: Category, on: date) -> Disposal:
    days = dict(thread.ended)
    days[category] = max(on, days.get(category, on))
    return replace(thread, ended=tuple(sorted(days.items())))
