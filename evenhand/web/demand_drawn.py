"""The rows of the timeline of how often, in pixels down and per cent across: what demand/line.html draws."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from evenhand.policy.demand.sentence import counted
from evenhand.web.demand_chart import NO_DATE, Line, Stood

COLUMNS = ("Matter", "Promised by", "We were late", "Closed, not done", "Contacts", "Counted")
NARROW = 328  # pixels across on a telephone
ACROSS = 52  # columns of dots side by side, so that a dot has room there
LARGEST = 9  # pixels from one dot to the next in a column of few, and less in the tallest, to stay within HIGHEST
HIGHEST = 240
FLAG = 9  # pixels above the dots, so that the mark of the day promised hides none
NARROWEST = 6  # pixels of what was ours, or a day late could not be seen there


@dataclass(frozen=True, slots=True)
class Grid:
    """Where dots stand: how many days are drawn, how many of them share a column, and pixels from dot to dot."""

    days: int
    per: int
    apart: float

    def day(self, percent: str) -> int:
        """The day among those drawn that begins at a place; a place has two decimals, a year a hair less than that."""
        return int(_number(percent) * self.days / 100 + 0.05)


def drawn(chart: dict[str, Any]) -> dict[str, Any]:
    """Each matter's line: in time, late, promised by when, and a dot for each contact, filled where it counts.

    In: what `demand_chart.timeline` gives, or what a case kept of it.
    """
    # A page that a case kept before they were drawn has no days and no ticks, and tells nothing of what is not drawn.
    days = chart.get("days", ACROSS)
    grid = Grid(days, -(-days // ACROSS), LARGEST)
    stacks = [_stacks(line, grid) for line in chart["lines"]]
    tallest = max((counts.total() for stack in stacks for counts in stack.values()), default=1)
    grid = Grid(days, grid.per, min(LARGEST, NARROW * grid.per / days, HIGHEST / tallest))
    rows = [_row(line, stack, grid) for line, stack in zip(chart["lines"], stacks, strict=True)]
    return {
        **chart,
        "rows": rows,
        "key": _key(chart["lines"]),
        "same": ("one day" if grid.per == 1 else f"{grid.per} days") if "days" in chart else "the same days",
        "ticks": [{"at": place, "words": words, "year": year} for place, words, year in chart.get("ticks", ())],
        "not_drawn": _not_drawn(*chart.get("rest", (0, 0))),
        "columns": COLUMNS,
    }


def _key(lines: list[Line]) -> set[str]:
    """What is drawn, so that the key explains that and nothing else."""
    found = {str(stood) for line in lines for _, _, stood in line.spans}
    found |= {"counts" if counts else "open" for line in lines for _, counts in line.dots}
    return found | {"promise" for line in lines if line.promised}


def _not_drawn(matters: int, contacts: int) -> str:
    if not matters:
        return ""
    return (
        f"Drawn are the matters with most contacts. Not drawn: {counted(matters, 'other matter')}, with "
        f"{counted(contacts, 'contact')} in all. They are in the list of every contact."
    )


def _stacks(line: Line, grid: Grid) -> dict[float, Counter[bool]]:
    """How many contacts that count, and that do not, stand in each column: by the place of its middle, in per cent.

    Columns begin at the day promised, so that what came before it stands before its mark.
    """
    zero = grid.day(line.promised) if line.promised else 0
    found: dict[float, Counter[bool]] = {}
    for place, counts in line.dots:
        column = (grid.day(place) - zero) // grid.per
        middle = 100 * (zero + (column + 0.5) * grid.per) / grid.days
        found.setdefault(middle, Counter())[counts] += 1
    return found


def _row(line: Line, stacks: dict[float, Counter[bool]], grid: Grid) -> dict[str, Any]:
    """One matter as pixels down and percentages across, so that it follows the page's width."""
    high = max((counts.total() for counts in stacks.values()), default=0) * grid.apart + FLAG + 4
    dots = [
        (f"{middle:.2f}%", f"{high - 3 - (n + 0.5) * grid.apart:.1f}", n < counts[True])
        for middle, counts in sorted(stacks.items())
        for n in range(counts.total())
    ]
    cells = list(zip(COLUMNS[1:], line.told, strict=True))
    heading, _, said = line.words.rpartition(": ")
    return {
        "heading": heading,
        "said": f"{said}. {_promised(line.told[0])}" if line.told[0] else said,
        "cells": cells,
        "told": ". ".join(f"{words}: {cell}" for words, cell in cells if cell),
        "line": line,
        "in_time": [span for span in line.spans if span[2] == Stood.IN_TIME],
        "ours": [(*span, _narrowest(span[1])) for span in line.spans if span[2] != Stood.IN_TIME],
        "dots": dots,
        "size": f"{max(grid.apart * 0.44, 1.2):.1f}",
        "ring": f"{max(grid.apart * 0.44 - 0.6, 1):.1f}",  # what is open has a line round it
        "strip": f"{high:.1f}",
        "middle": f"{high + 6:.1f}",
        "height": f"{high + 15:.0f}",
    }


def _narrowest(percent: str) -> int:
    """Pixels that a span has at least, where per cent may be too few on a telephone; else none."""
    return NARROWEST if _number(percent) * NARROW / 100 < NARROWEST else 0


def _promised(by: str) -> str:
    return NO_DATE if by == NO_DATE.lower() else f"Promised by {by}"


def _number(percent: str) -> float:
    return float(percent.removesuffix("%"))
