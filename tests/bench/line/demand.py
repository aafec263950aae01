"""Lines 6 and 7: demand measured for everybody, and for one customer with very many contacts."""

import json
from functools import cache
from typing import Any

from tests.bench.figure import Figure
from tests.bench.world import World

MOST = 12.0
LINEAR = 11.0
MOST_OF_ONE = 30.0
ONE_WITHIN = 500
"""Milliseconds."""


@cache
def measured(world: World) -> dict[str, Any]:
    with world.made().open():
        found: dict[str, Any] = json.loads(world.python("tests.bench.demand").splitlines()[-1])
    return found


def tenth(world: World) -> World:
    return World(f"{world.name}-tenth", world.homes // 10, world.contacts // 10)


def everybody(world: World, fresh: bool) -> list[Figure]:
    """Against one GROUP BY over the same rows; and against itself at a tenth of them."""
    found, fewer = measured(world.made(fresh)), measured(tenth(world))
    ours = found["everybody"]
    return [
        Figure(
            line="6",
            work=f"demand of everybody, {found['rows']:,} contacts",
            bare=found["everybody_bare"],
            ours=ours,
            unit="s",
            target=f"≤ {MOST}",
            met=ours <= MOST * found["everybody_bare"],
            milliseconds=ours * 1000,
        ),
        Figure(
            line="6",
            work=f"the same against {fewer['rows']:,} contacts",
            bare=fewer["everybody"],
            ours=ours,
            unit="s",
            target=f"≤ {LINEAR}",
            met=ours <= LINEAR * fewer["everybody"],
            milliseconds=ours * 1000,
        ),
    ]


def one(world: World, fresh: bool) -> list[Figure]:
    """Against one indexed aggregate over the same rows."""
    found = measured(world.made(fresh))
    return [
        Figure(
            line="7",
            work=f"demand evidence of one customer with {found['one_rows']:,} contacts",
            bare=found["one_bare"] * 1000,
            ours=found["one"] * 1000,
            unit="ms",
            target=f"≤ {MOST_OF_ONE}, < {ONE_WITHIN} ms",
            met=found["one"] <= MOST_OF_ONE * found["one_bare"] and found["one"] * 1000 < ONE_WITHIN,
            milliseconds=found["one"] * 1000,
        )
    ]
