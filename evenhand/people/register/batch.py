"""Rows of a register that another system sends as they change: judged and loaded exactly as the files of an import are.

Who is not in a batch has not left: a batch is never the whole register. All batches of one system and day are one
import, so that the list of imports stays one that people can read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from evenhand.people.models import RegisterImport, RejectedRow
from evenhand.people.models.register import ImportState
from evenhand.people.register import alert_loading, judging, loading, staging
from evenhand.people.register.alert_loading import From
from evenhand.people.register.alert_sheet import alerts
from evenhand.people.register.reading import Row
from evenhand.people.register.running import LOCK
from evenhand.people.register.sheet import Sheet, all_sheets

Given = Mapping[str, str | None]
FROM = "key:"
"""What `folder` of an import begins with when its rows came from another system, and not from files."""


class Busy(Exception):
    """The register is being brought in just now."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: for each sheet what was read, added, changed, unchanged and not loaded; what was wrong.

    The `line` of a wrong row is its place among the rows of its sheet, from 1.
    """

    counts: dict[str, dict[str, int]]
    wrong: list[RejectedRow]


@dataclass(frozen=True, slots=True)
class GivenRows:
    """The rows of one sheet as they were sent, in place of a file."""

    sheet: Sheet
    given: Sequence[Given]

    def rows(self) -> Iterator[Row]:
        """Each row with its cells in the sheet's order; what was not said is an empty cell."""
        for line, row in enumerate(self.given, start=1):
            yield Row(line, [(row.get(column.name) or "").strip() for column in self.sheet.columns])


def write(given: Mapping[str, Sequence[Given]], *, source: str, sent_by: str, at: datetime, day: date) -> Outcome:
    """Takes a batch in, in one transaction. In: the rows of each sheet by its name, and which system sent them.

    Raises `Busy` while an import of the register runs.
    """
    sheets = all_sheets(day)
    with transaction.atomic():
        _wait_for_nobody()
        record = _record(source, sent_by, at, day)
        last = RejectedRow.objects.filter(register_import=record).order_by("-pk").values_list("pk", flat=True).first()
        beside = alerts(day)
        staging.prepare((*sheets, beside))
        read = {sheet: _stage(sheet, given.get(sheet.name, ()), record.pk) for sheet in (*sheets, beside)}
        judging.refuse(sheets, record.pk, source)
        alert_loading.refuse(beside, sheets, From(record.pk, source, source))
        wrong = list(RejectedRow.objects.filter(register_import=record, pk__gt=last or 0).order_by("pk"))
        counts = {
            sheet.name: _load(sheet, number, wrong, record, day) for sheet, number in read.items()
        }  # fmt: skip
        loading.needs(record.pk, source, day)
        staging.clear((*sheets, beside))
        _note(record, counts, at)
    return Outcome({name: numbers for name, numbers in counts.items() if numbers["read"]}, wrong)


def _wait_for_nobody() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Busy


def _record(source: str, sent_by: str, at: datetime, day: date) -> RegisterImport:
    """The import of this system and day. Days are told apart in its name: the moment's own day may be another."""
    folder = f"{FROM}{sent_by}/{day.isoformat()}"
    record, _ = RegisterImport.objects.get_or_create(
        source=source, folder=folder, defaults={"started_at": at, "state": ImportState.DONE}
    )
    return record


def _stage(sheet: Sheet, given: Sequence[Given], import_id: int) -> int:
    rows = GivenRows(sheet, given)
    number, _ = staging.fill(rows, import_id, lambda so_far: None)
    return number


_STEPS = {
    "homes": loading.homes,
    "people": loading.people,
    "tenancies": loading.tenancies,
    "tenancy_people": loading.tenancy_people,
}


def _load(sheet: Sheet, read: int, wrong: list[RejectedRow], record: RegisterImport, day: date) -> dict[str, int]:
    added = changed = 0
    if read and sheet.name in _STEPS:
        added, changed = _STEPS[sheet.name](record.pk, record.source)
    elif read:
        added, changed = alert_loading.load(From(record.pk, record.source, record.source), day)
    refused = len({row.line for row in wrong if row.file == sheet.file and row.whole_row})
    return {
        "read": read,
        "added": added,
        "changed": changed,
        "unchanged": read - refused - added - changed,
        "not loaded": refused,
    }


def _note(record: RegisterImport, counts: Mapping[str, Mapping[str, int]], at: datetime) -> None:
    """Adds what this batch did to what the day's others did."""
    for name, numbers in counts.items():
        so_far = record.counts.setdefault(f"{name}.csv", {})
        for word, number in numbers.items():
            so_far[word] = so_far.get(word, 0) + number
    record.ended_at, record.message = at, "Another system sends what changes."
    record.save(update_fields=["counts", "ended_at", "message"])
