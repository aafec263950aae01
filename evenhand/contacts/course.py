"""Reads the files of a contact log while the database, in a thread beside, takes in and writes the rows before them.

Everything runs in one transaction: a file that breaks off near its end leaves nothing behind.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from evenhand.contacts import judging, loading, staging, to_judge
from evenhand.contacts.loading import Loaded
from evenhand.contacts.reading import LogFile
from evenhand.people.register.sheet import Problem

BLOCK = 10_000
"""Rows that are read before they are handed on."""
PART = 500_000
"""Rows that are judged and written together."""
WORK_MEMORY = "96MB"
"""What the database may use for one step of joining them."""
Row = tuple[int, Problem]


class OutOfOrder(Exception):
    """A row may come twice, and part of the rows is already written: only all of them together can tell."""


@dataclass
class Course:
    """One reading of the files. In: the source of the rows, that of the people they name, since when contacts are held
    against the limits, and whether the rows may be written in parts, which needs them in order of their references."""

    source: str
    register: str
    since: datetime
    in_parts: bool
    loaded: Loaded = Loaded()
    read: dict[str, int] = field(default_factory=dict)
    _under_way: "Future[None] | None" = None
    _twice: bool = False
    _learnt: bool = False
    _waiting: int = 0
    _last: str = ""

    def run(self, files: Sequence[LogFile], after_block: Callable[[LogFile, int], None]) -> None:
        """Reads and writes everything. Call it inside a transaction. Raises `Unreadable` and `OutOfOrder`."""
        staging.prepare()
        loading.alone_with(self.source)
        with _thread_beside() as beside:
            for file in files:
                self._read(file, beside, after_block)
        loading.settle(self.source)
        to_judge.note_late(self.register)

    def _read(self, file: LogFile, beside: ThreadPoolExecutor, after_block: Callable[[LogFile, int], None]) -> None:
        self.read[file.name], self._waiting, self._twice, self._last = 0, 0, False, ""
        self._learnt = written = False
        # A block is read whole before it is handed on: a file that breaks off must not break a statement too.
        while True:
            lines, wrong = self._rows(file)
            if self._twice and written:
                raise OutOfOrder
            if not lines and not wrong:
                break
            self._next(beside, self._take, file, "".join(lines), wrong)
            self._waiting += len(lines)
            after_block(file, self.read[file.name])
            if self.in_parts and self._waiting >= PART and not self._twice:
                self._next(beside, self._write, ())
                self._waiting, written = 0, True
        self._next(beside, self._write, (file.name.removesuffix("s.csv"),) if self._twice else ())
        self._next(beside, lambda: None)

    def _rows(self, file: LogFile) -> tuple[list[str], list[Row]]:
        """The next block's lines to copy, and what is wrong in it; nothing of either at the end."""
        reader, lines, problems = file.reader, list[str](), list[Row]()
        # One line at a time is alive: ten thousand would be walked over again and again for garbage.
        for line in islice(file.lines(), BLOCK):
            self.read[file.name] += 1
            row, wrong = (None, [Problem("", "", line.wrong, True)]) if line.wrong else reader.read(line.cells)
            if row is not None:
                lines.append(f"{row}\t{line.number}\n")
                ref = row[: row.index("\t")]
                # Each reference after the one before, as most exports have them: then none can come twice.
                self._twice = self._twice or ref <= self._last
                self._last = ref
            if wrong:
                problems += [(line.number, problem) for problem in wrong]
        return lines, problems

    def _next(self, beside: ThreadPoolExecutor, work: Callable[..., None], *what: Any) -> None:
        """Hands the next piece of work over, once the one before is done."""
        if self._under_way:
            self._under_way.result()
        self._under_way = beside.submit(work, *what)

    def _take(self, file: LogFile, lines: str, wrong: Sequence[Row]) -> None:
        staging.copy_in(file.reader.sheet, lines)
        staging.report(file.reader.sheet, wrong)

    def _write(self, twice: Sequence[str]) -> None:
        if not self._learnt or twice:
            staging.learn_sizes()
        self._learnt = True
        judging.judge(self.register, twice=twice)
        self.loaded += (loaded := loading.load(self.source, self.register))
        judging.report_lost_matters(self.source)
        if any(loaded.contacts):
            to_judge.staged(self.since)
        staging.empty()


@contextmanager
def roomy() -> Iterator[None]:
    """A transaction in which very many rows can be joined."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [WORK_MEMORY])
        yield


@contextmanager
def _thread_beside() -> Iterator[ThreadPoolExecutor]:
    """One thread that works on this very connection, in its transaction, while we read on."""
    ours = connections[DEFAULT_DB_ALIAS]

    def share() -> None:
        connections[DEFAULT_DB_ALIAS] = ours

    ours.inc_thread_sharing()
    try:
        with ThreadPoolExecutor(1, initializer=share) as beside:
            yield beside
    finally:
        ours.dec_thread_sharing()


@contextmanager
def told(import_id: int) -> Iterator[Callable[[int], None]]:
    """What tells others how many bytes were read, now and then, over a connection apart: ours shows nothing yet.

    Where somebody else's transaction is already open, nobody could see the import, and nothing is told.
    """
    if connection.in_atomic_block:
        yield lambda bytes_done: None
        return
    apart, last = connections[DEFAULT_DB_ALIAS].copy(), 0.0

    def tell(bytes_done: int) -> None:
        nonlocal last
        if time.monotonic() - last >= 1:
            last = time.monotonic()
            with apart.cursor() as cursor:
                cursor.execute(
                    "UPDATE people_registerimport SET bytes_done = %s WHERE id = %s", [bytes_done, import_id]
                )

    try:
        yield tell
    finally:
        apart.close()
