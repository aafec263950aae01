"""Every act writes what it wrote when somebody last read it, and the same roles may do it."""

import pytest

from evenhand.policy.verbs import VERBS
from tests.policy.refusals_read import kept
from tests.policy.written import FILE, written_by

KEPT = kept(FILE)


@pytest.mark.parametrize("verb", VERBS)
def test_an_act_writes_and_is_open_to_those_as_it_was_last_read(verb: str) -> None:
    assert written_by(verb) == KEPT[verb], "Read what changed, then: python -m tests.policy.written"
