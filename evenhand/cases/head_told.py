"""Heads leave the database: by email to the policy's owner, and as a file. What is outside cannot be rewritten inside.

A message or a file says a day, a number and two hashes, and so nothing of any case. One that was sent twice, because
we were stopped before it could be noted, says the same twice.
"""

import json
import logging
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from evenhand.cases import models
from evenhand.people.models import User
from evenhand.policy.staff import Role

EMAIL, FILE = "e-mail", "file"
SUBJECT = "Head {number} of the record, {day}"
BODY = """\
Please keep this message. It is the seal of everything Evenhand had recorded by the end of {day}:

{head}

It tells nothing of any case. Should anyone ever change or remove what was recorded, even whoever runs the database, the
record will no longer agree with this number. Nothing needs to be done with it. To compare: {url}/administration/heads

{said}
"""
log = logging.getLogger(__name__)


def tell(at: datetime) -> int:
    """Sends and writes every head that has not left yet, the oldest first. Out: how many went out one way or another.

    What cannot be sent or written now stays untold, and is tried the next time.
    """
    told = 0
    for row in models.Head.objects.exclude(told__way=FILE).order_by("number"):
        told += _write(row, at)
    to = owners()
    if to:
        for row in models.Head.objects.exclude(told__way=EMAIL).order_by("number"):
            told += _send(row, to, at)
    return told


def owners() -> list[str]:
    """Where the policy's owner reads email: every director's address."""
    found = User.objects.filter(is_active=True, roles__contains=[Role.DIRECTOR.value]).exclude(email="")
    return list(found.order_by("email").values_list("email", flat=True))


def said_of(row: models.Head) -> str:
    """A head as it stands in its message and in its file: JSON in one line."""
    made = row.made_at.astimezone(UTC).isoformat(timespec="microseconds")
    said = {"number": row.number, "day": row.day.isoformat(), "made_at": made}
    return json.dumps({**said, "previous": bytes(row.previous).hex(), "head": bytes(row.head).hex()})


def file_of(row: models.Head) -> Path:
    return Path(settings.HEADS_FOLDER) / f"{row.day.isoformat()}-{row.number}.json"


def _write(row: models.Head, at: datetime) -> bool:
    """Whole or not at all: written apart and moved into place."""
    file = file_of(row)
    draft = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(said_of(row) + "\n")
        draft.replace(file)
    except OSError as trouble:
        log.warning("Head %s could not be written to %s: %s", row.number, file, trouble.strerror)
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        return False
    models.HeadTold.objects.create(head=row, way=FILE, to=str(file), at=at)
    return True


def _send(row: models.Head, to: list[str], at: datetime) -> bool:
    words = {"number": row.number, "day": f"{row.day.day} {row.day:%B %Y}"}
    body = BODY.format(**words, head=bytes(row.head).hex(), url=settings.URL, said=said_of(row))
    try:
        EmailMessage(SUBJECT.format(**words), body, to=to).send()
    except (OSError, SMTPException) as trouble:
        log.warning("Head %s could not be sent: %s", row.number, type(trouble).__name__)
        return False
    models.HeadTold.objects.create(head=row, way=EMAIL, to=", ".join(to)[:400], at=at)
    return True
