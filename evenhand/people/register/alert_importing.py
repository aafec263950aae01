"""`evenhand import-alerts FILE`: the alerts of an older system, apart from the register that they speak of."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from evenhand.people.models import RegisterImport, RejectedRow
from evenhand.people.models.register import ImportState
from evenhand.people.register import alert_loading, staging
from evenhand.people.register.alert_loading import From
from evenhand.people.register.alert_sheet import alerts
from evenhand.people.register.reading import RegisterFile
from evenhand.people.register.running import Progress, carry_out, say, teller
from evenhand.people.register.sheet import Sheet, all_sheets

FILE = "alerts.csv"
DONE = "Nothing became a marker. What somebody must decide about is under “Inherited alerts”."


def run(
    import_id: int,
    *,
    day: date,
    clock: Callable[[], datetime],
    progress: Callable[[Progress], None] = lambda so_far: None,
) -> RegisterImport:
    """Does an import of alerts that was begun; its `folder` is the file. Out: it, with state, message and counts."""
    record = RegisterImport.objects.get(pk=import_id)
    sheet, register = alerts(day), all_sheets(day)

    def work() -> None:
        try:
            _read_and_load(record, sheet, register, day, progress)
        finally:
            staging.clear((*register, sheet))

    return carry_out(record, clock, work, DONE)


def _read_and_load(
    record: RegisterImport,
    sheet: Sheet,
    register: tuple[Sheet, ...],
    day: date,
    progress: Callable[[Progress], None],
) -> None:
    file = RegisterFile(sheet, Path(record.folder))
    say(record, state=ImportState.READING, bytes_total=file.size)
    RejectedRow.objects.filter(register_import=record).delete()
    staging.prepare((*register, sheet))
    read, _ = staging.fill(file, record.pk, teller(record, [file], file, progress))
    say(record, state=ImportState.LOADING)
    with transaction.atomic():
        take_in(record, read, sheet, register, day)
        if record.dry_run:
            transaction.set_rollback(True)


def take_in(record: RegisterImport, read: int, sheet: Sheet, register: tuple[Sheet, ...], day: date) -> None:
    """Judges and loads rows that are staged beside the four sheets of the register, and counts them."""
    come = From(record.pk, record.source, record.register or record.source)
    alert_loading.refuse(sheet, register, come)
    refused = record.rejected.filter(file=sheet.file, whole_row=True).values("line").distinct().count()
    added, changed = alert_loading.load(come, day)
    record.counts[sheet.file] = {
        "read": read,
        "not loaded": refused,
        "added": added,
        "changed": changed,
        "unchanged": read - refused - added - changed,
    }
