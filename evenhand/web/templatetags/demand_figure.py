"""How often, drawn: matters against what was promised, with the same in a table. No script and no inline style."""

from typing import Any

from django import template

register = template.Library()

COLUMNS = ("Matter", "Promised by", "We were late", "Closed, not done", "Contacts", "Counted")


@register.inclusion_tag("demand/line.html")
def matters_line(chart: dict[str, Any]) -> dict[str, Any]:
    """Each matter's line: in time, late, and a mark for each contact, filled where it counts: `timeline` draws it."""
    return {**chart, "columns": COLUMNS}
