"""Landlords of many habits: some with a name, for what is particular about them, and as many as wanted at random."""

from random import Random

from evenhand.policy.demand.log import Column
from tests.policy.demand.pen import ALWAYS, Habits

NAMED = {
    "an ordinary landlord": Habits(),
    "one whose customers ring a lot": Habits(seed=2, eager=1.4, chasers=(1, 4), ordinary_matters=(2, 8)),
    "one whose customers ring little": Habits(seed=3, eager=0.7, chasers=(0, 1), minutes=(3, 10)),
    "one whose customers write": Habits(seed=4, letters=0.9),
    "one whose customers ring": Habits(seed=10, letters=0.02),
    "one that promises little": Habits(seed=5, promised=(14, 60)),
    "one that promises much": Habits(seed=9, promised=(3, 10)),
    "a small one": Habits(seed=6, ordinary=60, each=3),
    "a larger one": Habits(seed=11, ordinary=1500, each=12),
    "one that is often late": Habits(seed=12, late=0.5),
    "one with long calls": Habits(seed=13, minutes=(10, 40)),
    "one that answers day and night": Habits(seed=14, hours=(0, 23), teams=("Hub", "Tîm Tai", "North/2")),
    "one with eight months of records": Habits(seed=15, days=240),
    "one with many who need help to communicate": Habits(seed=8, needs=0.5),
}
"""What a log may lack is tested apart: there the unreasonable stay found, and the innocent are not pointed at."""

LACKING = {column.value: Habits(seed=20, unknown=ALWAYS | {column}) for column in sorted(set(Column) - ALWAYS)}
"""An ordinary landlord each, whose log lacks one more column."""


def at_random(seed: int) -> Habits:
    """A landlord of which nothing was chosen by anyone."""
    chance = Random(seed)
    least, promised, begins = chance.randint(2, 10), chance.randint(4, 20), chance.randint(0, 10)
    return Habits(
        seed=seed,
        ordinary=chance.choice([80, 200, 400, 800]),
        each=chance.randint(4, 10),
        eager=chance.uniform(0.7, 1.8),
        promised=(promised, promised + chance.randint(5, 40)),
        ordinary_matters=(0, chance.randint(2, 9)),
        chasers=(0, chance.randint(1, 4)),
        minutes=(least, least + chance.randint(4, 25)),
        letters=chance.random(),
        needs=chance.uniform(0, 0.4),
        late=chance.uniform(0, 0.6),
        hours=(begins, begins + chance.randint(7, 13)),
        days=chance.choice([240, 300, 365, 365]),
        teams=tuple(f"Team {n}" for n in range(chance.randint(1, 12))),
        unknown=ALWAYS | ({Column.TOLD} if chance.random() < 0.3 else frozenset()),
    )
