"""Many people and homes at once: who they are over all their records, where they live, who else is there.

A night's visits ask about thousands, a telephone call about one: the number of queries is the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models.expressions import RawSQL

from evenhand.database import planned
from evenhand.policy.need import Channel
from evenhand.policy.need import Need as NeedKind

# Each row looks up its own by an index: joined as whole tables, every tenancy there is would be read for one person.
_AROUND = """
    WITH RECURSIVE self(asked, id) AS (
        SELECT each, each FROM unnest(%(people)s::bigint[]) each
        UNION
        SELECT self.asked, other.id FROM self CROSS JOIN LATERAL {joined_to_self} other
    ), at_home(asked, home) AS (
        SELECT DISTINCT self.asked, found.home FROM self CROSS JOIN LATERAL (
            SELECT tenancy.home_id AS home
            FROM people_tenancyperson link JOIN people_tenancy tenancy ON tenancy.id = link.tenancy_id
            WHERE link.person_id = self.id AND {link_live} AND {tenancy_live}
            UNION ALL
            SELECT visit.home_id FROM people_homevisit visit
            WHERE visit.person_id = self.id AND (visit.ended_on IS NULL OR visit.ended_on >= %(day)s::date)
        ) found
    ), place(home) AS (
        SELECT home FROM at_home UNION SELECT unnest(%(homes)s::bigint[])
    ), everyone(home, id) AS (
        SELECT place.home, found.id FROM place CROSS JOIN LATERAL (
            SELECT link.person_id AS id
            FROM people_tenancy tenancy JOIN people_tenancyperson link ON link.tenancy_id = tenancy.id
            WHERE tenancy.home_id = place.home AND {link_live} AND {tenancy_live}
            UNION ALL
            SELECT visit.person_id FROM people_homevisit visit
            WHERE visit.home_id = place.home AND (visit.ended_on IS NULL OR visit.ended_on >= %(day)s::date)
        ) found
        UNION
        SELECT everyone.home, other.id FROM everyone CROSS JOIN LATERAL {joined_to_everyone} other
    ), record(id) AS (
        SELECT id FROM self UNION ALL SELECT id FROM everyone
    )
    SELECT 1, asked, id, NULL FROM self
    UNION ALL SELECT 2, asked, home, NULL FROM at_home
    UNION ALL SELECT 3, home, id, NULL FROM everyone
"""
# What is said of these people and homes. Of most there is no hazard or warning, so only whether any is there is asked:
# that may say yes where on the day there is none after all, and never no where there is one.
_SAID = """
    UNION ALL
    SELECT 4, record.id, NULL, found.kind FROM record CROSS JOIN LATERAL (
        SELECT need.kind FROM people_need need
        WHERE need.person_id = record.id AND need.recorded_on <= %(day)s::date
            AND (need.ended_on IS NULL OR need.ended_on > %(day)s::date)
        OFFSET 0
    ) found
    UNION ALL
    SELECT found.what, record.id, NULL, found.said FROM record CROSS JOIN LATERAL (
        SELECT 5 AS what, unnest(person.unsafe_channels) AS said FROM people_person person WHERE person.id = record.id
        UNION ALL
        SELECT 6, person.died_on::text FROM people_person person
        WHERE person.id = record.id AND person.died_on IS NOT NULL
    ) found
    UNION ALL
    SELECT 7, NULL, NULL, NULL WHERE EXISTS (
        SELECT FROM place CROSS JOIN LATERAL (
            SELECT FROM people_homehazard hazard WHERE hazard.home_id = place.home OFFSET 0
        ) found
    )
    UNION ALL
    SELECT 8, NULL, NULL, NULL WHERE EXISTS (
        SELECT FROM record CROSS JOIN LATERAL (
            SELECT FROM people_inheritedalert alert WHERE alert.person_id = record.id OFFSET 0
        ) found
    ) OR EXISTS (
        SELECT FROM place CROSS JOIN LATERAL (
            SELECT FROM people_inheritedalert alert WHERE alert.home_id = place.home OFFSET 0
        ) found
    )
    UNION ALL
    (SELECT 9, NULL, NULL, telephone FROM people_landlord ORDER BY id LIMIT 1)
"""
LIVE = (
    "({0}.started_on IS NULL OR {0}.started_on <= %(day)s::date)"
    " AND ({0}.ended_on IS NULL OR {0}.ended_on >= %(day)s::date)"
)
"""Whether a tenancy, or somebody's part in it, holds on a day."""
_JOINED_TO = """(
    SELECT merged_into_id AS id FROM people_person WHERE id = {0}.id AND merged_into_id IS NOT NULL
    UNION ALL SELECT id FROM people_person WHERE merged_into_id = {0}.id
)"""
_STATEMENT = _AROUND.format(
    link_live=LIVE.format("link"),
    tenancy_live=LIVE.format("tenancy"),
    joined_to_self=_JOINED_TO.format("self"),
    joined_to_everyone=_JOINED_TO.format("everyone"),
)
_WITH_WHAT_IS_SAID = _STATEMENT + _SAID


def among(ids: Iterable[int]) -> RawSQL:
    """For `pk__in=…`: these ids as one array. Thousands written singly take longer to write down than to look up."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """By the ids asked for: `records` are all of a person's, `homes` where they live or visit; `people` is by home,
    every record of everyone who lives there or visits."""

    records: Mapping[int, frozenset[int]]
    homes: Mapping[int, frozenset[int]]
    people: Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Suits:
    """What one record says of how its person is reached."""

    needs: frozenset[NeedKind] = frozenset()
    unsafe: frozenset[Channel] = frozenset()
    died_on: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of people and homes: `suits` by record, of those that say anything; whether there may be `hazards`
    of the homes, or unchecked `alerts`; and the landlord's telephone number, which every answer names."""

    suits: Mapping[int, Suits]
    hazards: bool
    alerts: bool
    telephone: str


def around(people: Collection[int], homes: Collection[int], day: date) -> Around:
    """Everyone these people are and live with on the day, and everyone at these homes. One query."""
    return _around(_asked(_STATEMENT, people, homes, day))


def around_and_said(people: Collection[int], homes: Collection[int], day: date) -> tuple[Around, Said]:
    """The same, with what is said of all of these people, and of all their homes, on the day. One query."""
    found = _asked(_WITH_WHAT_IS_SAID, people, homes, day)
    suits: dict[int, Suits] = defaultdict(Suits)
    for what, record, _, said in found:
        if what == 4:
            suits[record] = replace(suits[record], needs=suits[record].needs | {NeedKind(said)})
        elif what == 5:
            suits[record] = replace(suits[record], unsafe=suits[record].unsafe | {Channel(said)})
        elif what == 6:
            suits[record] = replace(suits[record], died_on=date.fromisoformat(said))
    there = {what: said for what, _, _, said in found}
    return _around(found), Said(dict(suits), 7 in there, 8 in there, there.get(9, ""))


def _asked(statement: str, people: Collection[int], homes: Collection[int], day: date) -> list[Row]:
    with planned.cursor() as cursor:
        cursor.execute(statement, {"people": list(people), "homes": list(homes), "day": day})
        rows: list[Row] = cursor.fetchall()
    return rows


def _around(rows: Iterable[Row]) -> Around:
    found: tuple[dict[int, set[int]], ...] = (defaultdict(set), defaultdict(set), defaultdict(set))
    for what, asked, other, _ in rows:
        if what <= len(found):
            found[what - 1][asked].add(other)
    return Around(*({key: frozenset(ids) for key, ids in each.items()} for each in found))
