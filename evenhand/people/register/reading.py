"""Reads one file of a register: its cells in the order of the sheet, whatever order the file has them in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evenhand.people.csv_file import CsvFile, Unreadable
from evenhand.people.register.sheet import Sheet


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
    _file: CsvFile = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.path.is_file():
            raise Unreadable(f"There is no {self.sheet.file} in {self.path.parent}. All four files are needed.")
        self._file = CsvFile(self.sheet.file, self.path)

    @property
    def name(self) -> str:
        return self.sheet.file

    @property
    def size(self) -> int:
        return self._file.size

    @property
    def bytes_read(self) -> int:
        return self._file.bytes_read

    def rows(self) -> Iterator[Row]:
        """Every row after the header. Raises `Unreadable` if the file is not what it should be, at any point."""
        lines = self._file.lines()
        order = order_of(self.sheet, next(lines).cells)
        first = order[0] or 0
        for line in lines:
            if line.wrong:
                yield Row(line.number, [cell.strip() for cell in line.cells[first : first + 1]], line.wrong)
            else:
                yield Row(line.number, ["" if place is None else line.cells[place].strip() for place in order])


def order_of(sheet: Sheet, names: list[str]) -> list[int | None]:
    """Where each column of the sheet is in a file whose first line has these names; None for one it may lack."""
    found = [name.strip().lower() for name in names]
    missing = [column.name for column in sheet.columns if column.name not in found and not column.optional]
    if missing:
        raise Unreadable(
            f"{sheet.file} lacks {'the column' if len(missing) == 1 else 'the columns'} {', '.join(missing)}. "
            f"Its first line must name {', '.join(column.name for column in sheet.columns if not column.optional)}."
        )
    twice = [column.name for column in sheet.columns if found.count(column.name) > 1]
    if twice:
        raise Unreadable(f"{sheet.file} names the column {twice[0]} twice.")
    return [found.index(column.name) if column.name in found else None for column in sheet.columns]
