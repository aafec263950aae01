"""Reads one CSV file line by line, whatever wrote it, or says why it cannot be read."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

LONGEST_LINE = 1_000_000
_OTHER_FORMATS = {
    b"PK\x03\x04": "an Excel workbook or another packed file",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a packed file",
}
_OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}


class Unreadable(Exception):
    """A file that cannot be read at all: nothing is done with it. The words say which file, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a file: the line it starts on and its cells as they are, or why they cannot be trusted."""

    number: int
    cells: list[str]
    wrong: str = ""


@dataclass
class CsvFile:
    """One file, called `name` in whatever is said of it. `bytes_read` grows while `lines` is consumed."""

    name: str
    path: Path
    bytes_read: int = 0
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = self.path.stat().st_size

    def lines(self) -> Iterator[Line]:
        """The header first, then every line that is not blank. Raises `Unreadable`, at any point."""
        with self.path.open("rb") as raw:
            reader = csv.reader(self._text(raw, self._encoding(raw)), strict=True)
            header = self._header(reader)
            yield header
            last = header
            while True:
                number = reader.line_num + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    break
                except csv.Error as error:
                    last = Line(number, [], self._quoting(error, number))
                    yield last
                    continue
                if any(cells):
                    last = Line(number, cells, _width(cells, len(header.cells)))
                    yield last
            if last.wrong and not _ends_with_newline(raw):
                raise Unreadable(f"{self.name} stops in the middle of line {last.number}. Export it again.")

    def _header(self, reader: Iterator[list[str]]) -> Line:
        try:
            names = next(reader, [])
        except csv.Error as error:
            raise Unreadable(f"The first line of {self.name} cannot be read. {self._quoting(error, 1)}") from error
        if len(names) == 1:
            for sign, words in _OTHER_DELIMITERS.items():
                if sign in names[0]:
                    raise Unreadable(f"{self.name} has {words} between its columns. Save it with commas.")
        return Line(1, names)

    def _encoding(self, raw: BinaryIO) -> str:
        """How the file is written: UTF-16 if it says so, otherwise "", which is decided line by line."""
        start = raw.read(4096)
        raw.seek(0)
        if not start.removeprefix(codecs.BOM_UTF8).strip():
            raise Unreadable(f"{self.name} is empty. Export it again.")
        for mark, what in _OTHER_FORMATS.items():
            if start.startswith(mark):
                raise Unreadable(f"{self.name} is {what}, not a CSV file. Save it as “CSV UTF-8”.")
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if b"\0" in start:
            raise Unreadable(f"{self.name} is not a text file. Save it as “CSV UTF-8”.")
        return ""

    def _text(self, raw: BinaryIO, encoding: str) -> Iterator[str]:
        """The lines as text: UTF-8, or else Windows-1252, decided for each line, as joined exports may mix them."""
        if encoding:
            yield from self._wide(raw, encoding)
            return
        first = True
        while line := raw.readline(LONGEST_LINE):
            self._refuse_endless(line)
            self.bytes_read += len(line)
            if first:
                line, first = line.removeprefix(codecs.BOM_UTF8), False
            try:
                yield line.decode()
            except UnicodeDecodeError:
                yield line.decode("cp1252", "replace")

    def _wide(self, raw: BinaryIO, encoding: str) -> Iterator[str]:
        """The lines of letters of two bytes. Half a letter, as where a file was cut, is one that nobody knows."""
        text = io.TextIOWrapper(raw, encoding, "replace", newline="")
        try:
            while line := text.readline(LONGEST_LINE):
                self._refuse_endless(line)
                self.bytes_read = min(self.size, self.bytes_read + 2 * len(line))
                yield line
        finally:
            if not raw.closed:
                text.detach()

    def _refuse_endless(self, line: bytes | str) -> None:
        if len(line) >= LONGEST_LINE:
            raise Unreadable(f"{self.name} has a line of more than a million characters. Export it again.")

    def _quoting(self, error: csv.Error, number: int) -> str:
        if "unexpected end of data" in str(error):
            raise Unreadable(
                f"{self.name} opens a quotation mark on line {number} and ends before closing it. Export it again."
            ) from error
        if "new-line character" in str(error):
            raise Unreadable(f"{self.name} ends its lines in an old way. Save it as “CSV UTF-8”.") from error
        return "Its quotation marks do not match."


def _width(cells: list[str], expected: int) -> str:
    """What is wrong with a line that has more or fewer cells than the first."""
    return "" if len(cells) == expected else f"It has {len(cells)} columns where the first line has {expected}."


def _ends_with_newline(raw: BinaryIO) -> bool:
    raw.seek(-2, 2)
    # In letters of two bytes the end of a line may have its empty byte last.
    return raw.read(2).removesuffix(b"\0").endswith(b"\n")
