"""C2: whoever counts the contacts behind a number comes to that number."""

from collections import Counter

import pytest

from evenhand.policy.demand.behind import Part, parts
from evenhand.policy.demand.exclusion import Reason, exclusions
from evenhand.policy.demand.tally import KINDS
from evenhand.policy.demand.terms import DemandTerms
from tests.policy.demand.habits import NAMED, at_random
from tests.policy.demand.invented import SPAN, Habits, landlord
from tests.policy.demand.scoring import suggested

TERMS = DemandTerms()
LANDLORDS = {**NAMED, "at random": at_random(100)}


@pytest.mark.parametrize("habits", LANDLORDS.values(), ids=LANDLORDS.keys())
def test_the_list_behind_every_number_gives_the_number(habits: Habits) -> None:
    made = landlord(habits)
    kinds = set()
    for ref, found in suggested(made, SPAN).items():
        history = made.histories[ref]
        minutes = {one.ref: one.minutes for one in history.contacts}
        reasons = exclusions(history, TERMS)
        for one, listed in zip(found, parts(history, found, TERMS), strict=True):
            number = Counter(listed.values())
            assert number[Part.FIGURE] == one.figure, (ref, one.kind)
            assert number[Part.FIGURE] + number[Part.COUNTS] == one.counted
            assert sum(minutes[ref] for ref, part in listed.items() if part is not Part.LEFT_OUT) == one.minutes
            assert Counter(reasons[ref] for ref, part in listed.items() if part is Part.LEFT_OUT) == one.left_out
            assert number.total() == one.all_contacts + one.left_out.get(Reason.OUTWARD, 0)
            kinds.add(one.kind)
    assert kinds == set(KINDS)
