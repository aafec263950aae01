"""A file of visits from its first byte to the file given back: every row as it was, and what to do beside it."""

import csv
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings

from evenhand.cases.circumstances import Moment
from evenhand.people.csv_file import CsvFile, Line, Unreadable
from evenhand.people.models import User
from evenhand.people.spreadsheet import harmless
from evenhand.policy import contact_plan
from evenhand.policy.answer import AnswerCode
from evenhand.sharing import booking, visit_looks
from evenhand.sharing.attending import colleagues
from evenhand.sharing.booking import Asked
from evenhand.sharing.ledger import Recipient
from evenhand.sharing.models.booking import ListState, VisitList
from evenhand.sharing.visit_answer import COLUMNS, DO_SOMETHING, HEADER, in_columns
from evenhand.sharing.visit_columns import Columns
from evenhand.sharing.visit_row import Row, Wrong, read
from evenhand.sharing.visits import Checked

BLOCK = 5_000
"""Rows answered at once: memory holds no more of them."""
BOM = "\ufeff"
"""What a spreadsheet must see first, to read the letters right."""
MOST_WRONG = 200
"""What is shown of what is wrong; all of it stands beside the rows of the answered file."""
MOST_BYTES = 64 * 1024 * 1024
COUNTED = {**dict.fromkeys(DO_SOMETHING, "with something to do"), AnswerCode.NOTHING_HELD.value: "nothing held"}
NOT_SURE = "not certain"


class Out(Protocol):
    """Where the answered file goes."""

    def write(self, text: str, /) -> object: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of visits: where it lies, what it is called, and the system its references are of."""

    path: Path
    name: str
    source: str


@dataclass
class Outcome:
    """What checking a file came to, and where it is wrong: (line, what) in the order of its lines."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[int, Wrong]] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Whether every row has an answer that can be relied on."""
        return not self.counts[NOT_SURE] and not self.wrong


def check_file(
    sheet: Sheet,
    moment: Moment,
    out: Out | None,
    *,
    by: User | None = None,
    holder: Recipient | None = None,
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Checks every visit of a file and writes it to `out` with the answers; without `out` it is a trial.

    In: `by` is who reads the answers, if that is a colleague who signed in; else `holder` is who keeps the
    file with them, for the ledger of disclosures (rule 14). A trial keeps nothing and tells nobody.
    Raises `Unreadable` before anything is kept or written.
    """
    whole = CsvFile(sheet.name, sheet.path)
    for _ in whole.lines():
        pass
    lines = CsvFile(sheet.name, sheet.path).lines()
    columns = Columns(sheet.name, next(lines).cells)
    outcome, seen = Outcome(), dict[str, int]()
    writer = csv.writer(out) if out else None
    if out and writer:
        out.write(BOM)
        writer.writerow([*map(harmless, columns.kept), *HEADER])
    for block in _blocks(lines, columns, moment.day):
        _without_repeats(block, seen)
        answers = _answered(sheet, block, moment, (by, holder), keep=writer is not None, outcome=outcome)
        for row, answer in zip(block, answers, strict=True):
            outcome.wrong += [(row.line, wrong) for wrong in row.wrong]
            if writer:
                writer.writerow([*map(harmless, row.cells), *(harmless(answer[name]) for name in COLUMNS)])
        if progress:
            progress(outcome.counts["read"])
    return outcome


def _blocks(lines: Iterator[Line], columns: Columns, today: date) -> Iterator[list[Row]]:
    zone = ZoneInfo(settings.TIME_ZONE)
    while block := [read(line, columns, zone, today) for line in islice(lines, BLOCK)]:
        yield block


def _without_repeats(block: Iterable[Row], seen: dict[str, int]) -> None:
    """A reference that comes twice in a file is of two visits, or a mistake: both are answered, the first is kept."""
    for row in block:
        if not row.reference:
            continue
        if first := seen.get(row.reference):
            reason = f"This reference is on line {first} already. The visit was answered, but not kept."
            row.wrong.append(Wrong("reference", row.reference, reason))
            row.reference = ""
        else:
            seen[row.reference] = row.line


def _answered(
    sheet: Sheet,
    block: list[Row],
    moment: Moment,
    readers: tuple[User | None, Recipient | None],
    *,
    keep: bool,
    outcome: Outcome,
) -> list[dict[str, str]]:
    """The columns to add to each row."""
    users = colleagues((row.attending for row in block), moment.day)
    asked = [
        Asked(row.reference, row.where, row.when, row.attending, row.contractor, users.get(row.attending))
        for row in block
        if row.when
    ]
    if keep:
        by, holder = readers
        found, kept = booking.check_and_keep(sheet.source, asked, moment, by, holder)
        outcome.counts.update(added=kept.added, changed=kept.changed, unchanged=kept.unchanged)
        visit_looks.log(found, moment.at, by, f"A list of visits: {sheet.name}")
    else:
        found = booking.check(asked, moment)
    outcome.counts["read"] += len(block)
    answers = iter(found)
    return [_columns(row, next(answers) if row.when else None, moment.at, outcome) for row in block]


def _columns(row: Row, found: Checked | None, at: datetime, outcome: Outcome) -> dict[str, str]:
    wrong = " ".join(dict.fromkeys(each.reason for each in row.wrong))
    if found is None:
        outcome.counts[NOT_SURE] += 1
        return in_columns(contact_plan.unanswered(AnswerCode.NOT_KNOWN, at), wrong)
    outcome.counts[COUNTED.get(found.answer.code.value, NOT_SURE)] += 1
    if found.match.trouble and not row.wrong:
        row.wrong.append(Wrong("", "", found.match.trouble))
    return in_columns(found.answer, " ".join(dict.fromkeys(filter(None, (wrong, found.match.trouble)))))


def begin(name: str, source: str, given: bytes, at: datetime, by: User) -> VisitList:
    """Keeps an uploaded file until it is checked. `run` does it."""
    return VisitList.objects.create(name=name[:200], source=source, given=given, at=at, by=by)


def run(pk: int, moment: Moment, clock: Callable[[], datetime]) -> VisitList:
    """Checks a list that `begin` wrote down. Out: it, with its state and the answered file.

    A file that cannot be read is a state, not an exception. Call it outside a transaction.
    """
    found = VisitList.objects.select_related("by").get(pk=pk)
    if ListState(found.state).is_over or found.given is None:
        return found
    VisitList.objects.filter(pk=pk).update(state=ListState.CHECKING)
    out = StringIO()
    try:
        with tempfile.NamedTemporaryFile(suffix=".csv") as file:
            file.write(bytes(found.given))
            file.flush()
            outcome = check_file(Sheet(Path(file.name), found.name, found.source), moment, out, by=found.by)
    except Unreadable as unreadable:
        return _end(found, ListState.REFUSED, f"{unreadable} Nothing was checked.", clock())
    except Exception:
        _end(found, ListState.FAILED, "It broke off. Check the list again.", clock())
        raise
    found.answered, found.counts = out.getvalue().encode(), dict(outcome.counts)
    found.counts["wrong"] = len(outcome.wrong)
    found.wrong = [[line, each.column, each.value[:200], each.reason] for line, each in outcome.wrong[:MOST_WRONG]]
    return _end(found, ListState.DONE, "", clock())


def _end(found: VisitList, state: ListState, message: str, at: datetime) -> VisitList:
    found.state, found.message, found.ended_at, found.given = state, message, at, None
    found.save(update_fields=["state", "message", "ended_at", "given", "answered", "counts", "wrong"])
    return found
