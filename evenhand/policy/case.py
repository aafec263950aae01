"""Where a case stands: the fold of what happened in it, in threads that never read one another."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from types import MappingProxyType
from typing import Any

from evenhand.policy.events.event import Event
from evenhand.policy.standing import (
    appeal,
    assessment,
    correspondence,
    counter_allegation,
    decision,
    disposal,
    expectation,
    handling,
    incident,
    investigation,
    involvement,
    legal_action,
    marker,
    police,
    single_contact,
    support,
    warning,
)
from evenhand.policy.standing.appeal import Appeals
from evenhand.policy.standing.assessment import Assessment
from evenhand.policy.standing.correspondence import Correspondence
from evenhand.policy.standing.counter_allegation import CounterAllegation
from evenhand.policy.standing.decision import Decision
from evenhand.policy.standing.disposal import Disposal
from evenhand.policy.standing.expectation import Expectation
from evenhand.policy.standing.handling import Handling
from evenhand.policy.standing.incident import Incidents
from evenhand.policy.standing.investigation import Investigation
from evenhand.policy.standing.involvement import Involvement
from evenhand.policy.standing.legal_action import LegalAction
from evenhand.policy.standing.marker import Markers
from evenhand.policy.standing.police import Police
from evenhand.policy.standing.single_contact import SingleContact
from evenhand.policy.standing.support import Support
from evenhand.policy.standing.warning import Warned


@dataclass(frozen=True, slots=True)
class Case:
    """Each thread is moved by events alone. There is no status: a case can be in many threads at once."""

    incident: Incidents = field(default_factory=Incidents)
    involvement: Involvement = field(default_factory=Involvement)
    investigation: Investigation = field(default_factory=Investigation)
    support: Support = field(default_factory=Support)
    assessment: Assessment = field(default_factory=Assessment)
    warning: Warned = field(default_factory=Warned)
    decision: Decision = field(default_factory=Decision)
    expectation: Expectation = field(default_factory=Expectation)
    single_contact: SingleContact = field(default_factory=SingleContact)
    marker: Markers = field(default_factory=Markers)
    appeal: Appeals = field(default_factory=Appeals)
    police: Police = field(default_factory=Police)
    legal_action: LegalAction = field(default_factory=LegalAction)
    counter_allegation: CounterAllegation = field(default_factory=CounterAllegation)
    handling: Handling = field(default_factory=Handling)
    correspondence: Correspondence = field(default_factory=Correspondence)
    disposal: Disposal = field(default_factory=Disposal)


THREADS: Mapping[str, Callable[[Any, Event], Any]] = MappingProxyType(
    {
        "incident": incident.moved,
        "involvement": involvement.moved,
        "investigation": investigation.moved,
        "support": support.moved,
        "assessment": assessment.moved,
        "warning": warning.moved,
        "decision": decision.moved,
        "expectation": expectation.moved,
        "single_contact": single_contact.moved,
        "marker": marker.moved,
        "appeal": appeal.moved,
        "police": police.moved,
        "legal_action": legal_action.moved,
        "counter_allegation": counter_allegation.moved,
        "handling": handling.moved,
        "correspondence": correspondence.moved,
        "disposal": disposal.moved,
    }
)


def after(case: Case, event: Event) -> Case:
    """The case once this has happened."""
    return Case(**{name: move(getattr(case, name), event) for name, move in THREADS.items()})


def replay(events: Iterable[Event], start: Case | None = None) -> Case:
    """The case after all of these, in order, from the beginning or from `start`: thread by thread, for none reads
    another."""
    begun, happened = start or Case(), tuple(events)
    return Case(**{name: reduce(move, happened, getattr(begun, name)) for name, move in THREADS.items()})
