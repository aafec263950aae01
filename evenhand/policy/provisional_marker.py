"""M1 and rule 7: after violence, a threat or a weapon, a marker at once; then confirmed, assessed, decided on time."""

from collections.abc import Iterator

from evenhand.policy.case import Case
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.marker import (
    Audience,
    Control,
    ProvisionalMarkerConfirmed,
    ProvisionalMarkerPlaced,
    ProvisionalMarkerRenewed,
    Risk,
)
from evenhand.policy.independence import objections_to_a_closed_case, objections_to_a_death, objections_to_deciding
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.safe_attendance import objections_to_controls
from evenhand.policy.staff import Role
from evenhand.policy.youth import objections_to_age

MOST_RENEWALS = 2
READS = "incident involvement handling marker"


def objections_to_placing(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.M1, Role.DUTY, Role.MANAGER, Role.SENIOR_MANAGER)
    yield from objections_to_a_closed_case(case)
    yield from objections_to_a_death(case, now)
    if not case.incident.person:
        yield Objection(
            "Nobody knows yet who the person is. A safety instruction can stand on the home.",
            Promise.M1,
            "incident.instruct",
        )
    if not any(incident.is_serious for incident in case.incident.believed):
        yield Objection("Only violence, a threat or a weapon allows a provisional marker.", Promise.M1, "marker.place")
    if case.marker.provisional:
        yield Objection("There is already a provisional marker in this case.", Promise.M1)


def objections_to_marker(
    case: Case,
    now: Occasion,
    _: str | None = None,
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
    if about is None or not about.is_serious or about not in case.incident.believed:
        yield Objection("Choose the incident of violence, threat or weapon.", Promise.M1, field="incident")
    elif case.decision.clears(about.conducts):
        yield Objection("The case was decided, and no behaviour was found in it.", Promise.M1, field="incident")
    if any(m.incident == incident for m in case.marker.all) or (about and about.marked):
        yield Objection(
            "There has been a marker about that incident. A finding is needed for another.",
            Promise.M1,
            "marker.place",
            "incident",
        )


@unless(objections_to_placing, objections_to_marker, reads=READS + " decision")
def place(
    case: Case,
    now: Occasion,
    _: str | None = None,
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
    """In force from this moment. `reasons` is the interim reason."""
    after = now.terms.working_days_after
    return [
        ProvisionalMarkerPlaced(
            **stamp(now),
            marker=f"M{len(case.marker.all) + 1}",
            incident=incident,
            risk=risk,
            controls=controls,
            audience=audience,
            reasons=reasons,
            confirm_by=after(now.day, now.terms.provisional_confirm_days),
            assess_by=after(now.day, now.terms.provisional_confirm_days + now.terms.provisional_assess_days),
            decide_by=after(now.day, now.terms.provisional_decide_days),
            age_checked=age_checked,
            safeguarding_check=safeguarding_check,
            safe_attendance=safe_attendance,
        )
    ]


def objections_to_touching(case: Case, subject: str | None) -> Iterator[Objection]:
    marker = case.marker.get(subject)
    if marker is None or not marker.stands or not marker.provisional:
        yield Objection("There is no such provisional marker in this case.", Promise.M1)


def objections_to_confirming(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.M1, Role.MANAGER, Role.SENIOR_MANAGER)
    yield from objections_to_touching(case, subject)
    marker = case.marker.get(subject)
    if marker and marker.confirm_by is None:
        yield Objection("A manager has already confirmed it.", Promise.M1)
    if marker and marker.by == now.by.id:
        yield Objection("You placed it, so another manager confirms it.", Promise.M1)


def objections_to_reasons(
    case: Case, now: Occasion, subject: str | None = None, *, reasons: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.M1, reasons=reasons)


@unless(objections_to_confirming, objections_to_reasons, reads=READS)
def confirm(case: Case, now: Occasion, subject: str | None = None, *, reasons: str) -> list[Event]:
    """A manager agrees, the next working day, that it should stand while the case is looked into."""
    return [ProvisionalMarkerConfirmed(**stamp(now), marker=str(subject), reasons=reasons)]


def objections_to_renewing(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.M1, Role.SENIOR_MANAGER, Role.DIRECTOR)
    yield from objections_to_touching(case, subject)
    marker = case.marker.get(subject)
    if marker and any(incident.id == marker.incident for incident in case.incident.untriaged):
        yield Objection(
            "The report still waits for triage, so there is nothing yet to renew it for. It stands meanwhile.",
            Promise.M1,
            "incident.triage",
        )
    if marker and marker.renewals >= MOST_RENEWALS:
        yield Objection(
            "It has been renewed twice. Decide the case, or remove the marker.", Promise.M1, "decision.decide"
        )
    if marker and case.decision.clears(case.incident.conducts_in(marker.incident)):
        yield Objection(
            "The case was decided, and no behaviour was found in that incident. Remove the marker.",
            Promise.M1,
            "marker.remove",
        )


@unless(objections_to_renewing, objections_to_reasons, reads=READS + " decision")
def renew(case: Case, now: Occasion, subject: str | None = None, *, reasons: str) -> list[Event]:
    """Someone senior gives the investigation another period, at most twice; the customer is told, and may appeal."""
    decide_by = now.terms.working_days_after(now.day, now.terms.provisional_decide_days)
    return [ProvisionalMarkerRenewed(**stamp(now), marker=str(subject), reasons=reasons, decide_by=decide_by)]
