"""Each case stands where it stood when somebody last read it: what it holds, since when, until when and from whom."""

from tests.policy.refusals_read import kept
from tests.policy.stands import FILE, all_standing


def test_every_case_stands_where_it_stood_when_it_was_last_read() -> None:
    found = {name: sorted(lines) for name, lines in all_standing().items() if lines}
    assert found == kept(FILE), "Read what changed, then: python -m tests.policy.stands"
