"""Events are kept as facts for ever: nothing is lost, nothing is guessed, and what was stored once is still read."""

import importlib
import json
import pkgutil
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.policy import events
from evenhand.policy.events.catalogue import KINDS, kind_of
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import ExpectationSet, Period, Plan
from evenhand.policy.events.handling import CaseLinked
from evenhand.policy.events.incident import IncidentReported
from evenhand.policy.events.plain import APART, Unreadable, from_plain, to_plain
from evenhand.policy.need import Channel
from tests.policy import golden

AT, ON, BY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC), date(2026, 3, 2), "colleague:1"


def read(kind: str, facts: dict[str, Any]) -> Event:
    return from_plain(kind, AT, ON, BY, facts)


def every_class() -> set[type[Event]]:
    modules = [importlib.import_module(f"{events.__name__}.{m.name}") for m in pkgutil.iter_modules(events.__path__)]
    made = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    return {each for each in made if issubclass(each, Event) and each is not Event}


def test_every_event_has_a_name_it_is_stored_under() -> None:
    assert set(KINDS.values()) == every_class()
    assert all(kind_of(event) == name for name, event in golden.samples())


def test_no_stored_name_tells_of_health_or_of_an_offence() -> None:
    telling = ("violen", "threat", "police", "crime", "offence", "court", "health", "disab", "injur", "abus", "convict")
    assert not [name for name in KINDS if any(word in name.lower() for word in telling)]


@pytest.mark.parametrize("shape", golden.shapes(), ids=lambda shape: shape["kind"])
def test_every_shape_ever_stored_still_reads(shape: golden.Shape) -> None:
    again = to_plain(read(shape["kind"], shape["facts"]))
    assert {name: again[name] for name in shape["facts"]} == shape["facts"]


def test_the_shape_of_today_is_kept_for_every_event() -> None:
    kept = {(shape["kind"], frozenset(shape["facts"])) for shape in golden.shapes()}
    today = {(name, frozenset(f.name for f in fields(kind)) - APART) for name, kind in KINDS.items()}
    assert today <= kept, "python -m tests.policy.golden adds it"


def test_every_word_ever_stored_still_reads() -> None:
    today = {name: {member.name for member in members} for name, members in golden.lists().items()}
    stored = {name: set(words) for name, words in golden.kept()["words"].items()}
    assert not {
        name: words - today.get(name, set()) for name, words in stored.items() if words - today.get(name, set())
    }
    assert today == stored, "python -m tests.policy.golden adds it"


@given(st.sampled_from(sorted(KINDS)).flatmap(lambda name: st.tuples(st.just(name), st.from_type(KINDS[name]))))
def test_nothing_is_lost_on_the_way_to_json_and_back(named: tuple[str, Event]) -> None:
    name, event = named
    facts = json.loads(json.dumps(to_plain(event)))
    assert from_plain(name, event.at, event.on, event.by, facts) == event


def test_one_event_always_makes_the_same_bytes() -> None:
    one, other = (Plan(channels=frozenset(order)) for order in (list(Channel), list(reversed(Channel))))
    made = [golden.sample(ExpectationSet, whole=False, apart=golden.APART | {"plan": plan}) for plan in (one, other)]
    assert json.dumps(to_plain(made[0])) == json.dumps(to_plain(made[1]))


def test_a_plan_is_kept_whole() -> None:
    plan = Plan(channels=frozenset({Channel.LETTER}), times=1, period=Period.WEEK)
    event = golden.sample(ExpectationSet, whole=True, apart=golden.APART | {"plan": plan})
    assert to_plain(event)["plan"] == {
        "channels": ["LETTER"],
        "times": 1,
        "period": "WEEK",
        "weekdays": [],
        "from_time": None,
        "to_time": None,
    }


def test_a_field_added_since_takes_its_default() -> None:
    facts = to_plain(golden.sample(IncidentReported, whole=True, apart=golden.APART))
    del facts["joined_from"]
    event = read("IncidentReported", facts)
    assert isinstance(event, IncidentReported) and event.joined_from is None


LINKED = {"other": "AB12", "reason": "One household"}


@pytest.mark.parametrize(
    ("kind", "facts", "says"),
    [
        ("CaseForgotten", LINKED, "no event of the kind"),
        ("CaseLinked", {**LINKED, "colour": "red"}, "has no colour"),
        ("CaseLinked", {**LINKED, "by": "somebody"}, "has no by"),
        ("CaseLinked", {"other": "AB12"}, "lacks reason"),
        ("CaseLinked", {**LINKED, "other": 12}, "CaseLinked.other: not str"),
        ("CaseLinked", {**LINKED, "other": None}, "CaseLinked.other: not str"),
        ("PersonDied", {"died_on": "3 March 2026"}, "not date"),
        ("PersonDied", {"died_on": "20260303"}, "as it is written here"),
        ("CaseClosed", {"outcome": "FORGOTTEN", "reasons": "x"}, "not Outcome"),
        ("HowOftenViewed", {"earlier": True, "since": None, "view": "x"}, "not int"),
        ("FindingVaried", {"finding": "F1", "found": [["THREATS"]], "reasons": "x", "appeal": "A1"}, "not 2 long"),
        ("MatterOpened", {"matter": "LEGAL", "about": "x", "named": "abc"}, "not list"),
    ],
)
def test_what_does_not_fit_is_said_and_not_guessed(kind: str, facts: dict[str, Any], says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(kind, facts)


def test_a_value_of_another_type_is_never_stored() -> None:
    with pytest.raises(Unreadable, match=r"CaseLinked\.other: not str"):
        to_plain(CaseLinked(at=AT, on=ON, by=BY, other=12, reason="x"))  # type: ignore[arg-type]
