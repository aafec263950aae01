"""Lines 8, 9 and 10: a long case's page, Today among many cases, and one act."""

import json
from functools import cache
from typing import Any

from tests.bench.figure import Figure
from tests.bench.world import World

FEW = World("few-cases", 2_500, cases=200, markers=30)


@cache
def measured(world: World) -> dict[str, Any]:
    with world.made().open():
        found: dict[str, Any] = json.loads(world.python("tests.bench.pages").splitlines()[-1])
    return found


def long_case(world: World, fresh: bool) -> list[Figure]:
    """A case of two hundred events against its own template; its statements are counted beside a shorter case's."""
    found = measured(world.made(fresh))
    case, shorter = found["case"], found["shorter"]
    return [
        Figure(
            line="8",
            work=f"page of a case of 200 events; {case['queries']} queries, {shorter['queries']} for a short case",
            bare=case["bare"] * 1000,
            ours=case["ours"] * 1000,
            unit="ms",
            target="≤ 3, < 100 ms",
            met=case["ours"] <= 3 * case["bare"] and case["ours"] < 0.1 and case["queries"] <= shorter["queries"],
            milliseconds=case["ours"] * 1000,
        )
    ]


def today(world: World, fresh: bool) -> list[Figure]:
    """Today's first page among all the world's cases against two hundred."""
    many, few = measured(world.made(fresh))["today"], measured(FEW)["today"]
    return [
        Figure(
            line="9",
            work=f"Today, {world.cases:,} cases against 200; {many['queries']} queries and {few['queries']}",
            bare=few["ours"] * 1000,
            ours=many["ours"] * 1000,
            unit="ms",
            target="≤ 1.3, < 100 ms",
            met=many["ours"] <= 1.3 * few["ours"] and many["ours"] < 0.1 and many["queries"] == few["queries"],
            milliseconds=many["ours"] * 1000,
        )
    ]


def act(world: World, fresh: bool) -> list[Figure]:
    """One act through the record's door against the statements it sends."""
    found = measured(world.made(fresh))["act"]
    return [
        Figure(
            line="10",
            work=f"one act on a case; {found['queries']} statements",
            bare=found["bare"] * 1000,
            ours=found["ours"] * 1000,
            unit="ms",
            target="≤ 4",
            met=found["ours"] <= 4 * found["bare"],
            milliseconds=found["ours"] * 1000,
        )
    ]
