"""M1: what whoever learns of a child's part has to mind, and who may not be told alone."""

from dataclasses import replace

import pytest

from evenhand.policy.need import Channel, Need
from evenhand.policy.youth import minding, objections_to_age
from tests.policy.people import MANAGER, SENIOR
from tests.policy.stories import KNOWN, given


@pytest.mark.parametrize(
    ("age", "begins"), [(None, ""), (18, ""), (17, "They are under 18."), (10, "They are under 18.")]
)
def test_whoever_hears_that_a_young_person_was_involved_thinks_of_safeguarding(age: int | None, begins: str) -> None:
    said = minding(age)
    assert said.startswith(begins) and bool(said) == bool(begins)
    assert not said or "record a safe parent, guardian" in said and "Only someone senior" in said


def test_of_a_child_there_is_never_a_marker() -> None:
    assert minding(9).startswith(
        "They are under 10, so there is never a marker."
    ) and "record a safe parent" in minding(9)


@pytest.mark.parametrize(
    ("age", "fields"),
    [
        (None, ["age_checked"]),
        (9, [None]),
        (10, [None, "safeguarding_check"]),
        (17, [None, "safeguarding_check"]),
        (18, []),
    ],
)
def test_who_decides_on_a_young_persons_marker_and_after_what(age: int | None, fields: list[str | None]) -> None:
    story = given(replace(KNOWN, age=age))
    found = list(objections_to_age(story.now(MANAGER), " ", " "))
    assert [each.field for each in found] == fields
    assert all(each.promise.name == "M1" and each.words.endswith((".", "marked.")) for each in found)
    answered = list(objections_to_age(story.now(SENIOR), "Asked: eleven.", "The school knows."))
    assert bool(answered) == (age == 9)


def test_a_child_and_somebody_who_lacks_capacity_are_not_told_alone() -> None:
    ages = [replace(KNOWN, age=age).must_not_be_told_alone for age in (17, 18, None)]
    assert ages == [True, False, False]
    assert replace(KNOWN, needs=frozenset({Need.LACKS_CAPACITY})).must_not_be_told_alone


def test_what_does_not_suit_and_what_is_not_safe_are_both_ruled_out() -> None:
    known = replace(KNOWN, needs=frozenset({Need.DEAF}), unsafe=frozenset({Channel.VISIT}))
    assert known.unsuitable == {Channel.PHONE, Channel.VISIT}
