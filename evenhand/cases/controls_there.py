"""The controls that are in force of some people and homes, in one statement that is planned once.

Every answer about somebody of whom something is held waits for it, so whom to ask is read with it.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.cases import models
from evenhand.cases.summary import EXPECTED
from evenhand.database import planned
from evenhand.people.models import User

_COLUMNS = tuple(field.attname for field in models.LiveControl._meta.concrete_fields)
_CASE = ("id", "reference", "holder")
_COLLEAGUE = ("id", "username", "first_name", "last_name")
BEGUN = f"""
    (control.starts_on <= %(day)s::date AND control.ends_on >= %(day)s::date OR control.kind = 'marker')
    AND control.kind <> '{EXPECTED}'
"""
"""Of a `control`: one that has not begun, or is over, is not in force; a marker is until somebody ends it."""
_THERE = f"""
    SELECT {", ".join(f"control.{column}" for column in _COLUMNS)}, held.reference, held.holder,
        desk.id, desk.username, desk.first_name, desk.last_name, team.telephone, ARRAY(
            SELECT named.actor_id FROM people_user named
            WHERE named.actor_id IN (control.details ->> 'colleague', control.details -> 'then' ->> 'colleague')
                AND NOT named.is_active
        )
    FROM (
        SELECT * FROM cases_livecontrol control WHERE control.person_id = ANY(%(records)s::bigint[]) AND {BEGUN}
        UNION ALL
        SELECT * FROM cases_livecontrol control
        WHERE control.home_id = ANY(%(homes)s::bigint[]) AND control.kind = 'instruction' AND {BEGUN}
    ) control
    JOIN cases_case held ON held.id = control.case_id
    LEFT JOIN people_user desk ON desk.actor_id = held.holder AND held.holder <> '' AND desk.is_active
    LEFT JOIN people_team team ON team.id = desk.team_id
    ORDER BY control.id
"""


@dataclass(frozen=True, slots=True)
class There:
    """A control, with its case's reference; whom to ask about it, "Ann Price, 020 7946 0001", or ""; and those it names
    as somebody's single contact, by actor id, who no longer work here."""

    row: models.LiveControl
    ask: str
    gone: frozenset[str]


def there(records: Collection[int], homes: Collection[int], day: date) -> list[There]:
    """Every control in force on the day: of these records, and the safety instructions at these homes.

    One that has its days left open is not among them, nor what is expected of somebody without a limit: that is
    between them and those who work on the case.
    """
    with planned.cursor() as cursor:
        cursor.execute(_THERE, {"records": list(records), "homes": list(homes), "day": day})
        found = [_there(row) for row in cursor.fetchall()]
    return [each for each in found if not left_open(each.row, day)]


def left_open(row: models.LiveControl, day: date) -> bool:
    """Whether the day lies between an end and the telling of an extension that came too late."""
    between = row.details.get("open")
    return bool(between) and date.fromisoformat(between[0]) < day < date.fromisoformat(between[1])


def _there(found: tuple[Any, ...]) -> There:
    control, (reference, holder, *desk, telephone, gone) = found[: len(_COLUMNS)], found[len(_COLUMNS) :]
    row = models.LiveControl.from_db("default", _COLUMNS, control)
    row.details = json.loads(row.details)
    row.case = models.Case.from_db("default", _CASE, (row.case_id, reference, holder))
    ask = User.from_db("default", _COLLEAGUE, desk).name if desk[0] else ""
    return There(row, f"{ask}, {telephone}" if telephone else ask, frozenset(gone))
