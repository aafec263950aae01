"""What happened in a case, as entries of a timeline that a page can show."""

from collections.abc import Iterable
from typing import Any

from django import template

from evenhand.cases.reading import Entry
from evenhand.web.names import names_of
from evenhand.web.sentence import said

register = template.Library()


@register.simple_tag
def told(entries: Iterable[Entry] | None) -> list[dict[str, Any]]:
    """The entries as sentences, in their order: for components/timeline.html."""
    listed = list(entries or ())
    who = names_of(actor for e in listed for actor in vars(e.event).values() if isinstance(actor, str))
    return [_line(entry, said(entry.event, who), who[entry.event.by]) for entry in listed]


def _line(entry: Entry, sentence: Any, by: str) -> dict[str, Any]:
    return {
        "title": sentence.title,
        "text": sentence.text,
        "quote": sentence.quote,
        "weighty": sentence.weighty,
        "by": by,
        "moment": entry.event.at,
        "id": f"event-{entry.number}",
    }
