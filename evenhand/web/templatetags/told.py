"""What happened in a case, as entries of a timeline that a page can show."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import template

if TYPE_CHECKING:
    from evenhand.cases.reading import CaseFile, Entry

register = template.Library()


@register.simple_tag
def told(entries: "Iterable[Entry]", file: "CaseFile") -> list[dict[str, Any]]:
    """The entries as sentences, in their order: for components/timeline.html. `file` is the case they are of."""
    # Django loads every tag before the first page, which is not to wait for the words of a case.
    from evenhand.web.timeline import in_order

    return in_order(file, entries)
