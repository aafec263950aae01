"""Who has a telephone number, and whether anything at all is held of them, in one statement.

A telephone system asks this thousands of times a day, and of most people nothing is held. As in `anything_held`, it may
say yes where on the day nothing is held after all, and never no where something is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.cases.anything_held import ASKED, HELD
from evenhand.people import landlord
from evenhand.people.landlord import Setting

MOST = 10
SEEN = f"""
    asked AS (
        SELECT {ASKED}, source, ref FROM people_person
        WHERE phones @> ARRAY[%(number)s::varchar] AND EXISTS (SELECT FROM admitted) LIMIT {MOST}
    ), {HELD}, seen AS (
        SELECT id, EXISTS (SELECT FROM held WHERE held.id = asked.id) AS held, merged_into_id IS NULL AS stands,
            source, ref
        FROM asked
    ), calm AS (
        SELECT id, source, ref FROM seen WHERE NOT held AND (SELECT count(*) FROM seen) = 1
    )
"""
"""Parts of a WITH, after `admitted`, which has a row if the question may be asked. In `seen` is everyone with the
`number` (E.164), at most `MOST`; in `calm` the one person, where there is one only and nothing is held. What is noted
in the same statement, read from `calm`, is kept before anything is told."""
FOUND = f"FROM ({landlord.SET}) setting LEFT JOIN seen ON true"
"""What `read` reads: `seen.*, setting.*`, once for each that was seen, and once where nobody was."""
VALUES = landlord.VALUES


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


def read(row: Sequence[Any]) -> Seen | None:
    """Whom a row is about; None where nobody was seen."""
    person, held, stands, source, ref, *said = row
    return None if person is None else Seen(person, held, stands, source, ref, landlord.read(said))
