"""C1, C4: reporting what happened, deciding what to make of it, and looking after whom it affected."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from evenhand.policy import harm, unconfirmed
from evenhand.policy.case import Case
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.incident import (
    Aftercare,
    AftercareGiven,
    AftercareMoved,
    HomeInstructionPlaced,
    IncidentCorrected,
    IncidentReported,
    IncidentTriaged,
    Injury,
    PersonIdentified,
    Source,
    Triage,
)
from evenhand.policy.independence import objections_to_acting, objections_to_deciding
from evenhand.policy.need import Channel
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Kind, Role

CANNOT_BE_TYPED_YET = "An incident cannot have happened after today."
NOT_CONDUCT = "We looked at what was reported, and it is not a matter of anyone’s conduct."


def objections_to_reporting(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    if now.by.kind not in (Kind.COLLEAGUE, Kind.CONTRACTOR):
        yield Objection("Incidents are reported by colleagues and contractors.", Promise.C1)
    if case.incident.all:
        yield Objection("This report is already made. Report another incident on its own.", Promise.C1)


def objections_to_report(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    conducts: tuple[Conduct, ...],
    account: str,
    happened_on: date,
    harmed: tuple[tuple[str | None, str, Injury], ...] = (),
    **rest: object,
) -> Iterator[Objection]:
    if not conducts:
        yield Objection("Choose at least one kind of behaviour or demand.", Promise.C1, field="conducts")
    yield from unsaid(Promise.C1, account=account)
    if happened_on > now.day:
        yield Objection(CANNOT_BE_TYPED_YET, Promise.C1, field="happened_on")
    if happened_on.year < now.day.year - 6:
        yield Objection("That is more than six years ago. Check the year.", Promise.C1, field="happened_on")


@unless(objections_to_reporting, objections_to_report, reads="incident")
def report(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    conducts: tuple[Conduct, ...],
    account: str,
    happened_on: date,
    happened_at: str = "",
    where: str = "",
    channel: Channel = Channel.VISIT,
    source: Source = Source.COLLEAGUE,
    danger_now: bool = False,
    on_behalf_of: str = "",
    witnesses: str = "",
    described: str = "",
    online_account: str = "",
    person: str | None = None,
    home: str | None = None,
    harmed: tuple[tuple[str | None, str, Injury], ...] = (),
    put_right: str = "",
    help_offered: str = "",
) -> list[Event]:
    """A report. `harmed` is of (actor id or None, name, injury); the person may be unknown (rule 20)."""
    said: dict[str, Any] = {"on_behalf_of": on_behalf_of, "witnesses": witnesses, "described": described}
    said |= {"happened_at": happened_at, "where": where, "online_account": online_account, "home": home}
    said |= {"channel": channel, "source": source, "put_right": put_right, "help_offered": help_offered}
    reported = IncidentReported(
        **stamp(now),
        **said,
        incident="I1",
        conducts=conducts,
        account=account,
        happened_on=happened_on,
        danger_now=danger_now,
        triage_by=now.terms.working_days_after(now.day, now.terms.triage_days),
    )
    identified = [PersonIdentified(**stamp(now), person=person, how="named in the report")] if person else []
    return [reported, *(harm.affected(now, "I1", happened_on, *one) for one in harmed), *identified]


def objections_to_triaging(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.I1, Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER)
    if not case.incident.untriaged or (subject and subject not in {i.id for i in case.incident.untriaged}):
        yield Objection("There is no such report here that waits for triage.", Promise.I1)


def objections_to_triage(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    outcome: Triage,
    reason: str = "",
    joins: str | None = None,
) -> Iterator[Objection]:
    if outcome is not Triage.NEW_CASE:
        yield from unsaid(Promise.I1, reason=reason)
    if outcome is Triage.JOINS and not joins:
        yield Objection("Choose the case that this report joins.", Promise.I1, field="joins")


@unless(objections_to_triaging, objections_to_triage, reads="involvement " + unconfirmed.READS)
def triage(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    outcome: Triage,
    reason: str = "",
    joins: str | None = None,
) -> list[Event]:
    """What to make of a report: a new case starts the clocks of first contact and decision.

    Where it is not about conduct, a provisional marker about it goes in the same act (rule 7).
    """
    incident = subject or case.incident.untriaged[0].id
    opens = outcome is Triage.NEW_CASE
    after = now.terms.working_days_after
    return [
        IncidentTriaged(
            **stamp(now),
            incident=incident,
            outcome=outcome,
            reason=reason,
            joins=joins if outcome is Triage.JOINS else None,
            first_contact_by=after(now.day, now.terms.first_contact_days) if opens else None,
            decide_by=after(now.day, now.terms.decide_days) if opens else None,
        ),
        *(unconfirmed.turned_away(case, now, incident, NOT_CONDUCT) if outcome is Triage.NOT_CONDUCT else ()),
    ]


def objections_to_identifying(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting(case, now)
    if not now.by.has(Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER):
        yield Objection("An investigator or a manager says who the person is.", Promise.I1, for_good=True)
    if case.decision.findings or case.marker.all:
        rests = Promise.D1 if case.decision.findings else Promise.M1
        yield Objection(
            "Decisions in this case rest on who the person is. Open a case for the other person instead.", rests
        )


@unless(objections_to_identifying, reads="incident involvement decision marker")
def identify(case: Case, now: Occasion, _: str | None = None, *, person: str, how: str) -> list[Event]:
    """Who it was: someone in the register, or a local person made for this (rule 20)."""
    return [PersonIdentified(**stamp(now), person=person, how=how)]


def objections_to_correcting(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting(case, now)
    incident = case.incident.get(subject)
    if incident is None:
        yield Objection("There is no such incident in this case.", Promise.I1)
    elif now.by.id != incident.reporter and not now.by.has(Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER):
        yield Objection("Whoever reported it, an investigator or a manager may correct it.", Promise.I1, for_good=True)
    if case.decision.standing:
        yield Objection("A finding already rests on this. Decide afresh instead of correcting.", Promise.D1)


def objections_to_correction(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    correction: str,
    conducts: tuple[Conduct, ...],
    happened_on: date,
) -> Iterator[Objection]:
    yield from unsaid(Promise.I1, correction=correction)
    if happened_on > now.day:
        yield Objection(CANNOT_BE_TYPED_YET, Promise.C1, field="happened_on")
    if not conducts:
        yield Objection("Choose at least one kind of behaviour or demand.", Promise.C1, field="conducts")


@unless(objections_to_correcting, objections_to_correction, reads="incident involvement decision")
def correct(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    correction: str,
    conducts: tuple[Conduct, ...],
    happened_on: date,
) -> list[Event]:
    """What was wrong in the report, beside it and never over it. Another day moves the days that follow from it."""
    incident = case.incident.get(subject)
    assert incident
    by = happened_on - incident.happened_on
    more = not frozenset(conducts) <= case.incident.conducts
    return [
        IncidentCorrected(
            **stamp(now),
            incident=str(subject),
            correction=correction,
            conducts=conducts,
            happened_on=happened_on,
            alleges_more=more,
        ),
        *(
            AftercareMoved(
                **stamp(now), incident=a.incident, colleague=a.colleague, report_injury_by=a.report_injury_by + by
            )
            for a in case.incident.affected
            if by and a.incident == subject and a.report_injury_by
        ),
    ]


def objections_to_instructing(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.M1, Role.DUTY, Role.MANAGER, Role.SENIOR_MANAGER)
    if case.incident.person:
        yield Objection(
            "The person is known: a marker follows them, never the home.", Promise.M1, "provisional_marker.place"
        )
    if not case.incident.home:
        yield Objection("The report names no home.", Promise.M1)
    if case.incident.all and not case.incident.believed:
        yield Objection("The report was found not to be about conduct.", Promise.M1)
    if any(incident.id in case.incident.instructed for incident in case.incident.all[-1:]):
        yield Objection(
            "There has been an instruction about this incident, and it is not given again. Find out who it was.",
            Promise.M1,
            "incident.identify",
        )


@unless(objections_to_instructing, reads="incident involvement")
def instruct(case: Case, now: Occasion, _: str | None = None, *, instruction: str) -> list[Event]:
    """A dated safety instruction on a home while nobody knows who it was (rule 20)."""
    until = now.terms.working_days_after(now.day, now.terms.home_instruction_days)
    home = str(case.incident.home)
    incident = case.incident.all[-1].id
    return [HomeInstructionPlaced(**stamp(now), incident=incident, home=home, instruction=instruction, until=until)]


def objections_to_caring(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    if not now.by.has(Role.MANAGER, Role.SENIOR_MANAGER, Role.DUTY):
        yield Objection("A manager or duty colleague looks after whoever was affected.", Promise.C4, for_good=True)
    if case.incident.affected_by(subject) is None:
        yield Objection("No such colleague is recorded as affected.", Promise.C4)


@unless(objections_to_caring, reads="incident")
def look_after(
    case: Case, now: Occasion, subject: str | None = None, *, care: Aftercare, note: str = ""
) -> list[Event]:
    """One thing a colleague was owed the same day, done. `subject` is their id among those affected."""
    whom = case.incident.affected_by(subject)
    assert whom
    return [AftercareGiven(**stamp(now), incident=whom.incident, colleague=whom.colleague, care=care, note=note)]
