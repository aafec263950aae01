"""Who has a telephone number, and whether anything at all is held of them, in one statement.

A telephone system asks this thousands of times a day, and of most people nothing is held. As in `anything_held`, it may
say yes where on the day nothing is held after all, and never no where something is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.cases.anything_held import ASKED, HELD
from evenhand.database import planned
from evenhand.people import landlord
from evenhand.people.landlord import Setting

MOST = 10
_SEEN = f"""
    asked AS (
        SELECT {ASKED}, source, ref FROM people_person WHERE phones @> ARRAY[%(number)s::varchar] LIMIT {MOST}
    ), {HELD}, seen AS (
        SELECT id, EXISTS (SELECT FROM held WHERE held.id = asked.id) AS held, merged_into_id IS NULL AS stands,
            source, ref
        FROM asked
    ), calm AS (
        SELECT id, source, ref FROM seen WHERE NOT held AND (SELECT count(*) FROM seen) = 1
    )
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A person with the number, as the register refers to them; `held` where something may be held; what is set.

    `stands` where the record is not joined into another, which would answer in its place.
    """

    person: int
    held: bool
    stands: bool
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
            Seen(person, held, stands, source, ref, landlord.read(said))
            for person, held, stands, source, ref, *said in cursor.fetchall()
        ]
