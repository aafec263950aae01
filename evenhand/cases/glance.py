"""Who has a telephone number, and whether anything at all is held of them, in one statement.

A telephone system asks this thousands of times a day, and of most people nothing is held. As in `anything_held`, it may
say yes where on the day nothing is held after all, and never no where something is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.database import planned
from evenhand.people import landlord
from evenhand.people.landlord import Setting

MOST = 10
_SEEN = f"""
    asked AS (
        SELECT id, source, ref, merged_into_id, unsafe_channels, died_on FROM people_person
        WHERE phones @> ARRAY[%(number)s::varchar] LIMIT {MOST}
    ), place AS (
        SELECT asked.id, tenancy.home_id
        FROM asked JOIN people_tenancyperson link ON link.person_id = asked.id
            JOIN people_tenancy tenancy ON tenancy.id = link.tenancy_id
        UNION ALL
        SELECT asked.id, visit.home_id FROM asked JOIN people_homevisit visit ON visit.person_id = asked.id
    ), near AS (
        SELECT asked.id, asked.id AS person FROM asked
        UNION ALL
        SELECT place.id, link.person_id
        FROM place JOIN people_tenancy tenancy ON tenancy.home_id = place.home_id
            JOIN people_tenancyperson link ON link.tenancy_id = tenancy.id
        UNION ALL
        SELECT place.id, visit.person_id FROM place JOIN people_homevisit visit ON visit.home_id = place.home_id
    ), held AS (
        SELECT asked.id FROM asked
        WHERE asked.unsafe_channels <> '{{}}' OR asked.died_on IS NOT NULL OR asked.merged_into_id IS NOT NULL
        UNION ALL
        SELECT asked.id FROM asked JOIN people_need need ON need.person_id = asked.id
        WHERE need.ended_on IS NULL OR need.ended_on > %(day)s::date
        UNION ALL
        SELECT near.id FROM near JOIN cases_livecontrol control ON control.person_id = near.person
        UNION ALL
        SELECT near.id FROM near JOIN people_person person ON person.id = near.person
        WHERE person.merged_into_id IS NOT NULL
        UNION ALL
        SELECT near.id FROM near JOIN people_person other ON other.merged_into_id = near.person
        UNION ALL
        SELECT place.id FROM place JOIN cases_livecontrol control ON control.home_id = place.home_id
        UNION ALL
        SELECT place.id FROM place JOIN people_homehazard hazard ON hazard.home_id = place.home_id
        WHERE hazard.ended_on IS NULL OR hazard.ended_on > %(day)s::date
        UNION ALL
        SELECT near.id FROM near JOIN people_inheritedalert alert ON alert.person_id = near.person
        WHERE alert.warns AND alert.until >= %(day)s::date
        UNION ALL
        SELECT place.id FROM place JOIN people_inheritedalert alert ON alert.home_id = place.home_id
        WHERE alert.warns AND alert.until >= %(day)s::date
    ), seen AS (
        SELECT id, EXISTS (SELECT FROM held WHERE held.id = asked.id) AS held, source, ref FROM asked
    ), calm AS (
        SELECT id, source, ref FROM seen WHERE NOT held AND (SELECT count(*) FROM seen) = 1
    )
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A person with the number, as the register refers to them; `held` where something may be held; what is set."""

    person: int
    held: bool
    source: str
    ref: str
    setting: Setting


def statement(*, noting: str = "") -> str:
    """The statement. `noting`: parts of its WITH that write down whom it was about, read from `calm` (id, source, ref):
    the one person, where there is one only and nothing is held. What is noted is then kept before anything is told."""
    parts = f"{_SEEN}, {noting}" if noting else _SEEN
    whole = f"WITH {parts} SELECT seen.*, setting.* FROM seen CROSS JOIN ({landlord.SET}) setting"
    # The driver remembers how it took a statement apart only of short ones.
    return " ".join(whole.split())


def by_telephone(number: str, day: date, asking: str, values: Mapping[str, Any]) -> list[Seen]:
    """Everyone with a telephone number (E.164), at most `MOST`. In: a `statement`, and what it notes."""
    with planned.cursor() as cursor:
        cursor.execute(asking, {"number": number, "day": day, **landlord.VALUES, **values})
        return [
            Seen(person, held, source, ref, landlord.read(said))
            for person, held, source, ref, *said in cursor.fetchall()
        ]
