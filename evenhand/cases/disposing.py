"""Rule 19: lets go of what a case said, and leaves its tombstone. Only the tables' owner may (`evenhand dispose`)."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Q

from evenhand.cases import chain, kept_with, log, models, printed_before, record
from evenhand.cases.circumstances import Moment, terms_on
from evenhand.cases.head import end_of
from evenhand.cases.record import Ask
from evenhand.people.models import Look
from evenhand.people.models.look import LookKind
from evenhand.policy import disposal
from evenhand.policy.case import Case
from evenhand.policy.events.disposal import CaseDisposed, HoldPlaced
from evenhand.policy.events.event import Event
from evenhand.policy.events.plain import from_plain
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, Refused
from evenhand.policy.staff import SYSTEM
from evenhand.policy.terms import months_after

OUTBOX = "django.core.mail.backends.filebased.EmailBackend"
NEVER_DONE = (
    "Something happened in it after its disposal was noted, so that never took effect. Where its time is over, put it "
    "forward again."
)
STILL_ARRIVING = timedelta(days=1)
"""A file that no row names may belong to an act that is yet to be written: it is left alone for so long."""


class NotNoted(Exception):
    """A disposal could not be noted outside the database, so it did not happen; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What a case left outside the database, to be taken away once its disposal is written."""

    files: tuple[str, ...]
    messages: tuple[str, ...]


@transaction.atomic
def dispose_of(reference: str, moment: Moment, prepared_by: str, approved_by: str) -> Gone:
    """Asks the policy, writes the tombstone and lets go of everything else. Raises Refused where it is not due.

    The disposal is noted outside the database before it can take effect inside: a restore must never miss one.
    """
    row = _locked(reference)
    told: dict[str, Any] = {"upto": row.last_number, "prepared_by": prepared_by, "approved_by": approved_by}
    record.act_on(reference, Ask(SYSTEM, moment), disposal.dispose, None, **told)
    gone = _let_go(row, told["upto"])
    _note(row)
    return gone


def _locked(reference: str) -> models.Case:
    """The case under lock, and with it whatever it joined: nobody places a hold there meanwhile. Raises Refused."""
    for each in sorted({reference, *kept_with.joined_by(reference)}):
        with suppress(record.NoSuchCase):  # one that was disposed of before holds nothing
            record.locked(each)
    if holder := kept_with.holder_of(reference):
        raise Refused(Objection(f"It joined case {holder}, which a legal hold keeps, and is kept with it.", Promise.I1))
    return record.locked(reference)[0]


@transaction.atomic
def dispose_again(noted: dict[str, Any], moment: Moment) -> Gone | None:
    """What a backup brought back goes as it had gone. None where it is not there, or went already.

    A disposal is noted before it takes effect, and a machine may stop between the two: then the case lives on. Whatever
    happened in it since says so, a hold above all, and it stays: raises Refused.
    """
    row = models.Case.objects.filter(reference=noted["case"], disposed_on=None).first()
    if row is None:
        return None
    at, on = datetime.fromisoformat(noted["at"]), date.fromisoformat(noted["on"])
    told = from_plain("CaseDisposed", at, on, noted["by"], noted["facts"])
    assert isinstance(told, CaseDisposed)
    row, _ = record.locked(row.reference)
    upto = row.last_number
    # Its tombstone would have been the very next event, and nothing comes after a tombstone.
    if upto > told.upto or _held_since(row.reference, at):
        raise Refused(Objection(NEVER_DONE, Promise.I1))

    def again(case: Case, now: Occasion, subject: str | None = None, /, **answers: Any) -> list[Event]:
        return disposal.dispose_again(now, told, upto)

    record.act_on(row.reference, Ask(SYSTEM, moment), again)
    return _let_go(row, upto)


def _held_since(reference: str, at: datetime) -> bool:
    """Whether a hold that was placed after this moment keeps the case that this one joined."""
    placed = models.Event.objects.filter(kind=HoldPlaced.__name__, at__gt=at, case__held=True)
    return placed.filter(case__reference__in=kept_with.joined_by(reference)).exists()


def _let_go(row: models.Case, upto: int) -> Gone:
    """Everything the case said, but for its last event, and what was made of it: letters, files, looks, words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('evenhand.disposing', 'on', true)")
    gone = Gone(_files_of(row), _messages_of(row))
    models.Facts.objects.filter(event__case=row, event__number__lte=upto).delete()
    _letters(row)
    models.Exhibit.objects.filter(case=row).delete()
    models.Acknowledgement.objects.filter(case=row).delete()
    models.FormToken.objects.filter(reference=row.reference).delete()
    within = Q(kind__in=[LookKind.LETTER, LookKind.FILE], reference__startswith=f"{row.reference}/")
    _raw(Look.objects.filter(Q(kind=LookKind.CASE, reference=row.reference) | within))
    chain.again(row)
    return gone


