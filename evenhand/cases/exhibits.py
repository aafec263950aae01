"""Files kept with an incident or an account: bytes under random names, their digest, and who may have them back.

A file is written in the transaction of the act that it belongs to: if the act is refused there is no file.
"""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from evenhand.cases import log, models, reading
from evenhand.cases.exhibit_bounds import room_for
from evenhand.cases.exhibit_kind import NotKept, content_type, safe_name
from evenhand.cases.reading import CaseFile
from evenhand.cases.record import Ask, Done
from evenhand.people.models import User
from evenhand.policy.events.incident import IncidentReported
from evenhand.policy.events.investigation import AccountHeard, HowOftenViewed
from evenhand.policy.visibility import Part

__all__ = ["MEASURED", "Kept", "NotKept", "allowance", "carry", "fit", "held", "keep_with", "of", "of_looks"]

MEGABYTE = 1024 * 1024
MEASURED = "How often they contacted us, as it was measured"
"""What a file says it shows that the product itself made: no form asks for these words, so nobody's upload has them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a case as a page shows it."""

    reference: str
    name: str
    described: str
    content_type: str
    size: int
    sha256: str
    part: Part
    about: str

    @property
    def size_in_words(self) -> str:
        if self.size >= MEGABYTE:
            return f"{self.size / MEGABYTE:.1f} MB"
        return f"{max(round(self.size / 1024), 1)} kB"


def most_bytes() -> int:
    return int(settings.EXHIBIT_MEGABYTES) * MEGABYTE


def most_files() -> int:
    return int(settings.EXHIBIT_FILES)


def allowance() -> str:
    """How much may be kept at a time, as a hint beside the question."""
    return f"Up to {most_files()} files of {most_bytes() // MEGABYTE} MB each."


def fit(files: Sequence[Any]) -> list[str]:
    """What stands in the way of keeping these files, in words; empty if nothing does. For the form, before the act."""
    wrong = []
    if len(files) > most_files():
        wrong.append(f"Choose at most {most_files()} files at a time. You can add the others later.")
    for file in files:
        name = safe_name(file.name)
        if file.size > most_bytes():
            wrong.append(
                f"“{name}” is larger than {most_bytes() // MEGABYTE} MB. Make it smaller, or send a part of it."
            )
            continue
        try:
            content_type(name, file)
        except NotKept as refused:
            wrong.append(str(refused))
    return wrong


def keep_with(act: Callable[[], Done], files: Sequence[Any], ask: Ask) -> Done:
    """The act, and the files that came with it, or neither. A form sent twice keeps its files once.

    Raises `Refused` where the case, or the colleague within a day, would have too many.
    """
    written: list[str] = []
    try:
        with transaction.atomic():
            done = act()
            if files and not done.repeated:
                row = models.Case.objects.get(reference=done.reference)
                part, about = _belongs(done)
                room_for(files, row, ask.by.id, ask.moment.at)
                for file in files:
                    # Nothing of the name it came with: not its ending, which a careless server might act on.
                    # Named first: on a full disk half of it may lie there, and that goes too.
                    written.append(f"exhibits/{secrets.token_hex(20)}")
                    _row(row, file, part, about, ask, stored_as=default_storage.save(written[-1], File(file)))
        return done
    except BaseException:
        for stored_as in written:
            with suppress(OSError):  # a file that stays has no row that names it, and is swept away later
                default_storage.delete(stored_as)
        raise


def _belongs(done: Done) -> tuple[Part, str]:
    """What the files belong to: the incident reported, or the account heard or the look by its number in the log."""
    for entry in done.entries:
        match entry.event:
            case IncidentReported(incident=incident):
                return Part.REPORT, incident
            case AccountHeard() | HowOftenViewed():
                return Part.ACCOUNT, str(entry.number)
    raise ValueError("Files are kept with an incident, an account, or a look at how often.")


def _row(row: models.Case, file: Any, part: Part, about: str, ask: Ask, *, stored_as: str) -> models.Exhibit:
    name = safe_name(file.name)
    kind = content_type(name, file)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return models.Exhibit.objects.create(
        case=row,
        reference=secrets.token_hex(8),
        part=part.value,
        about=about,
        name=name,
        described=getattr(file, "described", ""),
        content_type=kind,
        size=file.size,
        sha256=digest.hexdigest(),
        stored_as=stored_as,
        added_at=ask.moment.at,
        added_by=ask.by.id,
    )


def carry(act: Callable[[], Done], reference: str) -> Done:
    """A report joins a case, and its files are to be had there too: the same bytes, under references of their own."""
    with transaction.atomic():
        done = act()
        if done.repeated:
            return done
        into = models.Case.objects.get(reference=done.reference)
        about = next(
            (i.event.incident for i in reversed(_reports(done.reference)) if i.event.joined_from == reference), ""
        )
        for exhibit in models.Exhibit.objects.filter(case__reference=reference, part=Part.REPORT.value):
            exhibit.pk, exhibit.reference, exhibit.case, exhibit.about = None, secrets.token_hex(8), into, about
            exhibit.save(force_insert=True)
    return done


def _reports(reference: str) -> list[Any]:
    row = models.Case.objects.get(reference=reference)
    return [entry for entry in log.entries_of(row) if isinstance(entry.event, IncidentReported)]


def of(file: CaseFile, part: Part | None = None, about: str | None = None) -> list[Kept]:
    """The case's files that its viewer may have, oldest first; of one part, or about one incident or account."""
    found = models.Exhibit.objects.filter(case=file.row, part__in=[seen.value for seen in file.parts])
    if part is not None:
        found = found.filter(part=part.value)
    if about is not None:
        found = found.filter(about=about)
    return [_shown(exhibit) for exhibit in found.order_by("added_at", "id")]


def of_looks(file: CaseFile) -> list[Kept]:
    """The files kept with a look at how often: the landlord's own count, and nothing that the customer said."""
    looks = {str(entry.number) for entry in file.entries if isinstance(entry.event, HowOftenViewed)}
    return [kept for kept in of(file, Part.ACCOUNT) if kept.about in looks]


def held(case: str, exhibit: str, viewer: User, day: date) -> tuple[Kept, IO[bytes]]:
    """One file and its bytes, for a viewer who may see its part. Raises `NotFound` where to them there is none."""
    file = reading.case_file(case, viewer, day)
    found = models.Exhibit.objects.filter(case=file.row, reference=exhibit).first()
    if found is None or Part(found.part) not in file.parts:
        raise reading.NotFound(exhibit)
    try:
        return _shown(found), default_storage.open(found.stored_as)
    except FileNotFoundError:
        raise reading.NotFound(exhibit) from None


def _shown(exhibit: models.Exhibit) -> Kept:
    return Kept(
        exhibit.reference,
        exhibit.name,
        exhibit.described,
        exhibit.content_type,
        exhibit.size,
        exhibit.sha256,
        Part(exhibit.part),
        exhibit.about,
    )
