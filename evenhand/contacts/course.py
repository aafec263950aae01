"""Reads the files of a contact log while the database, asked in a thread beside, writes the rows before them.

Everything runs in one transaction: a file that breaks off near its end leaves nothing behind.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from evenhand.contacts import judging, loading, staging, to_judge
from evenhand.contacts.loading import Loaded
from evenhand.contacts.reading import LogFile
from evenhand.people.register.sheet import Problem

BLOCK = 10_000
"""Rows that are read between one word of how far it is and the next; so many that are wrong are told at once."""
PART = 500_000
"""Rows that are judged and written together, and are kept in memory while those before them are."""
PIECE = 100_000
"""Rows that are worth writing already when the database has nothing else to do."""
WORK_MEMORY = "96MB"
"""What the database may use for one step of joining them."""
Row = tuple[int, Problem]


class OutOfOrder(Exception):
    """A row may come twice, and part of the rows is already written: only all of them together can tell."""


@dataclass
class Held:
    """Rows that were read and are not with the database yet: lines to copy, and what is wrong, with its line."""

    blocks: list[str] = field(default_factory=list)
    rows: int = 0
    wrong: list[Row] = field(default_factory=list)

    def enough(self, idle: bool) -> bool:
        """Whether they are handed over. In: whether the database has nothing to do."""
        return self.rows >= (PIECE if idle else PART) or len(self.wrong) >= BLOCK


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
    _last: str = ""

    def run(self, files: Sequence[LogFile], after_block: Callable[[LogFile, int], None]) -> None:
        """Reads and writes everything. Call it inside a transaction. Raises `Unreadable` and `OutOfOrder`."""
        staging.prepare()
        loading.alone_with(self.source)
        with _thread_beside() as beside:
            for file in files:
                self._read(file, beside, after_block)
            self._wait()
        loading.settle(self.source)
        to_judge.note_late(self.register)

    def _read(self, file: LogFile, beside: ThreadPoolExecutor, after_block: Callable[[LogFile, int], None]) -> None:
        """Reads a part while the one before is written, then copies it in while nothing else goes on: sent beside the
        reading, rows wait for the interpreter more than for the database."""
        self.read[file.name], self._twice, self._last = 0, False, ""
        held, staged, written, more = Held(), 0, False, True
        while more:
            more = self._rows(file, held)
            if self._twice and written:
                raise OutOfOrder
            after_block(file, self.read[file.name])
            if more and not held.enough(not self._under_way or self._under_way.done()):
                continue
            self._wait()
            self._take(file, held)
            staged, held = staged + held.rows, Held()
            if not more or (self.in_parts and staged >= PIECE and not self._twice):
                twice = (file.name.removesuffix("s.csv"),) if self._twice else ()
                self._under_way = beside.submit(self._write, not written or self._twice, twice)
                staged, written = 0, True

    def _rows(self, file: LogFile, held: Held) -> bool:
        """Reads the next block, whole: a file that breaks off must not break a statement too. Out: whether more may
        follow."""
        reader, lines, before = file.reader, list[str](), self.read[file.name]
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
                held.wrong += [(line.number, problem) for problem in wrong]
        held.blocks.append("".join(lines))
        held.rows += len(lines)
        return self.read[file.name] - before == BLOCK

    def _wait(self) -> None:
        """Until what is under way is written. Raises what went wrong with it."""
        if self._under_way:
            self._under_way.result()

    def _take(self, file: LogFile, held: Held) -> None:
        for block in held.blocks:
            staging.copy_in(file.reader.sheet, block)
        staging.report(file.reader.sheet, held.wrong)

    def _write(self, learn: bool, twice: Sequence[str]) -> None:
        if learn:
            staging.learn_sizes()
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
        # A part names most of its matters once or twice: to remember each is slower than to hash all.
        cursor.execute("SELECT set_config('enable_memoize', 'off', true)")
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
