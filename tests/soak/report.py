"""What a soak came to, in words for a person and as JSON for a machine."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.soak.asking import Asked


@dataclass(frozen=True)
class Report:
    """`faults` are the kinds of what may not happen, each with how often it did and the first in words."""

    at: str
    seconds: float
    people: int
    checks: int
    errors: int
    median_ms: float
    worst_in_a_hundred_ms: float
    slowest_ms: float
    refused_once: int
    counts: dict[str, Any]
    faults: dict[str, dict[str, Any]]

    @property
    def well(self) -> bool:
        """No error, no wrong answer, nothing lost; and something did happen."""
        return not self.errors and not any(each["count"] for each in self.faults.values()) and self.counts["acts"] > 0

    @property
    def words(self) -> str:
        counts, minutes = self.counts, self.seconds / 60
        lines = [
            ("people in the register", f"{self.people:,}"),
            ("minutes", f"{minutes:.1f}"),
            ("checks", f"{self.checks:,} ({self.checks / minutes:.0f} a minute)"),
            ("acts", f"{counts['acts']:,} ({counts['acts'] / minutes:.1f} a minute)"),
            ("errors", f"{self.errors}"),
            ("answers compared", f"{counts['answers_compared']:,}"),
            ("… that told of something held", f"{counts['answers_that_told_of_something']:,}"),
            ("… while an act on them was under way", f"{counts['answers_during_an_act_on_them']:,}"),
            ("median", f"{self.median_ms:.1f} ms"),
            ("99th percentile", f"{self.worst_in_a_hundred_ms:.1f} ms"),
            ("slowest", f"{self.slowest_ms:.1f} ms"),
            ("changes of controls", f"{counts['changes']:,}"),
            ("messages received", f"{counts['messages_received']:,} (refused the first time: {self.refused_once})"),
            ("messages not needed any more", f"{counts['not_needed']:,}"),
            ("rows of the ledger waiting for confirmation", f"{counts['ledger_rows_waiting']:,}"),
            *((kind, f"{found['count']:,}") for kind, found in self.faults.items()),
        ]
        width = max(len(name) for name, _ in lines)
        rows = [f"| {name.ljust(width)} | {value} |" for name, value in lines]
        return "\n".join([f"| {'what'.ljust(width)} | how many |", f"|{'-' * (width + 2)}|----------|", *rows])

    @property
    def details(self) -> str:
        """The first faults of each kind."""
        return "\n".join(f"{kind}: {words}" for kind, found in self.faults.items() for words in found["first"])

    def keep(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"well": self.well, **asdict(self)}, indent=2, ensure_ascii=False) + "\n")


def of(asked: list[Asked], at: datetime, seconds: float, people: int, refused: int, judged: dict[str, Any]) -> Report:
    """The report. In: `judged` is what the judge printed, with the faults that others found."""
    times = sorted((each.ended - each.begun) * 1000 for each in asked)
    return Report(
        at=at.isoformat(timespec="seconds"),
        seconds=seconds,
        people=people,
        checks=len(asked),
        errors=sum(each.status != 200 for each in asked),
        median_ms=times[len(times) // 2],
        worst_in_a_hundred_ms=quantiles(times, n=100)[98],
        slowest_ms=times[-1],
        refused_once=refused,
        counts=judged["counts"],
        faults=judged["faults"],
    )
