"""Reads the rows of a contact log, millions of them, into lines that COPY takes, and says what is wrong in each.

Most cells are the same few words again and again: how a cell reads is worked out once and remembered.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from evenhand.contacts.sheet import DAYS
from evenhand.people.csv_file import CsvFile, Line
from evenhand.people.register.cell import Staged, Unfit
from evenhand.people.register.reading import order_of
from evenhand.people.register.sheet import Column, Problem, Sheet

MOST_REMEMBERED = 20_000
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NOTHING = "\\N"


class Remembered(dict[str, str | None]):
    """How each text a column has held reads, as COPY takes it; None for one that cannot be read."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column

    def __missing__(self, text: str) -> str | None:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = self[text] = self._read(text.strip())
        return found

    def _read(self, text: str) -> str | None:
        if self.column.is_blank(text):
            return None if self.column.key else as_copied(self.column.empty)
        try:
            return as_copied(self.column.read(text))
        except Unfit:
            return None


def as_copied(values: Staged | list[str | bool | None]) -> str:
    """Values as one line of COPY's text format, without its end."""
    return "\t".join(
        NOTHING if value is None else str(value) if isinstance(value, bool) else value.translate(_ESCAPED)
        for value in values
    )


@dataclass
class Reader:
    """Turns the cells of a sheet's rows into lines to copy. `lacking` are the columns that the source has not."""

    sheet: Sheet
    lacking: tuple[str, ...] = ()
    _memory: list[Remembered] = field(init=False)

    def __post_init__(self) -> None:
        self._memory = [Remembered(column) for column in self.sheet.columns]

    def read(self, cells: Iterable[str]) -> tuple[str | None, list[Problem]]:
        """One row as COPY takes it, or None if it cannot be loaded, and what is wrong with it."""
        problems: list[Problem] = []
        try:
            said = "\t".join([memory[text] for memory, text in zip(self._memory, cells, strict=True)])  # type: ignore[misc]
        except TypeError:
            values, problems = self.sheet.read([text.strip() for text in cells])
            if any(problem.whole_row for problem in problems):
                return None, problems
            said = as_copied(values)
        return f"{said}\t{self._worked_out(said, problems)}", problems

    def _worked_out(self, said: str, problems: list[Problem]) -> str | int:
        """A digest of a contact; of a matter, the days of which the source does not tell in a way that can be read."""
        if self.sheet.worked_out == ("digest",):
            return digest(said)
        wrong = [problem.column for problem in problems if problem.column in DAYS]
        return "{" + ",".join(dict.fromkeys([*(name for name in self.lacking if name in DAYS), *wrong])) + "}"


def digest(said: str) -> int:
    """All that a source says of a contact, in 64 bits with a sign: a row that says nothing new is not written again."""
    return int.from_bytes(hashlib.blake2b(said.encode(), digest_size=8).digest(), signed=True)


@dataclass
class LogFile:
    """One of the two files in a folder. Its first line is read at once: it decides which columns the sheet has."""

    sheet: Sheet
    path: Path
    lacking: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._file = CsvFile(self.sheet.file, self.path)
        self._lines = self._file.lines()
        order = order_of(self.sheet, next(self._lines).cells)
        there = [column for column, place in zip(self.sheet.columns, order, strict=True) if place is not None]
        self._order = [place for place in order if place is not None]
        self.lacking = tuple(column.name for column in self.sheet.columns if column not in there)
        self.sheet = replace(self.sheet, columns=tuple(there))

    @property
    def name(self) -> str:
        return self.sheet.file

    @property
    def size(self) -> int:
        return self._file.size

    @property
    def bytes_read(self) -> int:
        return self._file.bytes_read

    def blocks(self, size: int) -> Iterator[list[Line]]:
        """The lines after the first, so many at a time, their cells in the order of the sheet."""
        while block := list(islice(self._lines, size)):
            yield block

    def in_order(self, line: Line) -> list[str]:
        """The cells of a line, in the order of the sheet's columns."""
        return [line.cells[place] for place in self._order]
