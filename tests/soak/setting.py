"""What everyone in a soak knows of its world, from before the first check. Plain values: it goes between processes."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class System:
    """A system that asks: its key's number and secret."""

    key: int
    secret: str
    contractor: bool


@dataclass(frozen=True)
class Setting:
    """`cases` are references with their people; `stage` is who lives where something is going to happen, with the home.

    `people` are key, source, reference and telephone of everyone; `homes` key, source, reference and UPRN.
    """

    cases: list[tuple[str, int]]
    people: list[tuple[int, str, str, str]]
    homes: list[tuple[int, str, str, str]]
    stage: list[tuple[int, int]]
    systems: list[System]
    endpoint: int
    secret: str

    @property
    def people_on_stage(self) -> list[int]:
        return sorted({person for person, _ in self.stage})

    @property
    def homes_on_stage(self) -> list[int]:
        return sorted({home for _, home in self.stage})


def read(file: Path) -> Setting:
    """The setting as it was written."""
    told = json.loads(file.read_text())
    told["systems"] = [System(**each) for each in told["systems"]]
    for name in ("cases", "people", "homes", "stage"):
        told[name] = [tuple(each) for each in told[name]]
    return Setting(**told)
