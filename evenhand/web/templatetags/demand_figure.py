"""How often, drawn: matters against what was promised, with the same in a table. No script and no inline style."""

from collections.abc import Callable
from typing import Any

from django import template
from django.utils.module_loading import import_string

DRAWN = "evenhand.web.demand_drawn.drawn"
"""Named and not imported: Django loads every tag before the first page, which is not to wait for how demand is told."""
register = template.Library()


@register.inclusion_tag("demand/line.html")
def matters_line(chart: dict[str, Any]) -> dict[str, Any]:
    """Each matter's line, and what explains it: see `demand_drawn.drawn`."""
    drawn: Callable[[dict[str, Any]], dict[str, Any]] = import_string(DRAWN)
    return drawn(chart)
