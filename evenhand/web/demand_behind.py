"""C2: the contacts behind one figure, page by page: so that whoever doubts a number can count."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.http import urlencode

from evenhand.policy.demand.behind import Part
from evenhand.web.demand_list import Row
from evenhand.web.demand_shown import COLUMNS, Page, cells

PAGE = 100
TOLD = {
    Part.FIGURE: "In the figure",
    Part.COUNTS: "Count, but are not in the figure",
    Part.LEFT_OUT: "Do not count",
}
"""What each list of a measure's days is called, most telling first."""


def listed(request: HttpRequest, page: Page, slug: str) -> dict[str, Any]:
    """One of the three lists of a measure, latest first, for `demand/behind.html`. 404 for a kind not shown."""
    kind = next((one for one in page["kinds"] if one["slug"] == slug), None)
    if kind is None:
        raise Http404
    part = _part(request.GET.get("part", ""))
    found = [row for row in reversed(page["contacts"]) if row["parts"].get(slug) == part.value]
    start = _number(request.GET.get("after", ""))
    return {
        "title": f"{kind['kind']}: the contacts",
        "kind": kind,
        "parts": [_link(page["contacts"], slug, each, part) for each in Part],
        "caption": TOLD[part],
        "columns": COLUMNS,
        "rows": [cells(row) for row in found[start : start + PAGE]],
        "older": _at(part, start + PAGE) if len(found) > start + PAGE else "",
        "newer": _at(part, max(start - PAGE, 0)) if start else "",
    }


def _link(contacts: list[Row], slug: str, part: Part, here: Part) -> dict[str, Any]:
    number = sum(row["parts"].get(slug) == part.value for row in contacts)
    return {"words": f"{TOLD[part]} ({number})", "href": _at(part, 0), "here": part is here}


def _at(part: Part, start: int) -> str:
    """Another list of the same figure, or another page of the same list."""
    asked = {"part": part.name.lower(), "after": str(start)}
    return f"?{urlencode({name: value for name, value in asked.items() if value != '0'})}"


def _part(name: str) -> Part:
    return next((part for part in Part if part.name.lower() == name), Part.FIGURE)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
