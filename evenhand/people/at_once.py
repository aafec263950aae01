"""Many people and homes at once: who they are over all their records, where they live, who else is there.

A night's visits ask about thousands, a telephone call about one: the number of queries is the same.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Q

from evenhand.people.models import Need, Person
from evenhand.policy.need import Channel
from evenhand.policy.need import Need as NeedKind

_AROUND = """
    WITH RECURSIVE self(asked, id) AS (
        SELECT each, each FROM unnest(%(people)s::bigint[]) each
        UNION
        SELECT self.asked, CASE WHEN person.id = self.id THEN person.merged_into_id ELSE person.id END
        FROM self JOIN people_person person
            ON person.merged_into_id = self.id OR (person.id = self.id AND person.merged_into_id IS NOT NULL)
    ), at_home(asked, home) AS (
        SELECT self.asked, tenancy.home_id
        FROM self JOIN people_tenancyperson link ON link.person_id = self.id
            JOIN people_tenancy tenancy ON tenancy.id = link.tenancy_id
        WHERE {link_live} AND {tenancy_live}
        UNION
        SELECT self.asked, visit.home_id
        FROM self JOIN people_homevisit visit ON visit.person_id = self.id
        WHERE visit.ended_on IS NULL OR visit.ended_on >= %(day)s
    ), place(home) AS (
        SELECT home FROM at_home UNION SELECT unnest(%(homes)s::bigint[])
    ), there(home, id) AS (
        SELECT place.home, link.person_id
        FROM place JOIN people_tenancy tenancy ON tenancy.home_id = place.home
            JOIN people_tenancyperson link ON link.tenancy_id = tenancy.id
        WHERE {link_live} AND {tenancy_live}
        UNION
        SELECT place.home, visit.person_id
        FROM place JOIN people_homevisit visit ON visit.home_id = place.home
        WHERE visit.ended_on IS NULL OR visit.ended_on >= %(day)s
    ), everyone(home, id) AS (
        SELECT home, id FROM there
        UNION
        SELECT everyone.home, CASE WHEN person.id = everyone.id THEN person.merged_into_id ELSE person.id END
        FROM everyone JOIN people_person person
            ON person.merged_into_id = everyone.id OR (person.id = everyone.id AND person.merged_into_id IS NOT NULL)
    )
    SELECT 1, asked, id FROM self
    UNION ALL SELECT 2, asked, home FROM at_home
    UNION ALL SELECT 3, home, id FROM everyone
"""
_LIVE = "({0}.started_on IS NULL OR {0}.started_on <= %(day)s) AND ({0}.ended_on IS NULL OR {0}.ended_on >= %(day)s)"
_STATEMENT = _AROUND.format(link_live=_LIVE.format("link"), tenancy_live=_LIVE.format("tenancy"))


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
    with connection.cursor() as cursor:
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


@dataclass(slots=True)
class _Gathered:
    needs: set[NeedKind] = field(default_factory=set)
    unsafe: set[Channel] = field(default_factory=set)
    died_on: date | None = None


def suits(records: Collection[int], day: date) -> dict[int, Suits]:
    """What these records say that hold on the day; only those that say anything are given. Two queries."""
    ids = list(records)
    found: dict[int, _Gathered] = defaultdict(_Gathered)
    said = Person.objects.filter(~Q(unsafe_channels=[]) | Q(died_on__isnull=False), pk__in=ids)
    for pk, unsafe, died_on in said.values_list("pk", "unsafe_channels", "died_on"):
        found[pk].unsafe |= set(map(Channel, unsafe))
        found[pk].died_on = died_on
    holds = Q(ended_on=None) | Q(ended_on__gt=day)
    for pk, kind in Need.objects.filter(holds, person__in=ids, recorded_on__lte=day).values_list("person_id", "kind"):
        found[pk].needs.add(NeedKind(kind))
    return {pk: Suits(frozenset(one.needs), frozenset(one.unsafe), one.died_on) for pk, one in found.items()}
