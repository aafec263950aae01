"""C1: what was reported, what became of the report, and about whom it is."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.conduct import Conduct
from evenhand.policy.events.event import Event
from evenhand.policy.events.incident import (
    Aftercare,
    AftercareGiven,
    AftercareMoved,
    ColleagueAffected,
    HomeInstructionPlaced,
    IncidentCorrected,
    IncidentReported,
    IncidentTriaged,
    PersonIdentified,
    Triage,
)


@dataclass(frozen=True, slots=True)
class Incident:
    id: str
    conducts: frozenset[Conduct]
    happened_on: date
    reporter: str
    triage_by: date
    triage: Triage | None = None
    joined_from: str | None = None
    """The report of its own that it was, before triage brought it here."""
    marked: bool = False

    @property
    def is_serious(self) -> bool:
        return any(conduct.is_serious for conduct in self.conducts)


@dataclass(frozen=True, slots=True)
class Affected:
    """A colleague who was hurt or upset, and what they have been given of what they are owed."""

    incident: str
    colleague: str
    by: date
    report_injury_by: date | None
    id: str = ""
    """What addresses and tasks name them by: a name known to a landlord alone stands in none."""
    given: frozenset[Aftercare] = frozenset()


@dataclass(frozen=True, slots=True)
class Incidents:
    all: tuple[Incident, ...] = ()
    person: str | None = None
    affected: tuple[Affected, ...] = ()
    home: str | None = None
    home_instruction_until: date | None = None
    instructed: frozenset[str] = frozenset()
    """The incidents about which a home had an instruction: it stands once, and ends (rule 20)."""
    first_contact_by: date | None = None
    decide_by: date | None = None

    def get(self, id: str | None) -> Incident | None:
        return next((i for i in self.all if i.id == id), None)

    def affected_by(self, subject: str | None) -> Affected | None:
        """Whom `subject` names: the id, or as tasks once did, the latest under that actor id or name."""
        found = (a for a in reversed(self.affected) if subject in (a.id, a.colleague))
        return next(found, None)

    @property
    def untriaged(self) -> tuple[Incident, ...]:
        return tuple(i for i in self.all if i.triage in (None, Triage.NEEDS_MORE))

    def conducts_in(self, id: str) -> frozenset[Conduct]:
        """What is alleged of one incident."""
        return found.conducts if (found := self.get(id)) else frozenset()

    @property
    def believed(self) -> tuple[Incident, ...]:
        """The incidents that triage has not, or not yet, turned away from here."""
        return tuple(i for i in self.all if i.triage in (None, Triage.NEEDS_MORE, Triage.NEW_CASE))

    @property
    def in_case(self) -> tuple[Incident, ...]:
        """The incidents that triage made, or joined to, this case."""
        return tuple(i for i in self.all if i.triage is Triage.NEW_CASE)

    @property
    def conducts(self) -> frozenset[Conduct]:
        """Every conduct alleged in the case."""
        return frozenset(c for i in self.in_case for c in i.conducts)

    @property
    def is_case(self) -> bool:
        return bool(self.in_case)


def moved(thread: Incidents, event: Event) -> Incidents:
    match event:
        case IncidentReported():
            triage = Triage.NEW_CASE if event.joined_from else None
            new = Incident(
                event.incident,
                frozenset(event.conducts),
                event.happened_on,
                event.by,
                event.triage_by,
                triage,
                event.joined_from,
                event.marked,
            )
            return replace(
                thread,
                all=(*thread.all, new),
                home=event.home or thread.home,
                decide_by=event.decide_by or thread.decide_by,
                instructed=thread.instructed | ({new.id} if event.instructed else set()),
            )
        case PersonIdentified(person=person):
            return replace(thread, person=person)
        case IncidentTriaged():
            return _triaged(thread, event)
        case IncidentCorrected():
            return _incident(thread, event.incident, conducts=frozenset(event.conducts), happened_on=event.happened_on)
        case ColleagueAffected():
            colleague = event.colleague or event.name
            id = f"H{len(thread.affected) + 1}"
            affected = Affected(event.incident, colleague, event.aftercare_by, event.report_injury_by, id)
            return replace(thread, affected=(*thread.affected, affected))
        case AftercareMoved():
            return replace(thread, affected=tuple(_moved(a, event) for a in thread.affected))
        case AftercareGiven():
            return replace(thread, affected=tuple(_cared_for(a, event) for a in thread.affected))
        case HomeInstructionPlaced(until=until, incident=id):
            return replace(thread, home_instruction_until=until, instructed=thread.instructed | {id})
    return thread


def _triaged(thread: Incidents, event: IncidentTriaged) -> Incidents:
    thread = _incident(thread, event.incident, triage=event.outcome)
    return replace(
        thread,
        first_contact_by=event.first_contact_by or thread.first_contact_by,
        decide_by=event.decide_by or thread.decide_by,
    )


def _incident(thread: Incidents, id: str, **changes: object) -> Incidents:
    return replace(
        thread,
        all=tuple(replace(i, **changes) if i.id == id else i for i in thread.all),  # type: ignore[arg-type]
    )


def _moved(affected: Affected, event: AftercareMoved) -> Affected:
    if (affected.incident, affected.colleague) != (event.incident, event.colleague):
        return affected
    return replace(affected, report_injury_by=event.report_injury_by)


def _cared_for(affected: Affected, event: AftercareGiven) -> Affected:
    if (affected.incident, affected.colleague) != (event.incident, event.colleague):
        return affected
    return replace(affected, given=affected.given | {event.care})
