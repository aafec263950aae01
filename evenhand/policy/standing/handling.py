"""Whose case it is, whether it is open, and what kind of matter it is."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.appeal import AppealLodged
from evenhand.policy.events.disposal import CaseDisposed
from evenhand.policy.events.event import Event
from evenhand.policy.events.handling import (
    CaseAssigned,
    CaseClosed,
    CaseLinked,
    CaseReopened,
    Matter,
    MatterOpened,
    PersonDied,
    RecordsJoined,
    RecordsReconciled,
)
from evenhand.policy.events.incident import IncidentReported
from evenhand.policy.events.investigation import InvestigationOpened


@dataclass(frozen=True, slots=True)
class Handling:
    matter: Matter = Matter.CONDUCT
    about: str | None = None
    holder: str | None = None
    closed: bool = False
    linked: frozenset[str] = frozenset()
    person_died: bool = False
    reconcile_by: date | None = None


def moved(thread: Handling, event: Event) -> Handling:
    match event:
        case MatterOpened(matter=matter, about=about):
            return replace(thread, matter=matter, about=about)
        case CaseDisposed(matter=matter):
            return replace(thread, matter=matter)
        case CaseAssigned(to=to):
            return replace(thread, holder=to)
        case InvestigationOpened(investigator=investigator):
            return replace(thread, holder=investigator)
        case CaseLinked(other=other):
            return replace(thread, linked=thread.linked | {other})
        case CaseClosed():
            return replace(thread, closed=True)
        case CaseReopened() | AppealLodged() | IncidentReported(joined_from=str()):
            return replace(thread, closed=False)
        case PersonDied():
            return replace(thread, person_died=True)
        case RecordsJoined() | RecordsReconciled():
            return replace(thread, reconcile_by=event.reconcile_by if isinstance(event, RecordsJoined) else None)
    return thread
