"""Line 5: the contact log's import, against COPY of the same rows with the same indexes, month by month too."""

import resource
import time

import psycopg

from evenhand.database.place import OWNER
from tests.bench.figure import Figure
from tests.bench.world import World

SHARE = 0.4
MEMORY = 300
"""Megabytes."""
MONTHS = """
    SELECT part.relname, pg_get_expr(part.relpartbound, part.oid) FROM pg_inherits
    JOIN pg_class part ON part.oid = inhrelid WHERE inhparent = 'contacts_contact'::regclass
"""


def imported(world: World, fresh: bool) -> list[Figure]:
    """Imports into a log that is empty; then the rows that came of it are copied out, and in again without us."""
    again = World(f"{world.name}-contacts", world.homes, world.contacts)
    again.made(fresh=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    ours = again.seconds("contacts")
    rows, bare = copied(again)
    again.away()
    return [
        Figure(
            line="5",
            work=f"contact import, {rows:,} rows and their matters; peak {peak:,.0f} MB",
            bare=rows / bare,
            ours=rows / ours,
            unit="rows/s",
            target=f"≥ {SHARE}, ≤ {MEMORY} MB",
            met=rows / ours >= SHARE * rows / bare and peak <= MEMORY,
            milliseconds=ours * 1000,
        )
    ]


def copied(world: World) -> tuple[int, float]:
    """How many rows, and the seconds in which a bare COPY brings them into a table of the same shape."""
    file = world.var / "contacts_contact.csv"
    with world.open(), psycopg.connect(world.place.address(OWNER, "evenhand"), autocommit=True) as database:
        database.execute("CREATE TABLE bare_contact (LIKE contacts_contact INCLUDING ALL) PARTITION BY RANGE (at)")
        for name, bound in database.execute(MONTHS).fetchall():
            database.execute(f'CREATE TABLE "bare_{name}" PARTITION OF bare_contact {bound}')
        with file.open("wb") as out, database.cursor().copy("COPY (SELECT * FROM contacts_contact) TO STDOUT") as copy:
            for part in copy:
                out.write(part)
        began = time.perf_counter()
        with file.open("rb") as source, database.cursor().copy("COPY bare_contact FROM STDIN") as copy:
            while part := source.read(1 << 20):
                copy.write(part)
        seconds = time.perf_counter() - began
        row = database.execute("SELECT count(*) FROM bare_contact").fetchone()
    return (row[0] if row else 0), seconds
