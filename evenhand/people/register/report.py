"""What an import did, and everything wrong with the files, in words and as CSV."""

import csv
from collections.abc import Iterator
from typing import TextIO

from evenhand.people.models import RegisterImport, RejectedRow
from evenhand.people.spreadsheet import harmless

COLUMNS = ("file", "line", "column", "value", "reason", "loaded")
REGISTER = ("homes.csv", "people.csv", "tenancies.csv", "tenancy_people.csv", "needs", "alerts.csv")
FILES = (*REGISTER, "matters.csv", "contacts.csv")
WORDS = ("read", "not loaded", "added", "changed", "unchanged", "waiting", "begun", "ending", "ended")


def in_words(record: RegisterImport, most: int = 50) -> Iterator[str]:
    """The outcome line by line: counts of each file, then up to `most` things wrong, by file, line and column."""
    for name, counts in in_order(record):
        yield f"{name}: " + ", ".join(f"{number:,} {word}" for word, number in counts)
    wrong = record.rejected.count()
    if wrong:
        yield f"{wrong:,} {'thing is' if wrong == 1 else 'things are'} wrong in the files:"
    for row in record.rejected.all()[:most]:
        yield "  " + sentence(row)
    if wrong > most:
        yield f"  and {wrong - most:,} more."


def in_order(record: RegisterImport) -> list[tuple[str, list[tuple[str, int]]]]:
    """The counts of each file, always in the same order: the database keeps its own."""
    return [
        (name, [(word, record.counts[name][word]) for word in WORDS if word in record.counts[name]])
        for name in FILES
        if name in record.counts
    ]


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
        writer.writerow([row.file, row.line, row.column, harmless(row.value), row.reason, loaded])
        written += 1
    return written
