"""Reads one file of a register line by line, whatever wrote it, or says why it cannot be read."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from evenhand.people.register.sheet import Sheet

LONGEST_LINE = 1_000_000
_OTHER_FORMATS = {
    b"PK\x03\x04": "an Excel workbook or another packed file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a packed file",
}
_OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}


class Unreadable(Exception):
    """A file that cannot be read at all: nothing is loaded. The words say which file, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file it starts on and its cells in the sheet's order, or why it has none."""

    line: int
    cells: list[str]
    wrong: str = ""


@dataclass
class RegisterFile:
    """One file in a folder. `bytes_read` grows while `rows` is consumed."""

    sheet: Sheet
    path: Path
    bytes_read: int = 0
    size: int = field(init=False)

    def __post_init__(self) -> None:
        if not self.path.is_file():
            raise Unreadable(f"There is no {self.sheet.file} in {self.path.parent}. All four files are needed.")
        self.size = self.path.stat().st_size

    def rows(self) -> Iterator[Row]:
        """Every row after the header. Raises `Unreadable` if the file is not what it should be, at any point."""
        with self.path.open("rb") as raw:
            reader = csv.reader(self._lines(raw, self._encoding(raw)), strict=True)
            order, width = self._header(self._first(reader))
            last: Row | None = None
            while True:
                line = reader.line_num + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    break
                except csv.Error as error:
                    last = Row(line, [], self._quoting(error, line))
                    yield last
                    continue
                if not cells or not any(cells):
                    continue
                last = self._row(line, cells, order, width)
                yield last
            if last and last.wrong and not self._ends_with_newline(raw):
                raise Unreadable(f"{self.sheet.file} stops in the middle of line {last.line}. Export it again.")

    def _first(self, reader: Iterator[list[str]]) -> list[str]:
        try:
            return next(reader, [])
        except csv.Error as error:
            raise Unreadable(
                f"The first line of {self.sheet.file} cannot be read. {self._quoting(error, 1)}"
            ) from error

    def _row(self, line: int, cells: list[str], order: list[int], width: int) -> Row:
        if len(cells) != width:
            first = [cells[order[0]].strip()] if order[0] < len(cells) else []
            return Row(line, first, f"It has {len(cells)} columns where the first line has {width}.")
        return Row(line, [cells[place].strip() for place in order])

    def _encoding(self, raw: BinaryIO) -> str:
        """How the file is written: UTF-16 if it says so, otherwise "", which is decided line by line."""
        start = raw.read(4096)
        raw.seek(0)
        file = self.sheet.file
        if not start.removeprefix(codecs.BOM_UTF8).strip():
            raise Unreadable(f"{file} is empty. Export it again.")
        for mark, what in _OTHER_FORMATS.items():
            if start.startswith(mark):
                raise Unreadable(f"{file} is {what}, not a CSV file. Save it as “CSV UTF-8”.")
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if b"\0" in start:
            raise Unreadable(f"{file} is not a text file. Save it as “CSV UTF-8”.")
        return ""

    def _lines(self, raw: BinaryIO, encoding: str) -> Iterator[str]:
        """The lines as text: UTF-8, or else Windows-1252, decided for each line, as joined exports may mix them."""
        if encoding:
            for words in codecs.getreader(encoding)(raw):
                self.bytes_read = min(self.size, self.bytes_read + 2 * len(words))
                yield words
            return
        first = True
        while line := raw.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise Unreadable(f"{self.sheet.file} has a line of more than a million characters. Export it again.")
            self.bytes_read += len(line)
            if first:
                line, first = line.removeprefix(codecs.BOM_UTF8), False
            try:
                yield line.decode()
            except UnicodeDecodeError:
                yield line.decode("cp1252", "replace")

    def _header(self, names: list[str]) -> tuple[list[int], int]:
        """Where each of our columns is, and how many columns the file has."""
        file, found = self.sheet.file, [name.strip().lower() for name in names]
        if len(names) == 1:
            for sign, words in _OTHER_DELIMITERS.items():
                if sign in names[0]:
                    raise Unreadable(f"{file} has {words} between its columns. Save it with commas.")
        missing = [column.name for column in self.sheet.columns if column.name not in found]
        if missing:
            raise Unreadable(
                f"{file} lacks {'the column' if len(missing) == 1 else 'the columns'} {', '.join(missing)}. "
                f"Its first line must name {', '.join(column.name for column in self.sheet.columns)}."
            )
        twice = [column.name for column in self.sheet.columns if found.count(column.name) > 1]
        if twice:
            raise Unreadable(f"{file} names the column {twice[0]} twice.")
        return [found.index(column.name) for column in self.sheet.columns], len(names)

    def _quoting(self, error: csv.Error, line: int) -> str:
        if "unexpected end of data" in str(error):
            raise Unreadable(
                f"{self.sheet.file} opens a quotation mark on line {line} and ends before closing it. Export it again."
            ) from error
        if "new-line character" in str(error):
            raise Unreadable(f"{self.sheet.file} ends its lines in an old way. Save it as “CSV UTF-8”.") from error
        return "Its quotation marks do not match."

    def _ends_with_newline(self, raw: BinaryIO) -> bool:
        raw.seek(-1, 2)
        return raw.read(1) in (b"\n", b"\0")
