"""The letter that an act would send, seen before the act: everything is done, read, and undone."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from evenhand.cases import letters, record
from evenhand.cases.composing import Letter, compose
from evenhand.cases.correspondence_json import from_dict
from evenhand.cases.letter_kind import Format, Kind
from evenhand.policy.events.correspondence import LetterDrafted
from evenhand.policy.refusal import Verb


def letter_of(
    reference: str, ask: record.Ask, verb: Verb, subject: str | None = None, /, **answers: Any
) -> Letter | None:
    """The letter composed in its standard words; None if the act sends none. Nothing is kept, and no token is used.

    Raises what `record.act_on` raises: what would refuse the act refuses its rehearsal.
    """
    with transaction.atomic():
        done = record.act_on(reference, replace(ask, token=""), verb, subject, **answers)
        drafted = [entry.event.letter for entry in done.entries if isinstance(entry.event, LetterDrafted)]
        found = None
        if drafted:
            row = letters.of(reference, drafted[0])
            found = compose(Kind(row.kind), Format.STANDARD, from_dict(row.data))
        transaction.set_rollback(True)
    return found
