"""What a soak of kills came to, in words for a person and as JSON for a machine."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- the report, written by script/soak kills --write -->", "<!-- the end of the report of kills -->"
SHOWN = 10
"""How many faults of a kind are told in words."""


@dataclass(frozen=True)
class Report:
    """`faults` are the kinds of what may not happen, each with all that were found, in words."""

    at: str
    minutes: float
    seed: int
    counts: dict[str, Any]
    faults: dict[str, list[str]]

    @property
    def well(self) -> bool:
        """Nothing that may not happen; and something did happen."""
        return not any(self.faults.values()) and self.counts["acts"] > 0

    @property
    def words(self) -> str:
        counts = self.counts
        kills = sum(counts["kills"].values())
        lines = [
            ("begun", f"{self.at}, seed {self.seed}"),
            ("minutes, with all that is checked", f"{self.minutes:.1f}"),
            ("kills", f"{kills:,}"),
            *((f"… of {kind}", f"{times:,}") for kind, times in sorted(counts["kills"].items(), key=lambda k: -k[1])),
            ("starts of evenhand serve", f"{counts['starts']:,}"),
            ("acts that a colleague was told are saved", f"{counts['acts']:,}"),
            ("… whose form was sent again for want of an answer", f"{counts['sent_again']:,}"),
            ("cases", f"{counts['cases']:,}"),
            ("events in their logs", f"{counts['events']:,}"),
            ("letters approved, to go by email", f"{counts['letters']:,}"),
            ("… taken by the mail server", f"{counts['taken']:,}"),
            ("… set aside, because what they told was cancelled before they went", f"{counts['aside']:,}"),
            ("… shown to a person, as perhaps not sent", f"{counts['shown']:,}"),
            ("… of those, taken all the same", f"{counts['shown_and_taken']:,}"),
            *((kind, f"{len(found):,}") for kind, found in self.faults.items()),
        ]
        width = max(len(name) for name, _ in lines)
        wide = max(len(value) for _, value in lines)
        rows = [f"| {name.ljust(width)} | {value.ljust(wide)} |" for name, value in lines]
        return "\n".join(
            [
                f"| {'what'.ljust(width)} | {'how many'.ljust(wide)} |",
                f"|{'-' * (width + 2)}|{'-' * (wide + 2)}|",
                *rows,
            ]
        )

    @property
    def details(self) -> str:
        """The first faults of each kind."""
        return "\n".join(f"{kind}: {words}" for kind, found in self.faults.items() for words in found[:SHOWN])

    def keep(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"well": self.well, **asdict(self)}, indent=2, ensure_ascii=False) + "\n")

    def write(self, document: Path) -> None:
        """Puts the report between its marks."""
        before, begin, rest = document.read_text().partition(BEGIN)
        _, end, after = rest.partition(END)
        assert begin and end, f"{document} has no place for the report."
        document.write_text(f"{before}{begin}\n\n{self.words}\n\n{end}{after}")


def of(began: datetime, seconds: float, seed: int, counts: dict[str, Any], faults: dict[str, list[str]]) -> Report:
    return Report(began.isoformat(timespec="minutes"), seconds / 60, seed, counts, faults)
