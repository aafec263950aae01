"""What happened in a case, as entries of a timeline that a page can show."""

from collections.abc import Iterable
from typing import Any

from django import template

from evenhand.cases.reading import CaseFile, Entry
from evenhand.web.timeline import in_order

register = template.Library()


@register.simple_tag
def told(entries: Iterable[Entry], file: CaseFile) -> list[dict[str, Any]]:
    """The entries as sentences, in their order: for components/timeline.html. `file` is the case they are of."""
    return in_order(file, entries)
