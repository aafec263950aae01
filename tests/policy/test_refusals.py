"""Every refusal is as it was last read by a person: its words, its promise, what removes it, where it is said."""

import pytest

from evenhand.policy.verbs import VERBS
from tests.policy.refusals import refusals_of
from tests.policy.refusals_read import TRIED, kept

KEPT = kept(TRIED)


@pytest.mark.parametrize("verb", VERBS)
def test_the_policy_says_no_as_it_was_last_read(verb: str) -> None:
    assert refusals_of(verb) == KEPT.get(verb, []), "Read what changed, then: python -m tests.policy.refusals"
