"""M1, M2: the markers of a case, provisional ones too."""

from dataclasses import dataclass, field, replace
from datetime import date

from evenhand.policy.events.assessment import AssessmentMade, Step
from evenhand.policy.events.event import Event
from evenhand.policy.events.marker import (
    Audience,
    MarkerKept,
    MarkerPlaced,
    MarkerRemoved,
    MarkerReviewRequested,
    MarkerVaried,
    NoticeGiven,
    NoticeWithheld,
    ProvisionalMarkerConfirmed,
    ProvisionalMarkerPlaced,
    ProvisionalMarkerRenewed,
    ReviewNotified,
    TenancyEnded,
)
from evenhand.policy.standing import told
from evenhand.policy.standing.told import Told


@dataclass(frozen=True, slots=True)
class Marker:
    id: str
    by: str
    incident: str
    provisional: bool
    audience: Audience | None = None
    finding: str | None = None
    told: Told = field(default_factory=Told)
    removed: bool = False
    confirm_by: date | None = None
    assess_by: date | None = None
    decide_by: date | None = None
    renewals: int = 0
    review_on: date | None = None
    notify_review_on: date | None = None
    review_notified: bool = False
    apologised: bool = False
    withheld_until: date | None = None
    answer_by: date | None = None

    @property
    def stands(self) -> bool:
        """Until it is removed; it never lapses in silence (rule 7)."""
        return not self.removed

    def is_overdue(self, day: date) -> bool:
        due = self.decide_by if self.provisional else self.review_on
        return self.stands and due is not None and due < day


@dataclass(frozen=True, slots=True)
class Markers:
    all: tuple[Marker, ...] = ()

    def get(self, id: str | None) -> Marker | None:
        return next((m for m in self.all if m.id == id), None)

    @property
    def standing(self) -> tuple[Marker, ...]:
        return tuple(m for m in self.all if m.stands)

    @property
    def provisional(self) -> tuple[Marker, ...]:
        return tuple(m for m in self.standing if m.provisional)


def moved(thread: Markers, event: Event) -> Markers:
    match event:
        case ProvisionalMarkerPlaced():
            new = Marker(
                event.marker,
                event.by,
                event.incident,
                provisional=True,
                audience=event.audience,
                confirm_by=event.confirm_by,
                assess_by=event.assess_by,
                decide_by=event.decide_by,
            )
            return replace(thread, all=(*thread.all, new))
        case ProvisionalMarkerConfirmed():
            return _change(thread, event.marker, confirm_by=None)
        case ProvisionalMarkerRenewed():
            renewals = (found.renewals if (found := thread.get(event.marker)) else 0) + 1
            return _change(thread, event.marker, decide_by=event.decide_by, renewals=renewals, answer_by=None)
        case MarkerPlaced():
            return _placed(thread, event)
        case MarkerKept(review_on=review_on, notify_review_on=notify_on):
            return _reviewed(thread, event.marker, review_on, notify_on)
        case MarkerRemoved():
            return _change(thread, event.marker, removed=True, answer_by=None, withheld_until=None)
    return _noticed(thread, event)


def _noticed(thread: Markers, event: Event) -> Markers:
    match event:
        case AssessmentMade(step=Step.PROVISIONAL):
            return replace(thread, all=tuple(replace(m, assess_by=None) for m in thread.all))
        case NoticeWithheld(look_again_on=until):
            return _change(thread, event.marker, withheld_until=until)
        case NoticeGiven():
            return _change(thread, event.marker, withheld_until=None)
        case ReviewNotified(late=True):
            return _change(thread, event.marker, review_notified=True, apologised=True)
        case ReviewNotified():
            return _change(thread, event.marker, review_notified=True)
        case MarkerReviewRequested():
            return _change(thread, event.marker, answer_by=event.answer_by)
        case MarkerVaried():
            return _change(thread, event.marker, audience=event.audience, answer_by=None)
        case TenancyEnded() if not _reviewed_by(thread, event.marker, event.review_on):
            # The review comes sooner than the customer was told, so they are told again, today.
            notified = {"review_notified": False, "notify_review_on": event.on}
            return _change(thread, event.marker, review_on=event.review_on, **notified)
    if not isinstance(event, told.TELLING):
        return thread
    markers = tuple(replace(m, told=told.moved(m.told, m.id, event)) for m in thread.all)
    return replace(thread, all=markers) if markers != thread.all else thread


def _placed(thread: Markers, event: MarkerPlaced) -> Markers:
    if thread.get(event.marker):
        return _change(
            thread,
            event.marker,
            provisional=False,
            audience=event.audience,
            by=event.by,
            finding=event.finding,
            confirm_by=None,
            assess_by=None,
            decide_by=None,
            review_on=event.review_on,
            notify_review_on=event.notify_review_on,
        )
    new = Marker(
        event.marker,
        event.by,
        event.incident,
        provisional=False,
        audience=event.audience,
        finding=event.finding,
        review_on=event.review_on,
        notify_review_on=event.notify_review_on,
    )
    return replace(thread, all=(*thread.all, new))


def _reviewed_by(thread: Markers, id: str, day: date) -> bool:
    found = thread.get(id)
    return found is not None and found.review_on is not None and found.review_on <= day


def _reviewed(thread: Markers, id: str, review_on: date, notify_on: date) -> Markers:
    return _change(
        thread,
        id,
        review_on=review_on,
        notify_review_on=notify_on,
        review_notified=False,
        apologised=False,
        answer_by=None,
    )


def _change(thread: Markers, id: str, **changes: object) -> Markers:
    return replace(
        thread,
        all=tuple(replace(m, **changes) if m.id == id else m for m in thread.all),  # type: ignore[arg-type]
    )
