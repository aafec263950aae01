"""Before an answer leaves: was it too many people, who looked is logged, and who was told of what is on the ledger."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from evenhand.api.problem import Kind, Problem
from evenhand.people.models.look import LookKind
from evenhand.sharing import admission, ledger, visit_looks
from evenhand.sharing.admission import Caller
from evenhand.sharing.ledger import Recipient
from evenhand.sharing.models.disclosure import How, RecipientKind
from evenhand.sharing.visits import Checked

# One statement: the look, by the reference of the register, which is given back.
_LOOK = """
    WITH person AS (SELECT id, source, ref FROM people_person WHERE id = %(person)s), looked AS (
        INSERT INTO people_look (at, actor, kind, reference, person_id, purpose)
        SELECT %(at)s, %(actor)s, %(kind)s, coalesce((SELECT source || ':' || ref FROM person), ''), %(person)s,
            %(purpose)s
    )
    SELECT source, ref FROM person
"""


def looked(caller: Caller, found: Sequence[Checked], at: datetime, purpose: str) -> tuple[str, str] | None:
    """Logs a key's looks, and puts on the ledger what the answers tell of. Raises `Problem` where it was too much.

    Out: of a single look, the source and reference of the person that was found. A question that found nobody is
    logged too: who asks for what is not there is looking for something.
    """
    matches = [one.match for one in found]
    people = {match.person for match in matches if match.person is not None}
    # A visit to somebody at their home is about them.
    homes = {match.home for match in matches if match.home is not None and match.person is None}
    if not admission.ask_about(caller, people, homes):
        raise Problem(Kind.TOO_MANY_PEOPLE)
    controls = [control for one in found for control in one.told]
    with transaction.atomic() if controls else nullcontext():
        if controls:
            ledger.disclose(recipient(caller), controls, How.API, at, why=purpose)
        if len(found) == 1 and found[0].match.home is None:
            return _one(caller, found[0], at, purpose)
        visit_looks.log(found, at, None, purpose, actor=caller.actor_id)
    return None


def recipient(caller: Caller) -> Recipient:
    """The system that asks, as the ledger knows it."""
    return Recipient(RecipientKind.SYSTEM, caller.actor_id, caller.name)


def _one(caller: Caller, checked: Checked, at: datetime, purpose: str) -> tuple[str, str] | None:
    values: dict[str, Any] = {
        "at": at,
        "actor": caller.actor_id,
        "kind": LookKind.CHECK.value,
        "person": checked.match.person,
        "purpose": purpose or ("" if checked.match.person else checked.answer.code.value),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, values)
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None
