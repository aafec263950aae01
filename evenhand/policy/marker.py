"""M1, M2, M3: a marker on the tenancy record, from one dated incident, reviewed every six months.

Provisional ones are in `provisional_marker`.
"""

from collections.abc import Iterator
from datetime import date

from evenhand.policy.case import Case
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.marker import (
    Audience,
    Control,
    MarkerKept,
    MarkerPlaced,
    MarkerRemoved,
    MarkerReviewRequested,
    NoticeGiven,
    NoticeWithheld,
    ReviewNotified,
    Risk,
    TenancyEnded,
)
from evenhand.policy.fairness import objections_without_assessment
from evenhand.policy.independence import objections_to_a_closed_case, objections_to_a_death, objections_to_deciding
from evenhand.policy.notice import respond_by
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.safe_attendance import objections_to_controls
from evenhand.policy.staff import Kind, Role
from evenhand.policy.standing.marker import Marker
from evenhand.policy.terms import months_after
from evenhand.policy.youth import objections_to_age

APOLOGY_DAYS = 20
"""Working days overdue after which the customer is told, with an apology (rule 7)."""
DIRECTOR_MONTHS = 3
"""Months overdue after which only a director's decision keeps a marker (rule 7)."""
LONGEST_REVIEW = 6
"""The policy's own: never longer, whatever the landlord sets."""


def objections_to_placing(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.M1, Role.MANAGER, Role.SENIOR_MANAGER)
    yield from objections_to_a_closed_case(case)
    yield from objections_to_a_death(case, now)
    if not any(conduct.is_behaviour for conduct in case.decision.adverse):
        yield Objection(
            "A marker needs a finding, that stands, of unacceptable behaviour.", Promise.M1, "decision.decide"
        )
    if subject is not None and (found := case.marker.get(subject)) is not None and not found.provisional:
        yield Objection("That marker is already confirmed by a finding.", Promise.M1)
    yield from objections_without_assessment(case, now, Step.DECISION, "marker")


def objections_to_marker(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    incident: str,
    risk: Risk,
    controls: tuple[Control, ...],
    audience: Audience,
    reasons: str,
    age_checked: str = "",
    safeguarding_check: str = "",
    safe_attendance: str = "",
) -> Iterator[Objection]:
    yield from unsaid(Promise.M1, reasons=reasons)
    yield from objections_to_age(now, age_checked, safeguarding_check)
    yield from objections_to_controls(controls, safe_attendance)
    about = case.incident.get(incident)
    if about is None:
        yield Objection("Choose the one incident that the marker rests on.", Promise.M1, field="incident")
    elif case.decision.against_behaviour(about.conducts) is None:
        yield Objection("No behaviour was found against the customer in that incident.", Promise.M1, field="incident")
    if any(m.incident == incident and not m.provisional and m.id != subject for m in case.marker.standing):
        yield Objection("There is already a marker about that incident.", Promise.M1, field="incident")


PLACING = "incident involvement handling decision assessment marker"


@unless(objections_to_placing, objections_to_marker, reads=PLACING)
def place(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    incident: str,
    risk: Risk,
    controls: tuple[Control, ...],
    audience: Audience,
    reasons: str,
    age_checked: str = "",
    safeguarding_check: str = "",
    safe_attendance: str = "",
) -> list[Event]:
    """With a provisional marker as `subject`, the finding confirms it; otherwise a new one."""
    finding = case.decision.against_behaviour(case.incident.conducts_in(incident))
    assert finding
    review_on = _review_on(now)
    return [
        MarkerPlaced(
            **stamp(now),
            marker=subject or f"M{len(case.marker.all) + 1}",
            incident=incident,
            finding=finding.id,
            risk=risk,
            code=risk.code,
            controls=controls,
            audience=audience,
            reasons=reasons,
            review_on=review_on,
            notify_review_on=_notify_on(now, review_on),
            age_checked=age_checked,
            safeguarding_check=safeguarding_check,
            safe_attendance=safe_attendance,
        )
    ]


def objections_to_touching(case: Case, subject: str | None) -> Iterator[Objection]:
    marker = case.marker.get(subject)
    if marker is None or not marker.stands:
        yield Objection("There is no such marker in force in this case.", Promise.M1)


def objections_to_reviewing(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.M2, Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR)
    yield from objections_to_touching(case, subject)


