"""Charts drawn on the server, each with its numbers in a table: no script, no inline style, readable at any width."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.text import slugify

register = template.Library()

ROW = 46  # pixels from one bar to the next: its words above it, then the bar


@register.inclusion_tag("components/bars.html")
def bars(
    caption: str, values: Sequence[tuple[str, int]], unit: str, what: str = "When", this: str = ""
) -> dict[str, Any]:
    """A bar for each (words, count), with the same in a table.

    `caption` says what is counted, `unit` is the plural of what is counted, `what` heads the column of words.
    The one whose words are `this` is not one bar of many: it is marked at its place, by shape, weight and colour.
    """
    most = max((count for _, count in values), default=0) or 1
    drawn = [
        {
            "words": words,
            "count": count,
            "this": words == this != "",
            "words_at": place * ROW + 16,
            "bar_at": place * ROW + 23,
            "middle": place * ROW + 10,
            # A percentage, so that the drawing follows the page's width and its words keep their size.
            "width": f"{max(100 * count / most, 0.4):.1f}%",
        }
        for place, (words, count) in enumerate(values)
    ]
    return {
        "id": f"figure-{slugify(caption)}",
        "caption": caption,
        "bars": drawn,
        "height": len(drawn) * ROW,
        "unit": unit,
        "what": what,
    }
