"""One line of the table: what was measured, against what, and whether it is as fast as promised."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

HEADINGS = ("#", "work", "bare", "ours", "ratio", "target", "met", "milliseconds")


@dataclass(frozen=True)
class Figure:
    """`bare` and `ours` are in `unit`; `ratio` is ours over bare; `met` says whether the target holds.

    `milliseconds` is the median time of one piece of our work.
    """

    line: str
    work: str
    bare: float
    ours: float
    unit: str
    target: str
    met: bool
    milliseconds: float

    @property
    def ratio(self) -> float:
        return self.ours / self.bare if self.bare else float("inf")

    def cells(self) -> tuple[str, ...]:
        return (
            self.line,
            self.work,
            f"{short(self.bare)} {self.unit}",
            f"{short(self.ours)} {self.unit}",
            f"{self.ratio:.2f}",
            self.target,
            "yes" if self.met else "NO",
            short(self.milliseconds),
        )


def short(number: float) -> str:
    """Three figures are enough: the next run differs in the third."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def table(figures: Iterable[Figure]) -> str:
    """The figures as a table that reads in a terminal and in Markdown."""
    rows = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def kept(figures: Iterable[Figure], file: Path) -> None:
    """Writes the figures as JSON, for whoever compares two runs."""
    rows = [{**asdict(figure), "ratio": round(figure.ratio, 3)} for figure in figures]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
