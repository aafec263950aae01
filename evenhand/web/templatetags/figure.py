"""Charts drawn on the server, each with its numbers in a table: no script, no inline style, readable at any width."""

from collections.abc import Sequence
from itertools import accumulate
from textwrap import wrap
from typing import Any

from django import template
from django.utils.text import slugify

register = template.Library()

ROW = 46  # pixels from one bar to the next: its words above it, then the bar
LINE = 20  # pixels for each further line of its words
WIDE = 40  # letters in a line, or it would be cut off on a telephone


@register.inclusion_tag("components/bars.html")
def bars(
    caption: str, values: Sequence[tuple[str, int]], unit: str, what: str = "When", this: str = ""
) -> dict[str, Any]:
    """A bar for each (words, count), with the same in a table.

    `caption` says what is counted, `unit` is the plural of what is counted, `what` heads the column of words.
    The one whose words are `this` is not one bar of many: it is marked at its place, by shape, weight and colour.
    """
    most = max((count for _, count in values), default=0) or 1
    lines = [wrap(words if words == this else f"{words}: {count}", WIDE) for words, count in values]
    tops = list(accumulate((ROW + LINE * (len(each) - 1) for each in lines), initial=0))
    drawn = [
        {
            "words": words,
            "count": count,
            "this": words == this != "",
            "lines": [(top + 16 + LINE * n, line) for n, line in enumerate(each)],
            "bar_at": top + 23 + LINE * (len(each) - 1),
            "middle": top + 10,
            # A percentage, so that the drawing follows the page's width and its words keep their size.
            "width": f"{max(100 * count / most, 0.4):.1f}%",
        }
        for (words, count), each, top in zip(values, lines, tops, strict=False)
    ]
    return {
        "id": f"figure-{slugify(caption)}",
        "caption": caption,
        "bars": drawn,
        "height": tops[-1],
        "unit": unit,
        "what": what,
    }
