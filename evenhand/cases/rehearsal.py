"""The letter that an act would send, seen before the act: everything is done, read, and undone."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from evenhand.cases import letters, record
from evenhand.policy.events.correspondence import LetterDrafted
from evenhand.policy.need import LetterFormat
from evenhand.policy.refusal import Verb


def letter_of(reference: str, ask: record.Ask, verb: Verb, subject: str | None = None, /, **answers: Any) -> str:
    """The words of the letter, as plain text; empty if the act sends none. Nothing is kept, and no token is used.

    Raises what `record.act_on` raises: what would refuse the act refuses its rehearsal.
    """
    with transaction.atomic():
        done = record.act_on(reference, replace(ask, token=""), verb, subject, **answers)
        drafted = [entry.event.letter for entry in done.entries if isinstance(entry.event, LetterDrafted)]
        words = ""
        if drafted:
            words = letters.preview(reference, drafted[0], format=LetterFormat.PLAIN_TEXT).data.decode()
        transaction.set_rollback(True)
    return words
