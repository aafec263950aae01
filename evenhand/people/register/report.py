"""What an import did, and everything wrong with the files, in words and as CSV."""

import csv
from collections.abc import Iterator
from typing import TextIO

from evenhand.people.models import RegisterImport, RejectedRow

COLUMNS = ("file", "line", "column", "value", "reason", "loaded")
# A spreadsheet would run a cell that starts with one of these.
_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def in_words(record: RegisterImport, most: int = 50) -> Iterator[str]:
    """The outcome line by line: counts of each file, then up to `most` things wrong, by file, line and column."""
    for name, counts in record.counts.items():
        yield f"{name}: " + ", ".join(f"{number:,} {word}" for word, number in counts.items())
    wrong = record.rejected.count()
    if wrong:
        yield f"{wrong:,} {'thing is' if wrong == 1 else 'things are'} wrong in the files:"
    for row in record.rejected.all()[:most]:
        yield "  " + sentence(row)
    if wrong > most:
        yield f"  and {wrong - most:,} more."


def sentence(row: RejectedRow) -> str:
    """One thing wrong: where, what, why, and what became of the row."""
    where = f"{row.file}, line {row.line}" + (f", {row.column}" if row.column else "")
    what = f" “{row.value}”" if row.value else ""
    return f"{where}{what}: {row.reason}" + (" The row was not loaded." if row.whole_row else "")


def write_csv(record: RegisterImport, stream: TextIO) -> int:
    """Writes everything wrong as CSV, one thing a line. Out: how many lines after the header."""
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    written = 0
    for row in record.rejected.iterator(chunk_size=2_000):
        loaded = "no" if row.whole_row else "yes, without this"
        writer.writerow([row.file, row.line, row.column, _harmless(row.value), row.reason, loaded])
        written += 1
    return written


def _harmless(value: str) -> str:
    return f"'{value}" if value.startswith(_RUN_BY_SPREADSHEETS) else value
