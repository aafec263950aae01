"""Where a case stands: the fold of what happened in it, in threads that never read one another."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True, slots=True)
class Case:
    """Each thread is moved by events alone. There is no status: a case can be in many threads at once."""

    incident: incident.Incidents = field(default_factory=incident.Incidents)
    involvement: involvement.Involvement = field(default_factory=involvement.Involvement)
    investigation: investigation.Investigation = field(default_factory=investigation.Investigation)
    support: support.Support = field(default_factory=support.Support)
    assessment: assessment.Assessment = field(default_factory=assessment.Assessment)
    warning: warning.Warned = field(default_factory=warning.Warned)
    decision: decision.Decision = field(default_factory=decision.Decision)
    expectation: expectation.Expectation = field(default_factory=expectation.Expectation)
    single_contact: single_contact.SingleContact = field(default_factory=single_contact.SingleContact)
    marker: marker.Markers = field(default_factory=marker.Markers)
    appeal: appeal.Appeals = field(default_factory=appeal.Appeals)
    police: police.Police = field(default_factory=police.Police)
    legal_action: legal_action.LegalAction = field(default_factory=legal_action.LegalAction)
    counter_allegation: counter_allegation.CounterAllegation = field(
        default_factory=counter_allegation.CounterAllegation
    )
    handling: handling.Handling = field(default_factory=handling.Handling)
    correspondence: correspondence.Correspondence = field(default_factory=correspondence.Correspondence)


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
    }
)


def after(case: Case, event: Event) -> Case:
    """The case once this has happened."""
    return replace(case, **{name: moved(getattr(case, name), event) for name, moved in THREADS.items()})


def replay(events: Iterable[Event], start: Case | None = None) -> Case:
    """The case after all of these, in order, from the beginning or from `start`."""
    return reduce(after, events, start or Case())
