"""Whoever asks is told what somebody last read that they would be: at the door, on the telephone and in writing."""

from tests.policy.refusals_read import kept
from tests.policy.told import FILE, all_told


def test_everybody_who_asks_is_told_what_was_last_read() -> None:
    found = {name: sorted(set(lines)) for name, lines in all_told().items()}
    assert found == kept(FILE), "Read what changed, then: python -m tests.policy.told"
