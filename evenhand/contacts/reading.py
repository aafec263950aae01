"""Reads the rows of a contact log, millions of them, into lines that COPY takes, and says what is wrong in each.

References and moments are nearly always plain, and taken as they are once one pattern has seen them all. The other
cells are the same few words again and again: how each reads is worked out once and remembered. Any row with a cell
that is neither is read cell by cell, as a register's rows are.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from pathlib import Path
from typing import Any

from evenhand.contacts.sheet import DAYS
from evenhand.people.csv_file import CsvFile, Line
from evenhand.people.register.cell import Staged, Unfit
from evenhand.people.register.reading import order_of
from evenhand.people.register.sheet import Column, Problem, Sheet

MOST_REMEMBERED = 20_000
NOTHING = "\\N"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_REFERENCE = r"[A-Za-z0-9./-]{1,60}"
PLAIN = {
    "contact_ref": _REFERENCE,
    "matter_ref": f"(?:{_REFERENCE})?",
    "person_ref": f"(?:{_REFERENCE})?",
    "at": r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z",
}
"""Text in these columns that needs no reading, but for the day, which must be in the calendar."""
_NAMES_THAT_ARE_NOTHING = re.compile(r"(?:^|\t)NULL(?:\t|$)")


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
    """Turns the cells of a sheet's rows into lines to copy, in the order of `sheet.staged`.

    In: the sheet with the columns that there are, where each is in a row, and the columns that the source has not.
    """

    sheet: Sheet
    places: Sequence[int]
    lacking: tuple[str, ...] = ()
    _plain: Callable[[Sequence[str]], Any] = field(init=False)
    _few: Callable[[Sequence[str]], Any] = field(init=False)

    def __post_init__(self) -> None:
        found = sorted(zip(self.sheet.columns, self.places, strict=True), key=lambda each: each[0].name not in PLAIN)
        columns, places = [column for column, _ in found], [place for _, place in found]
        self.sheet, self.places = replace(self.sheet, columns=tuple(columns)), places
        many = sum(column.name in PLAIN for column in columns)
        self._plain, self._few = several(places[:many]), several(places[many:])
        self._pattern = re.compile("\t".join(PLAIN[column.name] for column in columns[:many]))
        self._memory = [Remembered(column) for column in columns[many:]]
        self._days = Remembered(next((column for column in columns if column.name == "at"), columns[0]))

    def read(self, cells: Sequence[str]) -> tuple[str | None, list[Problem]]:
        """One row as COPY takes it, or None if it cannot be loaded, and what is wrong with it."""
        plain = "\t".join(self._plain(cells))
        if self._is_plain(plain):
            try:
                few = [memory[text] for memory, text in zip(self._memory, self._few(cells))]  # noqa: B905
                return self._whole("\t".join([plain, *few]), []), []  # type: ignore[list-item]
            except TypeError:
                pass
        return self._read_slowly(cells)

    def _is_plain(self, plain: str) -> bool:
        found = self._pattern.fullmatch(plain)
        if found is None or ("NULL" in plain and _NAMES_THAT_ARE_NOTHING.search(plain)):
            return False
        return not found.lastindex or self._days[f"{found[1]}T00:00:00Z"] is not None

    def _read_slowly(self, cells: Sequence[str]) -> tuple[str | None, list[Problem]]:
        values, problems = self.sheet.read([cells[place].strip() for place in self.places])
        if any(problem.whole_row for problem in problems):
            return None, problems
        return self._whole(as_copied(values), problems), problems

    def _whole(self, said: str, problems: list[Problem]) -> str:
        """The line with what is worked out of it: a digest; or the days of which the source does not tell readably."""
        if self.sheet.worked_out == ("digest",):
            return f"{said}\t{digest(said)}"
        wrong = [problem.column for problem in problems if problem.column in DAYS]
        unknown = dict.fromkeys([*(name for name in self.lacking if name in DAYS), *wrong])
        return f"{said}\t{{{','.join(unknown)}}}"


def several(places: Sequence[int]) -> Callable[[Sequence[str]], Any]:
    """What takes the cells at these places out of a row, none, one or more, always as a sequence."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda cells: [cells[place] for place in places]


def digest(said: str) -> int:
    """All that a source says of a contact, in 64 bits with a sign: a row that says nothing new is not written again."""
    return int.from_bytes(hashlib.blake2b(said.encode(), digest_size=8).digest(), "big", signed=True)


class LogFile:
    """One of the two files in a folder. Its first line is read at once: it decides which columns the sheet has."""

    def __init__(self, sheet: Sheet, path: Path) -> None:
        self._file = CsvFile(sheet.file, path)
        self._lines = self._file.lines()
        order = order_of(sheet, next(self._lines).cells)
        there = [(column, place) for column, place in zip(sheet.columns, order, strict=True) if place is not None]
        lacking = tuple(column.name for column, place in zip(sheet.columns, order, strict=True) if place is None)
        present = replace(sheet, columns=tuple(column for column, _ in there))
        self.name = sheet.file
        self.reader = Reader(present, [place for _, place in there], lacking)

    @property
    def size(self) -> int:
        return self._file.size

    @property
    def bytes_read(self) -> int:
        return self._file.bytes_read

    def lines(self) -> Iterator[Line]:
        """The lines after the first. Raises `Unreadable`, at any point."""
        return self._lines
