"""A case's log as the timeline of its page, newest first, cut to what the viewer may see."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from evenhand.cases.reading import CaseFile, Entry
from evenhand.policy.events.event import Event
from evenhand.web.names import Names, names_of
from evenhand.web.said import Said, Teller, letter
from evenhand.web.sentence import said

WHO = frozenset({"by", "colleague", "investigator", "to"})
"""The fields of events that hold an actor's id."""
PART_TAGS = {"police": "Suspicion only"}


def teller(file: CaseFile) -> Teller:
    """The names in what this viewer sees of the case: one query."""
    letters = {each.id: letter(each.kind) for each in file.case.correspondence.letters}
    spoken_of = actors(entry.event for entry in file.entries)
    return Teller(names_of({*spoken_of, file.case.handling.holder or ""}), letters)


def actors(events: Iterable[Event]) -> set[str]:
    """The ids of everyone these events speak of."""
    held = ((event, field.name) for event in events for field in fields(event) if field.name in WHO)
    return {value for event, name in held if isinstance(value := getattr(event, name), str)}


def timeline(entries: Iterable[Entry], tell: Teller) -> list[dict[str, Any]]:
    """The rows of the timeline's component, the newest first."""
    ordered = sorted(entries, key=lambda entry: entry.number, reverse=True)
    return [row(entry, said(entry.event, tell), tell.names) for entry in ordered]


def in_order(file: CaseFile, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Some entries of a case in their order, for beside a form: without ids, since a page may show one twice."""
    listed = list(entries)
    letters = {each.id: letter(each.kind) for each in file.case.correspondence.letters}
    tell = Teller(names_of(actors(entry.event for entry in listed)), letters)
    return [{**row(entry, said(entry.event, tell), tell.names), "id": ""} for entry in listed]


def row(entry: Entry, told: Said, names: Names) -> dict[str, Any]:
    concept = type(entry.event).__module__.rpartition(".")[2]
    return {
        "title": told.title,
        "by": names[entry.event.by],
        "moment": entry.event.at,
        "text": told.text,
        "quote": told.quote,
        "weighty": told.weighty,
        "tag": PART_TAGS.get(concept),
        "id": f"event-{entry.number}",
    }
