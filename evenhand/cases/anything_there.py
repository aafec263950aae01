"""Which kinds of things there are of some records and homes at all, so that only those are read: most have few.

As in `anything_held`, it may say yes where on the day there is nothing after all, and never no where there is.
"""

from collections.abc import Collection
from dataclasses import dataclass

from evenhand.database import planned

_THERE = """
    SELECT EXISTS (SELECT FROM cases_livecontrol WHERE person_id = ANY(%(records)s::bigint[]))
            OR EXISTS (SELECT FROM cases_livecontrol WHERE home_id = ANY(%(homes)s::bigint[])),
        EXISTS (SELECT FROM people_homehazard WHERE home_id = ANY(%(homes)s::bigint[])),
        EXISTS (SELECT FROM people_inheritedalert WHERE person_id = ANY(%(records)s::bigint[]))
            OR EXISTS (SELECT FROM people_inheritedalert WHERE home_id = ANY(%(homes)s::bigint[])),
        coalesce((SELECT telephone FROM people_landlord ORDER BY id LIMIT 1), '')
"""


@dataclass(frozen=True, slots=True)
class There:
    """What there may be, and the landlord's telephone number, which every answer names."""

    controls: bool
    hazards: bool
    alerts: bool
    telephone: str


def there(records: Collection[int], homes: Collection[int]) -> There:
    """What there may be of these records and at these homes. One query."""
    with planned.cursor() as cursor:
        cursor.execute(_THERE, {"records": list(records), "homes": list(homes)})
        return There(*cursor.fetchone())
