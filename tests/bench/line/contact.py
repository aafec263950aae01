"""Line 5: the contact log's import, against COPY of the same rows with the same indexes, month by month too."""

import resource
import time

import psycopg

from evenhand.database.place import OWNER
from tests.bench.figure import Figure
from tests.bench.world import World

TABLES = ("contacts_matter", "contacts_contactkey", "contacts_contact")
"""What the files become: the second keeps references unique across months, which no index of the third can."""
SHARE = 0.4
MEMORY = 300
"""Megabytes."""
MONTHS = """
    SELECT part.relname, pg_get_expr(part.relpartbound, part.oid) FROM pg_inherits
    JOIN pg_class part ON part.oid = inhrelid WHERE inhparent = 'contacts_contact'::regclass
"""


def imported(world: World, fresh: bool) -> list[Figure]:
    """Imports into a log that is empty; then the rows that came of it are copied out, and in again without us.

    Out: against COPY of the contacts alone, and against COPY of every row that the files become, as line 4 has it.
    """
    again = World(f"{world.name}-contacts", world.homes, world.contacts)
    again.made(fresh=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    ours = again.seconds("contacts")
    rows, bare = copied(again)
    again.away()
    contacts, matters = rows["contacts_contact"], rows["contacts_matter"]

    def figure(work: str, number: int, copied_in: float) -> Figure:
        return Figure(
            line="5",
            work=work,
            bare=number / copied_in,
            ours=number / ours,
            unit="rows/s",
            target=f"≥ {SHARE}, ≤ {MEMORY} MB",
            met=copied_in / ours >= SHARE and peak <= MEMORY,
            milliseconds=ours * 1000,
        )

    said = f"contact import, {contacts:,} contacts, {matters:,} matters; peak {peak:,.0f} MB"
    return [
        figure(f"{said}; against COPY of the contacts", contacts, bare["contacts_contact"]),
        figure("the same against COPY of every row that becomes of it", sum(rows.values()), sum(bare.values())),
    ]


def copied(world: World) -> tuple[dict[str, int], dict[str, float]]:
    """How many rows of each table, and the seconds in which a bare COPY brings them into one of the same shape."""
    rows, seconds = dict[str, int](), dict[str, float]()
    with world.open(), psycopg.connect(world.place.address(OWNER, "evenhand"), autocommit=True) as database:
        database.execute(
            "CREATE TABLE bare_contacts_contact (LIKE contacts_contact INCLUDING ALL) PARTITION BY RANGE (at)"
        )
        for name, bound in database.execute(MONTHS).fetchall():
            database.execute(f'CREATE TABLE "bare_{name}" PARTITION OF bare_contacts_contact {bound}')
        for table in TABLES:
            database.execute(f"CREATE TABLE IF NOT EXISTS bare_{table} (LIKE {table} INCLUDING ALL)")
            file = world.var / f"{table}.txt"
            with file.open("wb") as out, database.cursor().copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as copy:
                for part in copy:
                    out.write(part)
            began = time.perf_counter()
            with file.open("rb") as source, database.cursor().copy(f"COPY bare_{table} FROM STDIN") as copy:
                while part := source.read(1 << 20):
                    copy.write(part)
            seconds[table] = time.perf_counter() - began
            row = database.execute(f"SELECT count(*) FROM bare_{table}").fetchone()
            rows[table] = row[0] if row else 0
    return rows, seconds