def objections_to_keeping(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_reviewing(case, now, subject)
    yield from objections_to_a_death(case, now)
    yield from objections_without_assessment(case, now, Step.REVIEW)
    marker = case.marker.get(subject)
    if marker is None or marker.provisional or marker.review_on is None:
        yield Objection("A provisional marker is decided or renewed, not reviewed.", Promise.M2, "marker.place")
    elif now.day > months_after(marker.review_on, DIRECTOR_MONTHS) and Role.DIRECTOR not in now.by.roles:
        yield Objection(
            "The review is more than three months late, so only a director may keep the marker.", Promise.M2
        )


def objections_to_reasons(
    case: Case, now: Occasion, subject: str | None = None, *, reasons: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.M2, reasons=reasons)


REVIEWING = "incident involvement handling assessment marker"


@unless(objections_to_keeping, objections_to_reasons, reads=REVIEWING)
def keep(case: Case, now: Occasion, subject: str | None = None, *, reasons: str) -> list[Event]:
    """Reviewed, and kept for the reasons given; the next review is at most six months away."""
    review_on = _review_on(now)
    notify_on = _notify_on(now, review_on)
    return [
        MarkerKept(**stamp(now), marker=str(subject), reasons=reasons, review_on=review_on, notify_review_on=notify_on)
    ]


@unless(objections_to_reviewing, objections_to_reasons, reads=REVIEWING)
def remove(case: Case, now: Occasion, subject: str | None = None, *, reasons: str) -> list[Event]:
    """Reviewed, or not confirmed, and removed; everyone who was told of it will be told."""
    marker = case.marker.get(subject)
    cause = Ending.UNDECIDED if marker and marker.provisional else Ending.REVIEW
    return [MarkerRemoved(**stamp(now), marker=str(subject), cause=cause, reasons=reasons)]


def objections_to_withholding(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.M1, Role.SENIOR_MANAGER, Role.DIRECTOR)
    yield from objections_to_touching(case, subject)
    marker = case.marker.get(subject)
    if marker and marker.told.deemed_on is not None:
        yield Objection("The person has already been told of this marker.", Promise.M1)


def objections_to_silence(
    case: Case, now: Occasion, subject: str | None = None, *, reasons: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.M1, reasons=reasons)


@unless(objections_to_withholding, objections_to_silence, reads=REVIEWING)
def withhold_notice(case: Case, now: Occasion, subject: str | None = None, *, reasons: str) -> list[Event]:
    """Rule 4: someone senior decides, with a reason, that telling the person must wait, and until when."""
    again = months_after(now.day, now.terms.notice_withheld_months)
    return [NoticeWithheld(**stamp(now), marker=str(subject), reasons=reasons, look_again_on=again)]


def objections_to_giving_notice(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.M1, Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR)
    yield from objections_to_touching(case, subject)
    marker = case.marker.get(subject)
    if marker and marker.withheld_until is None:
        yield Objection("Notice of this marker is not withheld.", Promise.M1)


@unless(objections_to_giving_notice, reads=REVIEWING)
def give_notice(case: Case, now: Occasion, subject: str | None = None) -> list[Event]:
    """The reason to withhold is over: the letter that waited may go."""
    return [NoticeGiven(**stamp(now), marker=str(subject))]


def objections_to_asking(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    if now.by.kind is Kind.SYSTEM:
        yield Objection("Only the customer, or a colleague for them, asks for this.", Promise.M2)
    yield from objections_to_touching(case, subject)
    marker = case.marker.get(subject)
    if marker and marker.answer_by:
        yield Objection("They have already asked, and an answer is due.", Promise.M2)


@unless(objections_to_asking, reads="marker")
def request_review(case: Case, now: Occasion, subject: str | None = None, *, words: str) -> list[Event]:
    """The customer asks, at any time, for the marker to go; an answer is due by its own clock."""
    by = now.terms.working_days_after(now.day, now.terms.review_request_days)
    return [MarkerReviewRequested(**stamp(now), marker=str(subject), words=words, answer_by=by)]


def objections_to_notifying(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_touching(case, subject)
    marker = case.marker.get(subject)
    if marker is None or marker.notify_review_on is None or now.day < marker.notify_review_on:
        yield Objection("It is too early to tell the customer of the review.", Promise.M2)
    elif marker.review_notified and not _apology_due(marker, now):
        yield Objection("The customer has been told of the review.", Promise.M2)


@unless(objections_to_notifying, reads="marker")
def notify_review(case: Case, now: Occasion, subject: str | None = None) -> list[Event]:
    """The coming review, or, when it is badly late, an apology and how to complain."""
    marker = case.marker.get(subject)
    assert marker
    assert marker.review_on
    late = _apology_due(marker, now)
    look_by = now.terms.working_days_after(now.day, now.terms.review_request_days) if late else marker.review_on
    return [
        ReviewNotified(
            **stamp(now),
            marker=marker.id,
            review_on=marker.review_on,
            late=late,
            respond_by=respond_by(now, look_by),
            look_by=look_by if late else None,
        )
    ]


def objections_to_a_move(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_touching(case, subject)


@unless(objections_to_a_move, reads="marker")
def end_tenancy(case: Case, now: Occasion, subject: str | None = None) -> list[Event]:
    """Rule 10: the tenancy ended, so the marker is looked at again soon, and never stays with the home."""
    marker = case.marker.get(subject)
    soon = now.terms.working_days_after(now.day, now.terms.review_notice_days)
    due = min(soon, marker.review_on) if marker and marker.review_on else soon
    return [TenancyEnded(**stamp(now), marker=str(subject), review_on=due)]


def _apology_due(marker: Marker, now: Occasion) -> bool:
    if marker.review_on is None or marker.apologised:
        return False
    return now.day > now.terms.working_days_after(marker.review_on, APOLOGY_DAYS)


def _review_on(now: Occasion) -> date:
    return months_after(now.day, min(now.terms.marker_review_months, LONGEST_REVIEW))


def _notify_on(now: Occasion, review_on: date) -> date:
    return max(now.day, now.terms.working_days_after(review_on, -now.terms.review_notice_days))
