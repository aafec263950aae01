"""Line 3: ten thousand visits checked in one call, against one join returning the same rows."""

import json

from tests.bench.figure import Figure
from tests.bench.world import World

MOST = 3.0


def checked(world: World, fresh: bool) -> list[Figure]:
    with world.made(fresh).open():
        found = json.loads(world.python("tests.bench.visits", str(world.homes)).splitlines()[-1])
    return [
        Figure(
            line="3",
            work=f"{found['rows']:,} visits in one call, {found['held']:,} with something held",
            bare=found["bare"] * 1000,
            ours=found["ours"] * 1000,
            unit="ms",
            target=f"≤ {MOST}",
            met=found["ours"] <= MOST * found["bare"],
            milliseconds=found["ours"] * 1000,
        )
    ]
