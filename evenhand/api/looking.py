"""Before an answer leaves: was it too many people, who looked is logged, and who was told of what is on the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from evenhand.api.problem import Kind, Problem
from evenhand.database import planned
from evenhand.people.models import Look
from evenhand.people.models.look import LookKind
from evenhand.sharing import admission, ledger, visit_looks
from evenhand.sharing.admission import NOTE, Caller
from evenhand.sharing.ledger import DISCLOSE, Recipient
from evenhand.sharing.models.disclosure import How, RecipientKind
from evenhand.sharing.visits import Checked

# One statement: whom the key asks about, and the look, by the reference of the register, which is given back.
_LOOKED = f"""
    person AS (SELECT id, source, ref FROM people_person WHERE id = %(person)s::bigint), asked AS (
        {NOTE}
    ), looked AS (
        INSERT INTO people_look (at, actor, kind, reference, person_id, purpose)
        SELECT %(at)s::timestamptz, %(actor)s::text, %(kind)s::text,
            coalesce((SELECT source || ':' || ref FROM person), ''), %(person)s::bigint, %(purpose)s::text
    )
"""
_LOOK = f"WITH {_LOOKED} SELECT source, ref FROM person"
# The same, with what the answer tells of put on the ledger.
_TELL = f"WITH {_LOOKED}, {DISCLOSE} SELECT source, ref FROM person"


REFUSED = "Refused: too many people in a day"


def admitted(caller: Caller, at: datetime) -> None:
    """Raises `Problem` where the key has asked about as many people as it may today, before anything is matched."""
    if admission.is_spent(caller):
        raise _refused(caller, at)


def _refused(caller: Caller, at: datetime) -> Problem:
    """The refusal, once the look is logged: that it was asked, and never whether anybody is there."""
    Look.objects.create(at=at, actor=caller.actor_id, kind=LookKind.CHECK, purpose=REFUSED)
    return Problem(Kind.TOO_MANY_PEOPLE, retry_after=admission.seconds_to_next_day(caller))


def looked(caller: Caller, found: Sequence[Checked], at: datetime, purpose: str) -> tuple[str, str] | None:
    """Logs a key's looks, and puts on the ledger what the answers tell of. Raises `Problem` where it was too much.

    Out: of a single look, the source and reference of the person that was found. A question that found nobody is
    logged too: who asks for what is not there is looking for something.
    """
    if len(found) == 1 and found[0].match.home is None:
        return _one(caller, found[0], at, purpose)
    controls = [control for one in found for control in one.told]
    people = {one.match.person for one in found if one.match.person is not None}
    # A visit to somebody at their home is about them.
    homes = {one.match.home for one in found if one.match.home is not None and one.match.person is None}
    if not admission.ask_about(caller, people, homes):
        raise _refused(caller, at)
    with transaction.atomic():
        ledger.disclose(recipient(caller), controls, How.API, at, why=purpose)
        visit_looks.log(found, at, None, purpose, actor=caller.actor_id)
    return None


def recipient(caller: Caller) -> Recipient:
    """The system that asks, as the ledger knows it."""
    return Recipient(RecipientKind.SYSTEM, caller.actor_id, caller.name)


def _one(caller: Caller, checked: Checked, at: datetime, purpose: str) -> tuple[str, str] | None:
    person = checked.match.person
    ids = admission.may_ask(caller, () if person is None else (person,))
    if ids is None:
        raise _refused(caller, at)
    values: dict[str, Any] = {
        "key": caller.key_id,
        "day": caller.day,
        "ids": ids,
        "at": at,
        "actor": caller.actor_id,
        "kind": LookKind.CHECK.value,
        "person": person,
        "purpose": purpose or ("" if person else checked.answer.code.value),
    }
    told = [(recipient(caller), control) for control in checked.told]
    if told:
        values |= ledger.values(told, How.API, at, purpose)
    with planned.cursor() as cursor:
        cursor.execute(_TELL if told else _LOOK, values)
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None
