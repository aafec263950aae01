"""C2: which matters are ours to put right: each that was late, or closed and not done, on any day that was counted."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from evenhand.policy.demand.exclusion import not_done, ours, overdue
from evenhand.policy.demand.log import Column, Matter

FIRST = date(2026, 3, 1)
DAYS = st.integers(0, 12).map(lambda n: FIRST + timedelta(n))
MAYBE = st.none() | DAYS


@given(
    st.builds(
        Matter,
        ref=st.just("R1"),
        kind=st.just("repair"),
        opened=st.just(FIRST),
        respond_by=MAYBE,
        responded=MAYBE,
        closed=MAYBE,
        done=MAYBE,
        reopened=MAYBE,
        unknown=st.sampled_from([frozenset(), frozenset({Column.DONE})]),
    ),
    DAYS,
    st.integers(0, 8),
)
def test_a_matter_is_ours_if_on_any_of_the_days_it_was_late_or_closed_and_not_done(
    matter: Matter, since: date, days: int
) -> None:
    every = [since + timedelta(n) for n in range(days + 1)]
    assert ours(matter, since, every[-1]) == any(overdue(matter, one) or not_done(matter, one) for one in every)
