"""One import from its first byte to its report. Nothing of the register changes before everything has been checked.

Reading and checking fill temporary tables, and tell how far they are as they go; loading is one transaction.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from evenhand.people.models import RegisterImport, RejectedRow, User
from evenhand.people.models.register import ImportState
from evenhand.people.refusal import NotDone
from evenhand.people.register import absence, alert_importing, freshness, judging, loading, staging
from evenhand.people.register.alert_sheet import alerts
from evenhand.people.register.reading import RegisterFile
from evenhand.people.register.running import Progress, Stopped, begin, carry_out, say, teller
from evenhand.people.register.sheet import Sheet, all_sheets
from evenhand.policy.staff import Role


def confirm(record: RegisterImport, by: User, at: datetime) -> RegisterImport:
    """An administrator says that the many who are absent have indeed left. Out: the same import anew, to `run`."""
    if not by.actor.has(Role.ADMINISTRATOR):
        raise NotDone("Only an administrator can confirm that so many have left. Ask one to look at the import.")
    if record.state != ImportState.TO_CONFIRM:
        raise NotDone("This import is not waiting to be confirmed. Look at what it says now.")
    return begin(record.folder, record.source, at, by=by, complete=True, dry_run=record.dry_run, confirm_ending=True)


def run(
    import_id: int,
    *,
    day: date,
    clock: Callable[[], datetime],
    progress: Callable[[Progress], None] = lambda so_far: None,
) -> RegisterImport:
    """Does an import that `begin` wrote down. Out: it, with its state, message and counts; its report is in `rejected`.

    In: the landlord's own day, a clock for when it ended, and what to tell of progress. Files that cannot be read, and
    endings that must be confirmed, are states of the import, not exceptions. Call it outside a transaction: progress
    is then seen by others while it runs.
    """
    record = RegisterImport.objects.get(pk=import_id)
    sheets = all_sheets(day)

    def work() -> None:
        try:
            _read_and_load(record, sheets, day, progress)
        finally:
            staging.clear((*sheets, alerts(day)))

    return carry_out(record, clock, work, "The register is up to date.")


def _read_and_load(
    record: RegisterImport, sheets: tuple[Sheet, ...], day: date, progress: Callable[[Progress], None]
) -> None:
    beside = alerts(day)
    also = (beside,) if (Path(record.folder) / beside.file).is_file() else ()
    files = [RegisterFile(sheet, Path(record.folder) / sheet.file) for sheet in (*sheets, *also)]
    say(record, state=ImportState.READING, bytes_total=sum(file.size for file in files))
    RejectedRow.objects.filter(register_import=record).delete()
    staging.prepare((*sheets, *also))
    unknown = 0
    for file in files:
        read, without_reference = staging.fill(file, record.pk, teller(record, files, file, progress))
        unknown += without_reference if file.sheet in sheets else 0
        record.counts[file.sheet.file] = {"read": read}
    say(record, state=ImportState.LOADING)
    _judge(record, sheets)
    if record.complete:
        _stop_if_too_many_end(record, unknown)
    with transaction.atomic():
        _load(record, sheets, day)
        for sheet in also:
            alert_importing.take_in(record, record.counts[sheet.file]["read"], sheet, sheets, day)
        record.whole = freshness.is_whole(record)
        if record.dry_run:
            transaction.set_rollback(True)


def _judge(record: RegisterImport, sheets: tuple[Sheet, ...]) -> None:
    judging.refuse(sheets, record.pk, record.source)
    for sheet in sheets:
        refused = record.rejected.filter(file=sheet.file, whole_row=True).values("line").distinct().count()
        record.counts[sheet.file]["not loaded"] = refused


def _stop_if_too_many_end(record: RegisterImport, unknown: int) -> None:
    """Above 2 % ending, or with rows of whom nobody can say whether they left, an administrator confirms first."""
    endings = absence.count(record.source)
    for ending in endings:
        record.counts[f"{ending.kind.sheet}.csv"]["ending"] = ending.ending
    if record.confirm_ending:
        return
    many = [f"{ending.ending:,} of {ending.live:,} {ending.kind.words}" for ending in endings if ending.is_too_many]
    if many:
        raise Stopped(
            ImportState.TO_CONFIRM,
            f"This would end {', '.join(many)}: more than {absence.MOST_PER_CENT} in 100. Nothing was loaded. "
            "If the files are complete, an administrator confirms it and it runs again.",
        )
    if unknown and any(ending.ending for ending in endings):
        raise Stopped(
            ImportState.TO_CONFIRM,
            f"{unknown:,} {'row' if unknown == 1 else 'rows'} cannot be matched to anyone, so we cannot tell who has "
            "left. Nothing was loaded. Mend those rows, or an administrator confirms it and it runs again.",
        )


def _load(record: RegisterImport, sheets: tuple[Sheet, ...], day: date) -> None:
    steps = (loading.homes, loading.people, loading.tenancies, loading.tenancy_people)
    for sheet, step in zip(sheets, steps, strict=True):
        added, changed = step(record.pk, record.source)
        counts = record.counts[sheet.file]
        unchanged = counts["read"] - counts["not loaded"] - added - changed
        counts.update({"added": added, "changed": changed, "unchanged": unchanged})
    begun, ended = loading.needs(record.pk, record.source, day)
    record.counts["needs"] = {"begun": begun, "ended": ended}
    if record.complete:
        for name, number in absence.end(record.pk, record.source, day).items():
            record.counts[f"{name}.csv"].pop("ending", None)
            record.counts[f"{name}.csv"]["ended"] = number