def _letters(row: models.Case) -> None:
    """Letters, as they went and as they were sent before, and their sheets in what was printed with others'."""
    printed = printed_before.of_case(row)
    models.EarlierIssue.objects.filter(letter__case=row).delete()
    models.Letter.objects.filter(case=row).delete()
    printed_before.make_again(printed)


def _files_of(row: models.Case) -> tuple[str, ...]:
    """The names of the case's files, but for those that a report which joined another case left there too."""
    names = set(models.Exhibit.objects.filter(case=row).values_list("stored_as", flat=True))
    shared = models.Exhibit.objects.filter(stored_as__in=names).exclude(case=row)
    return tuple(names - set(shared.values_list("stored_as", flat=True)))


def _messages_of(row: models.Case) -> tuple[str, ...]:
    sent = models.Letter.objects.filter(case=row).values_list("message_id", flat=True)
    before = models.EarlierIssue.objects.filter(letter__case=row).values_list("message_id", flat=True)
    return tuple({*sent, *before} - {""})


def _raw(rows: Any) -> int:
    """Deletes without asking what hangs on them: nothing does, and there may be very many."""
    return int(rows._raw_delete(rows.db))


def _note(row: models.Case) -> None:
    """One line for the tombstone in the list that is kept outside the database, safely on the disk."""
    stone = models.Event.objects.filter(case=row).select_related("facts").order_by("number").last()
    assert stone is not None
    said = {
        "case": row.reference,
        "at": stone.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "on": stone.on.isoformat(),
        "by": stone.by,
        "facts": json.loads(stone.facts.said),
    }
    file = Path(settings.DISPOSALS_FILE)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8") as out:
            out.write(line_of(said) + "\n")
            out.flush()
            os.fsync(out.fileno())
    except OSError as trouble:
        raise NotNoted(
            f"{file} could not be written ({trouble.strerror}), so nothing more was disposed of: a restore would bring "
            "it back. Make room, or set EVENHAND_DISPOSALS to another file, and run this again."
        ) from trouble


def line_of(noted: dict[str, Any]) -> str:
    """One disposal as it stands in the list."""
    return log.canonical(noted)


def noted(lines: Iterable[str]) -> list[dict[str, Any]]:
    """The disposals in such a list, in order. Half a line, where the machine stopped, is nothing that took effect."""
    found = []
    for line in lines:
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and {"case", "at", "on", "by", "facts"} <= said.keys():
            found.append(said)
    return found


def sweep(gone: Iterable[Gone]) -> None:
    """Takes the files and the messages away that the disposed left outside the database."""
    messages = [message for each in gone for message in each.messages]
    for name in [name for each in gone for name in each.files]:
        default_storage.delete(name)
    outbox = Path(settings.EMAIL_FILE_PATH)
    if messages and settings.EMAIL_BACKEND == OUTBOX and outbox.is_dir():
        for file in outbox.iterdir():
            said = file.read_text(errors="replace")
            if any(message in said for message in messages):
                file.unlink()


def sweep_orphans(at: datetime) -> int:
    """Takes files away that no row names any more: a disposal was stopped before it came to them. Out: how many.

    And what was printed and is no letter's any more, as an earlier release left it where a batch was spoilt.
    """
    models.PrintBatch.objects.filter(letters=None, earlier_issues=None).delete()
    if not default_storage.exists("exhibits"):
        return 0
    kept = set(models.Exhibit.objects.values_list("stored_as", flat=True))
    _, names = default_storage.listdir("exhibits")
    orphans = [f"exhibits/{name}" for name in names if f"exhibits/{name}" not in kept]
    old = [name for name in orphans if default_storage.get_modified_time(name) < at - STILL_ARRIVING]
    for name in old:
        default_storage.delete(name)
    return len(old)


@transaction.atomic
def forget_looks(day: date) -> int:
    """Drops who looked once it has been kept long enough, but not at what a legal hold keeps. Out: how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('evenhand.disposing', 'on', true)")
    before = months_after(day, -terms_on(day).keep_look_months)
    held = models.Case.objects.filter(reference__in=(names := kept_with.held()))
    old = Look.objects.filter(at__lt=end_of(before - timedelta(days=1))).exclude(
        person__in=held.exclude(person=None).values("person")
    )
    for reference in names:
        old = old.exclude(reference__startswith=reference)
    # Whoever printed its letters with others' looked at them by the name of the batch.
    old = old.exclude(kind=LookKind.LETTER, reference__in=printed_before.of_cases(names))
    return _raw(old)
