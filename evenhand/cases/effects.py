"""What an event does outside its own log, in the same transaction: to the case's row, the person, another case."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from evenhand.cases import models
from evenhand.cases.log import Entry, case_of
from evenhand.people.models import Home, Need, Person
from evenhand.policy import expectation, handling, joined, legal_action, unconfirmed
from evenhand.policy.case import Case
from evenhand.policy.events.decision import FindingMade, FindingQuashed, FindingVaried
from evenhand.policy.events.disposal import CaseDisposed
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import ExpectationSet
from evenhand.policy.events.handling import CaseLinked
from evenhand.policy.events.incident import IncidentReported, PersonIdentified
from evenhand.policy.events.legal_action import StepConsidered, StepServed
from evenhand.policy.events.marker import MarkerPlaced
from evenhand.policy.events.support import SupportAnswered
from evenhand.policy.occasion import Occasion


def on_row(row: models.Case, events: Iterable[Event]) -> None:
    """Who and where a case is about, and the needs a customer told us of, which every case of theirs then knows."""
    for event in events:
        match event:
            case PersonIdentified(person=person):
                row.person = Person.objects.get(pk=int(person))
            case CaseDisposed():
                row.person = row.home = None
            case IncidentReported(home=str() as home):
                row.home = Home.objects.get(pk=int(home))
            case SupportAnswered(needs=needs) if row.person is not None:
                for need in needs:
                    Need.objects.get_or_create(
                        person=row.person, kind=need, source="", ended_on=None, defaults={"recorded_on": event.on}
                    )


def elsewhere(
    row: models.Case, history: Iterable[Entry], events: Iterable[Event]
) -> Iterator[tuple[str, Callable[[Case, Occasion], list[Event]]]]:
    """Acts that these events call for in other cases: a new plan ends the one it replaces, a link is seen from both
    sides, and a legal step that was sealed is made known once it is served."""
    for event in events:
        match event:
            case ExpectationSet(replaces=(_, _) as first, replaces_too=others):
                for reference, limit in (first, *others):
                    yield reference, partial(_give_way, limit=limit, by=row.reference)
            case CaseLinked(other=other, reason=reason) if not row.about:
                yield other, partial(_link_back, other=row.reference, reason=reason)
            case StepServed(step=step) if row.about and _there([row.about]):
                considered = next(
                    e.event for e in history if isinstance(e.event, StepConsidered) and e.event.step == step
                )
                yield row.about, partial(_make_known, considered=considered, served=event, of=row.reference)
    yield from _where_reports_joined(row, history, events)


def _where_reports_joined(
    row: models.Case, history: Iterable[Entry], events: Iterable[Event]
) -> Iterator[tuple[str, Callable[[Case, Occasion], list[Event]]]]:
    """A marker or an instruction about a report that joined this case is decided with it, and waits no longer."""
    for event in events:
        match event:
            case PersonIdentified(person=person):
                for reference in _joined(history):
                    yield reference, partial(_identified, person=person, of=row.reference)
            case FindingMade() | FindingVaried() | FindingQuashed():
                for reference in _cleared(history):
                    yield reference, partial(_decided_elsewhere, cause=Ending.UNDECIDED, reasons=CLEARED)
            case MarkerPlaced(incident=id):
                for reference in _joined(history, id):
                    yield reference, partial(_decided_elsewhere, cause=Ending.REPLACED, reasons=PLACED)


CLEARED = "The case that the report joined was decided, and no behaviour was found in it."
PLACED = "A marker about it was placed in the case that the report joined."


def _joined(history: Iterable[Entry], incident: str = "") -> list[str]:
    """The reports of their own that joined this case, or the one that brought this incident."""
    incidents = (i for i in case_of(history).incident.all if incident in ("", i.id))
    return _there(i.joined_from for i in incidents if i.joined_from)


def _cleared(history: Iterable[Entry]) -> list[str]:
    """Those in which no behaviour is found, now that all is decided."""
    case = case_of(history)
    return _there(i.joined_from for i in case.incident.all if i.joined_from and case.decision.clears(i.conducts))


def _identified(case: Case, now: Occasion, *, person: str, of: str) -> list[Event]:
    return joined.identified(case, now, person, of)


def _decided_elsewhere(case: Case, now: Occasion, *, cause: Ending, reasons: str) -> list[Event]:
    return unconfirmed.decided_elsewhere(case, now, cause, reasons)


def _there(references: Iterable[str]) -> list[str]:
    """Those of these cases that have not been disposed of since: in the others nothing happens any more."""
    wanted = list(references)
    if not wanted:
        return []
    found = models.Case.objects.filter(reference__in=wanted, disposed_on=None).values_list("reference", flat=True)
    there = set(found)
    return [reference for reference in wanted if reference in there]


def _make_known(case: Case, now: Occasion, *, considered: StepConsidered, served: StepServed, of: str) -> list[Event]:
    return legal_action.make_known(case, now, considered, served, of)


def _link_back(case: Case, now: Occasion, *, other: str, reason: str) -> list[Event]:
    return handling.link_back(case, now, other, reason)


def _give_way(case: Case, now: Occasion, *, limit: str, by: str) -> list[Event]:
    return expectation.give_way(case, now, limit, by)
