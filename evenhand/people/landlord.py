"""What the landlord has set, as every act and every answer needs it: read in one statement that is planned once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from evenhand.database import planned
from evenhand.people.models.register import Brings, ImportState
from evenhand.policy.terms import Nation

# Whether a source has anybody left is looked up as the first in an order, so that it is one step in an index.
SET = """
    SELECT landlord.nation, landlord.terms, landlord.telephone, (
        SELECT version FROM people_policyversion
        WHERE superseded_on IS NULL ORDER BY ratified_on DESC, id DESC LIMIT 1
    ), (
        SELECT min(coalesce(whole_on, first_on)) FROM (
            SELECT source, max((ended_at AT TIME ZONE %(zone)s)::date) FILTER (WHERE whole) AS whole_on,
                min((started_at AT TIME ZONE %(zone)s)::date) AS first_on
            FROM people_registerimport
            WHERE brings = %(brings)s AND state = %(state)s AND NOT dry_run
            GROUP BY source
        ) register WHERE source = (
            SELECT person.source FROM people_person person
            WHERE person.source >= register.source AND person.left_on IS NULL ORDER BY person.source LIMIT 1
        )
    )
    FROM (SELECT 1) one LEFT JOIN people_landlord landlord ON true
"""

VALUES = {"zone": settings.TIME_ZONE, "brings": Brings.REGISTER.value, "state": ImportState.DONE.value}


@dataclass(frozen=True, slots=True)
class Setting:
    """`terms` holds only what differs from the policy's defaults.

    `register_on` is the day on which the register last came in whole, by the source with live people that is furthest
    behind; a source that never came in whole is as old as the first that was heard from it.
    """

    nation: Nation
    terms: dict[str, Any]
    telephone: str
    policy_version: str
    register_on: date | None


def setting() -> Setting:
    """What is set now; the policy's defaults where there is no landlord yet."""
    with planned.cursor() as cursor:
        cursor.execute(SET, VALUES)
        return read(cursor.fetchone())


def read(row: Sequence[Any]) -> Setting:
    """What is set, from a row of `SET`."""
    nation, terms, telephone, version, register_on = row
    return Setting(
        nation=Nation(nation) if nation else Nation.ENGLAND,
        terms=json.loads(terms) if terms else {},
        telephone=telephone or "",
        policy_version=version or "1",
        register_on=register_on,
    )
