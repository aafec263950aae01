"""Line 4: the register's import, against COPY of the same rows into tables with the same indexes."""

import resource
import sys
import time

import psycopg

from evenhand.database.place import OWNER
from tests.bench.figure import Figure
from tests.bench.world import World

TABLES = ("people_home", "people_person", "people_tenancy", "people_tenancyperson")
SHARE = 0.25
MEMORY = 300
"""Megabytes."""


def imported(world: World, fresh: bool) -> list[Figure]:
    """Imports into an empty database; then the rows that came of it are copied out, and in again without us."""
    again = World(f"{world.name}-register", world.homes)
    again.made(fresh=True)
    rows, bare = copied(again)
    ours = again.seconds("register")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    again.away()
    figure = Figure(
        line="4",
        work=f"register import, {rows:,} rows; peak {peak:,.0f} MB",
        bare=rows / bare,
        ours=rows / ours,
        unit="rows/s",
        target=f"≥ {SHARE}, ≤ {MEMORY} MB",
        met=rows / ours >= SHARE * rows / bare and peak <= MEMORY,
        milliseconds=ours * 1000,
    )
    return [figure]


def copied(world: World) -> tuple[int, float]:
    """How many rows, and the seconds in which a bare COPY brings them into tables of the same shape."""
    rows, seconds = 0, 0.0
    with world.open(), psycopg.connect(world.place.address(OWNER, "evenhand"), autocommit=True) as database:
        for table in TABLES:
            database.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
            file = world.var / f"{table}.csv"
            with file.open("wb") as out, database.cursor().copy(f"COPY {table} TO STDOUT (FORMAT csv)") as copy:
                for part in copy:
                    out.write(part)
            began = time.perf_counter()
            with (
                file.open("rb") as source,
                database.cursor().copy(f"COPY bare_{table} FROM STDIN (FORMAT csv)") as copy,
            ):
                while part := source.read(1 << 20):
                    copy.write(part)
            seconds += time.perf_counter() - began
            row = database.execute(f"SELECT count(*) FROM bare_{table}").fetchone()
            rows += row[0] if row else sys.exit("nothing was counted")
    return rows, seconds
