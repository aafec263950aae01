"""Many people and homes at once: who they are over all their records, where they live, who else is there.

A night's visits ask about thousands, a telephone call about one: the number of queries is the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

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
    )
    SELECT 1, asked, id FROM self
    UNION ALL SELECT 2, asked, home FROM at_home
    UNION ALL SELECT 3, home, id FROM everyone
"""
_LIVE = (
    "({0}.started_on IS NULL OR {0}.started_on <= %(day)s::date)"
    " AND ({0}.ended_on IS NULL OR {0}.ended_on >= %(day)s::date)"
)
_JOINED_TO = """(
    SELECT merged_into_id AS id FROM people_person WHERE id = {0}.id AND merged_into_id IS NOT NULL
    UNION ALL SELECT id FROM people_person WHERE merged_into_id = {0}.id
)"""
_STATEMENT = _AROUND.format(
    link_live=_LIVE.format("link"),
    tenancy_live=_LIVE.format("tenancy"),
    joined_to_self=_JOINED_TO.format("self"),
    joined_to_everyone=_JOINED_TO.format("everyone"),
)


def among(ids: Iterable[int]) -> RawSQL:
    """For `pk__in=…`: these ids as one array. Thousands written singly take longer to write down than to look up."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


@dataclass(frozen=True, slots=True)
class Around:
    """By the ids asked for: `records` are all of a person's, `homes` where they live or visit; `people` is by home,
    every record of everyone who lives there or visits."""

    records: Mapping[int, frozenset[int]]
    homes: Mapping[int, frozenset[int]]
    people: Mapping[int, frozenset[int]]


def around(people: Collection[int], homes: Collection[int], day: date) -> Around:
    """Everyone these people are and live with on the day, and everyone at these homes. One query."""
    found: tuple[dict[int, set[int]], ...] = (defaultdict(set), defaultdict(set), defaultdict(set))
    with planned.cursor() as cursor:
        cursor.execute(_STATEMENT, {"people": list(people), "homes": list(homes), "day": day})
        for which, asked, other in cursor.fetchall():
            found[which - 1][asked].add(other)
    return Around(*({key: frozenset(ids) for key, ids in each.items()} for each in found))


@dataclass(frozen=True, slots=True)
class Suits:
    """What one record says of how its person is reached."""

    needs: frozenset[NeedKind] = frozenset()
    unsafe: frozenset[Channel] = frozenset()
    died_on: date | None = None


# Each value as one array: thousands of single ones would take longer to write down than to look up.
_SUITS = """
    SELECT id, unsafe_channels, died_on, NULL FROM people_person
    WHERE id = ANY(%(records)s::bigint[]) AND (unsafe_channels <> '{}' OR died_on IS NOT NULL)
    UNION ALL
    SELECT person_id, '{}', NULL, kind FROM people_need
    WHERE person_id = ANY(%(records)s::bigint[]) AND (ended_on IS NULL OR ended_on > %(day)s::date)
        AND recorded_on <= %(day)s::date
"""


def suits(records: Collection[int], day: date) -> dict[int, Suits]:
    """What these records say that hold on the day; only those that say anything are given. One query."""
    found: dict[int, Suits] = {}
    with planned.cursor() as cursor:
        cursor.execute(_SUITS, {"records": list(records), "day": day})
        for record, unsafe, died_on, need in cursor.fetchall():
            said = found.get(record, Suits())
            found[record] = Suits(
                said.needs | {NeedKind(need)} if need else said.needs,
                said.unsafe | set(map(Channel, unsafe)),
                said.died_on or died_on,
            )
    return found
