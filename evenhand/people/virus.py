"""Files that somebody sends are looked through for viruses before anything of them is kept, where a scanner is set up.

What the scanner does not call clean is not kept: not what it found something in, nor what it could not look through.
The file is then still with whoever sent it, who is told so (docs/decisions/0155).
"""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings

from evenhand import clamd

log = logging.getLogger(__name__)
PROMPT = 2.0
"""Seconds in which the scanner says that it is there; it is asked this with nothing to look through."""
OLD = timedelta(days=7)
"""Signatures come several times a day: a week without is a scanner that fetches none."""


HARMFUL = (
    "“{name}” was not kept, because the virus scanner found something harmful in it. Do not open it or pass it on, and "
    "tell whoever looks after your computers."
)
AWAY = (
    "“{name}” could not be looked through for viruses just now, so nothing was saved. Keep the file, and try again in "
    "a few minutes."
)
TOO_LARGE = (
    "“{name}” is too large for the virus scanner, or has too much packed into it, so nothing was saved. Send a smaller "
    "file, or ask whoever looks after Evenhand to let the scanner take more."
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a file is not kept, in words for whoever sent it; `found` is what the scanner calls what it found."""

    words: str
    found: str = ""


class Standing(StrEnum):
    """Whether files are looked through."""

    OFF = "Not looked through"
    AWAY = "The scanner does not answer"
    OLD = "The scanner learns of no new viruses"
    ON = "Looked through"


@dataclass(frozen=True, slots=True)
class State:
    """How it stands with the scanner now; its version and the day of its signatures as it tells them."""

    standing: Standing
    version: str = ""
    signatures: date | None = None


def wrong_with(files: Iterable[tuple[str, clamd.Readable]]) -> list[Wrong]:
    """What stands in the way of keeping these files, each given with its name; empty if nothing does, or no scanner
    is set up. All of them together may take `CLAMD_SECONDS`; once the scanner does not answer it is not asked again."""
    if settings.CLAMD is None:
        return []
    until, wrong = time.monotonic() + settings.CLAMD_SECONDS, []
    for name, file in files:
        try:
            found = clamd.look_through(settings.CLAMD, file, until)
        except clamd.TooLarge:
            log.warning("a file was refused: it is longer than the virus scanner takes")
            wrong.append(Wrong(TOO_LARGE.format(name=name)))
        except clamd.Unsure as unsure:
            log.warning("a file was refused: the virus scanner could not be asked: %s", unsure)
            wrong.append(Wrong(AWAY.format(name=name)))
            break
        else:
            if found:
                wrong.append(Wrong(HARMFUL.format(name=name), found))
    return wrong


def state(today: date) -> State:
    """Whether files are looked through today: the scanner is asked, and not waited for."""
    if settings.CLAMD is None:
        return State(Standing.OFF)
    try:
        told = clamd.version(settings.CLAMD, time.monotonic() + PROMPT)
    except clamd.Unsure:
        return State(Standing.AWAY)
    old = told.signatures is not None and today - told.signatures > OLD
    return State(Standing.OLD if old else Standing.ON, told.words, told.signatures)
