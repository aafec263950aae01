"""P1: telling the police of what we believe is a crime. Never waits for the account; suspicion is never a finding."""

from collections.abc import Iterator

from evenhand.policy.case import Case
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.police import BeliefReported, ReportDeclined, ReportUpdated
from evenhand.policy.independence import objections_to_a_target, objections_to_acting
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Role
from evenhand.policy.standing.incident import Incident

WHO = (Role.INVESTIGATOR, Role.DUTY, Role.MANAGER, Role.SENIOR_MANAGER)


def objections_to_telling(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting(case, now)
    if not now.by.has(*WHO):
        yield Objection("A duty colleague, an investigator or a manager does this.", Promise.P1, for_good=True)
    if not case.incident.all:
        yield Objection("There is no incident to report.", Promise.P1)


def objections_to_belief(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    incident: str,
    belief: str,
    reasons: str,
    colleague_asked: str,
) -> Iterator[Objection]:
    yield from unsaid(Promise.P1, belief=belief, reasons=reasons)
    yield from _objections_to_incident(case, incident)
    if case.incident.affected and not colleague_asked.strip():
        yield Objection(
            "Ask whoever was affected whether they want the police told, and say what they answered.",
            Promise.C4,
            field="colleague_asked",
        )


def _objections_to_incident(case: Case, incident: str) -> Iterator[Objection]:
    if case.incident.get(incident) is None:
        yield Objection("Choose an incident of this case.", Promise.P1, field="incident")


@unless(objections_to_telling, objections_to_belief, reads="incident involvement police")
def report(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    incident: str,
    belief: str,
    reasons: str,
    colleague_asked: str,
) -> list[Event]:
    """Which offence is believed to have been committed, and why."""
    return [
        BeliefReported(
            **stamp(now),
            report=f"P{len(case.police.reports) + 1}",
            incident=incident,
            belief=belief,
            reasons=reasons,
            colleague_asked=colleague_asked,
        )
    ]


def objections_to_updating(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_telling(case, now)
    if case.police.get(subject) is None:
        yield Objection("There is no such report to the police.", Promise.P1, "police.report")


def objections_to_update(
    case: Case, now: Occasion, subject: str | None = None, *, update: str, reference: str = "", officer: str = ""
) -> Iterator[Objection]:
    yield from unsaid(Promise.P1, update=update)


@unless(objections_to_updating, objections_to_update, reads="incident involvement police")
def update(
    case: Case, now: Occasion, subject: str | None = None, *, update: str, reference: str = "", officer: str = ""
) -> list[Event]:
    """Their reference, the officer, and what they said."""
    return [ReportUpdated(**stamp(now), report=str(subject), reference=reference, officer=officer, update=update)]


def objections_to_not_telling(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_telling(case, now)
    yield from objections_to_a_target(case, now)
    if case.incident.all and not unanswered(case):
        yield Objection("Whether the police are told is settled for every incident here.", Promise.P1)


def objections_to_declining(
    case: Case, now: Occasion, _: str | None = None, *, incident: str, reasons: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.P1, reasons=reasons)
    yield from _objections_to_incident(case, incident)
    if case.police.answered(incident):
        yield Objection("That is settled for this incident already.", Promise.P1, field="incident")


def unanswered(case: Case) -> tuple[Incident, ...]:
    """The incidents of which nobody has told the police, nor decided not to."""
    return tuple(incident for incident in case.incident.all if not case.police.answered(incident.id))


@unless(objections_to_not_telling, objections_to_declining, reads="incident involvement police")
def decline(case: Case, now: Occasion, _: str | None = None, *, incident: str, reasons: str) -> list[Event]:
    """Not reported, and why."""
    return [ReportDeclined(**stamp(now), incident=incident, reasons=reasons)]
