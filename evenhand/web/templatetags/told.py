"""What happened in a case, as entries of a timeline that a page can show."""

from collections.abc import Callable, Iterable
from typing import Any

from django import template
from django.utils.module_loading import import_string

Rows = list[dict[str, Any]]
IN_ORDER = "evenhand.web.timeline.in_order"
"""Named and not imported: Django loads every tag before the first page, which is not to wait for a case's words."""
register = template.Library()


@register.simple_tag
def told(entries: Iterable[object], file: object) -> Rows:
    """The entries as sentences, in their order: for components/timeline.html. `file` is the case they are of."""
    in_order: Callable[[object, Iterable[object]], Rows] = import_string(IN_ORDER)
    return in_order(file, entries)
