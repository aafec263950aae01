"""Who is no longer in a register that was declared complete: their link ends on the day, and they are kept."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

MOST_PER_CENT = 2


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row that can be absent. `sheet` is its file; the SQL says which rows are live, and which absent."""

    sheet: str
    words: str
    table: str
    column: str
    live: str
    absent: str


_GONE = "NOT EXISTS (SELECT FROM staged_{0} staged WHERE staged.ref = row.ref)"
_STILL = "row.source = %(source)s AND row.{0} IS NULL"
_LIVE_PARTS = (
    "SELECT part.id FROM people_tenancyperson part"
    " JOIN people_tenancy tenancy ON tenancy.id = part.tenancy_id"
    " JOIN people_person person ON person.id = part.person_id"
    " WHERE part.ended_on IS NULL AND tenancy.ended_on IS NULL"
    " AND tenancy.source = %(source)s AND person.source = %(source)s"
)
# Parts in a tenancy come first: once a tenancy has ended, nobody's part in it is live.
KINDS = (
    Kind(
        "tenancy_people",
        "parts in a tenancy",
        "people_tenancyperson",
        "ended_on",
        f"row.id IN ({_LIVE_PARTS})",
        f"row.id IN ({_LIVE_PARTS} AND NOT EXISTS (SELECT FROM staged_tenancy_people staged"
        " WHERE staged.tenancy_ref = tenancy.ref AND staged.person_ref = person.ref))",
    ),
    Kind("tenancies", "tenancies", "people_tenancy", "ended_on", _STILL.format("ended_on"), _GONE.format("tenancies")),
    Kind("people", "people", "people_person", "left_on", _STILL.format("left_on"), _GONE.format("people")),
    Kind("homes", "homes", "people_home", "left_on", _STILL.format("left_on"), _GONE.format("homes")),
)


@dataclass(frozen=True, slots=True)
class Ending:
    """How many rows of a kind would end, of how many that are live."""

    kind: Kind
    ending: int
    live: int

    @property
    def is_too_many(self) -> bool:
        """Whether it is more than an import may end without an administrator's word."""
        return self.ending * 100 > self.live * MOST_PER_CENT


def count(source: str) -> list[Ending]:
    """What is absent, measured against the register as it is before this import changes anything."""
    endings = []
    with connection.cursor() as cursor:
        for kind in KINDS:
            numbers = []
            # Two questions, each a plain join: as one, PostgreSQL would look for every row anew.
            for which in (f"{kind.live} AND {kind.absent}", kind.live):
                cursor.execute(f"SELECT count(*) FROM {kind.table} row WHERE {which}", {"source": source})
                numbers.append(cursor.fetchone()[0])
            endings.append(Ending(kind, numbers[0], numbers[1]))
    return endings


def end(import_id: int, source: str, day: date) -> dict[str, int]:
    """Ends what is absent, on the day of the import. Out: how many by file."""
    ended = {}
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(
                f"UPDATE {kind.table} row SET {kind.column} = %(day)s, last_changed_in_id = %(import)s"
                f" WHERE {kind.live} AND {kind.absent}",
                {"source": source, "day": day, "import": import_id},
            )
            ended[kind.sheet] = cursor.rowcount
    return ended
