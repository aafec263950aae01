"""C2: whom the measure points at, on landlords of many habits that it was not made on."""

import pytest

from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.log import Column
from evenhand.policy.demand.strength import Strength
from tests.policy.demand.habits import LACKING, NAMED, at_random
from tests.policy.demand.invented import ALWAYS, SPAN, Habits, landlord
from tests.policy.demand.scoring import score, suggested


@pytest.mark.parametrize("habits", NAMED.values(), ids=NAMED.keys())
def test_the_unreasonable_are_found_and_nobody_else(habits: Habits) -> None:
    found = score(made := landlord(habits), suggested(made, SPAN))
    assert found.recall >= 0.95
    assert found.least >= 0.8, found.each
    assert found.precision >= 0.95, found.wrong


@pytest.mark.parametrize("seed", range(100, 112))
def test_nor_does_it_depend_on_habits_that_somebody_chose(seed: int) -> None:
    made = landlord(at_random(seed))
    found = score(made, suggested(made, SPAN))
    assert found.recall >= 0.95
    assert found.least >= 0.8, found.each
    assert found.precision >= 0.95, found.wrong


@pytest.mark.parametrize("column", [Column.TOLD, Column.DONE, Column.NEWS])
def test_without_what_the_matter_itself_can_tell_nobody_innocent_is_pointed_at(column: Column) -> None:
    made = landlord(LACKING[column.value])
    found = score(made, suggested(made, SPAN))
    assert (found.recall, found.precision) == (1, 1)


@pytest.mark.parametrize("reason", Reason)
def test_whatever_is_not_taken_out_is_held_against_someone_innocent(reason: Reason) -> None:
    made = landlord(Habits())
    fair = score(made, suggested(made, SPAN))
    unfair = score(made, suggested(made, SPAN, without=frozenset({reason})))
    assert unfair.precision < fair.precision
    assert unfair.recall <= fair.recall


def test_counting_contacts_would_be_right_about_one_in_four() -> None:
    made = landlord(Habits())
    often = {ref for ref, history in made.histories.items() if len(history.contacts) >= 12}
    counted = score(made, often)
    assert counted.recall > 0.9
    assert counted.precision < 0.4


@pytest.mark.parametrize("column", sorted(set(Column) - ALWAYS - {Column.TOLD}))
def test_what_the_log_does_not_show_makes_every_suggestion_weaker(column: Column) -> None:
    known, unknown = (
        landlord(Habits(each=3, ordinary=120)),
        landlord(Habits(each=3, ordinary=120, unknown=ALWAYS | {column})),
    )
    before, after = suggested(known, SPAN), suggested(unknown, SPAN)
    for ref in [ref for ref, (_, wrong) in known.truth.items() if wrong and known.histories[ref].matters]:
        for was in before[ref]:
            for now in after[ref]:
                if now.kind is was.kind and now.window == was.window:
                    assert now.strength < was.strength
                    assert column in now.missing


def test_a_suggestion_against_the_innocent_for_want_of_a_column_is_never_strong() -> None:
    made = landlord(Habits(unknown=frozenset(Column)))
    found = suggested(made, SPAN)
    innocent = [ref for ref in found if made.truth[ref][1] is False]
    assert innocent
    assert all(one.in_a_word is not Strength.STRONG for ref in innocent for one in found[ref])
