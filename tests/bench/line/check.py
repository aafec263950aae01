"""Lines 1 and 2: a check by telephone number over HTTP, the look noted before the answer leaves."""

import psycopg

from evenhand.database.place import OWNER
from tests.bench import invent, traffic
from tests.bench.figure import Figure
from tests.bench.server import serving
from tests.bench.traffic import Traffic
from tests.bench.world import World

SECONDS = 2.5
TURNS = 4
WARMING = 2.0
SHARE = 0.5
TAIL = 3.0
KEYS = 10
GROWN = 1.2
QUICK = 20
FEW = World("few-people", 1_250)


def by_telephone(world: World, fresh: bool) -> list[Figure]:
    """Our answer's requests per second against the bare view's, and the slowest of a hundred against its own."""
    with world.made(fresh).open():
        bare, ours = measured(world)
    return [
        Figure(
            line="1",
            work=f"check by telephone, {world.homes * 2:,} people",
            bare=bare.per_second,
            ours=ours.per_second,
            unit="requests/s",
            target=f"≥ {SHARE}",
            met=ours.per_second >= SHARE * bare.per_second and not ours.failures,
            milliseconds=ours.median * 1000,
        ),
        Figure(
            line="1",
            work="the same, 99th percentile",
            bare=bare.worst_in_a_hundred * 1000,
            ours=ours.worst_in_a_hundred * 1000,
            unit="ms",
            target=f"≤ {TAIL}",
            met=ours.worst_in_a_hundred <= TAIL * bare.worst_in_a_hundred,
            milliseconds=ours.worst_in_a_hundred * 1000,
        ),
    ]


def grown(world: World, fresh: bool) -> list[Figure]:
    """The same answer among all the world's people against 2,500 of them, a call at a time."""
    with world.made(fresh).open():
        many = measured_ours(world, lines=1)
    with FEW.made().open():
        few = measured_ours(FEW, lines=1)
    return [
        Figure(
            line="2",
            work=f"check by telephone, {world.homes * 2:,} people against {FEW.homes * 2:,}, median",
            bare=few.median * 1000,
            ours=many.median * 1000,
            unit="ms",
            target=f"≤ {GROWN}, < {QUICK} ms",
            met=many.median <= GROWN * few.median and many.median * 1000 < QUICK and not many.failures,
            milliseconds=many.median * 1000,
        )
    ]


def number(world: World, turn: int) -> str:
    """Another person's telephone each time, in the same order on both sides."""
    return invent.telephone(turn * 7919 % (world.homes * 2))


def measured(world: World) -> tuple[Traffic, Traffic]:
    """The bare view and ours by turns, so that whatever else the machine does falls on both."""
    keys = world.python("tests.bench.key", str(KEYS)).split()
    with psycopg.connect(world.place.address(OWNER, "evenhand"), autocommit=True) as database:
        database.execute("CREATE TABLE IF NOT EXISTS bare_look (at timestamptz, person bigint)")
    with (
        serving(world, "tests.bench.bare.view:application", 8701) as bare,
        serving(world, "evenhand.wsgi:application", 8702) as ours,
    ):
        to_bare = traffic.getting(lambda turn: f"/check?telephone=%2B44{number(world, turn)[1:]}")
        to_ours = traffic.getting(lambda turn: f"/api/v1/check?telephone={number(world, turn)}", keys)
        traffic.run(bare, to_bare, WARMING)
        traffic.run(ours, to_ours, WARMING)
        turns = [(traffic.run(bare, to_bare, SECONDS), traffic.run(ours, to_ours, SECONDS)) for _ in range(TURNS)]
    return traffic.together([one for one, _ in turns]), traffic.together([other for _, other in turns])


def measured_ours(world: World, lines: int) -> Traffic:
    keys = world.python("tests.bench.key", str(KEYS)).split()
    with serving(world, "evenhand.wsgi:application", 8702) as port:
        paths = traffic.getting(lambda turn: f"/api/v1/check?telephone={number(world, turn)}", keys)
        traffic.run(port, paths, WARMING, lines)
        return traffic.run(port, paths, SECONDS * TURNS, lines)
