"""Limits, single contacts and markers in plain words: what a colleague does today because of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from evenhand.cases.holding import plan_of
from evenhand.policy.events.expectation import Plan, Weekday
from evenhand.web.said import curly, full, listed
from evenhand.web.templatetags.words import clock, day

TIMES = {1: "once", 2: "twice"}
NAMES = {
    "limit": "Limit on contact",
    "expectation": "Expectation of behaviour",
    "single_contact": "Single contact",
    "instruction": "Safety instruction on the home, whoever is there",
}


def plan_in_words(plan: Plan) -> str:
    """A plan as a sentence: "By email or by letter, at most once a week, on Wednesday, from 9am to midday."."""
    words = _how_and_when(plan)
    return f"{words[0].upper()}{words[1:]}."


def _how_and_when(plan: Plan) -> str:
    parts = [listed(sorted(channel.words for channel in plan.channels), "or")]
    if plan.times and plan.period:
        often = TIMES.get(plan.times, f"{plan.times} times")
        parts.append(f"at most {often} a {plan.period.value}")
    if plan.weekdays:
        parts.append(f"on {listed((each.value for each in Weekday if each in plan.weekdays), 'or')}")
    if plan.from_time and plan.to_time:
        parts.append(f"from {clock(plan.from_time)} to {clock(plan.to_time)}")
    return ", ".join(parts)


def instruction(kind: str, details: Mapping[str, Any]) -> str:
    """What to do today, from what the summary keeps of a control."""
    if kind in ("marker", "instruction"):
        controls = ". ".join(each[0].upper() + curly(each[1:]) for each in details.get("controls", ()))
        return full(controls) if controls else "Ask the case’s manager what to do."
    if kind == "single_contact":
        ways = listed((way for way in (details.get("telephone"), details.get("email")) if way), "or")
        cover = f" When they are away: {details['cover']}." if details.get("cover") else ""
        return f"They contact {details.get('name', 'their single contact')}, {ways}.{cover}"
    if kind == "expectation":
        return full(details["behaviour"])
    return f"They contact us {_how_and_when(plan_of(details))}. Emergencies always get through."


def name_of(kind: str, *, provisional: bool = False) -> str:
    """What a kind of control is called."""
    if kind == "marker":
        return "Provisional marker" if provisional else "Marker"
    return NAMES[kind]


def in_force(starts_on: date | None, ends_on: date | None, kind: str, today: date) -> str:
    """From when until when, in words; a marker holds until it is removed."""
    if kind == "marker":
        return "In force until it is removed"
    if starts_on is None:
        return "Not in force yet: its letter has not been approved"
    if starts_on > today:
        return f"Begins on {day(starts_on)}, ends on {day(ends_on)}"
    return f"In force from {day(starts_on)} until {day(ends_on)}"
