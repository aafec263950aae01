"""C2: what comes soon after our answer counts, and is said to: we may have asked something, and no log tells."""

from datetime import timedelta
from typing import Any

import pytest

from evenhand.policy.demand.answered import after_ours
from evenhand.policy.demand.log import Contact
from evenhand.policy.demand.tally import tally
from tests.policy.demand.test_definitions import DAY, SPAN, TERMS, after, contact, daily, history, measured


def ours(days: int, hour: float = 12, **more: Any) -> Contact:
    return after(days, hour=hour, inward=False, **more)


def number(*contacts: Contact) -> int:
    return after_ours(tally(history(*contacts), TERMS), SPAN, TERMS)


def test_someone_who_writes_each_day_and_whom_we_answer_each_day_is_shown_with_how_often_we_had_answered() -> None:
    (alone,) = measured(*daily(20))
    (answered,) = measured(*daily(20), *(ours(n) for n in range(20)))
    assert (alone.after_ours, answered.after_ours, answered.counted, answered.reply_days) == (0, 19, 20, 7)
    assert alone.strength * 0.8 < answered.strength < alone.strength


@pytest.mark.parametrize(
    ("log", "counted"),
    [
        ((contact(), ours(0), after(2)), 1),
        ((contact(), ours(0), after(2, hour=9), after(2, hour=15)), 1),
        ((contact(), ours(0), after(7)), 1),
        ((contact(), ours(0), after(8)), 0),
        ((contact(), ours(0), after(2, about="N")), 0),
        ((contact(), ours(0, about="N"), after(2)), 0),
        ((contact(), ours(0), after(2), after(3)), 1),
        ((contact(), ours(0), after(2, exempt="gas"), after(3)), 0),
    ],
    ids=["next", "twice", "a week", "later", "of another", "ours of another", "after the next", "the next was exempt"],
)
def test_only_the_first_after_our_answer_about_the_same_within_the_days_of_a_reply(
    log: tuple[Contact, ...], counted: int
) -> None:
    assert number(*log) == counted


def test_what_answers_a_contact_that_we_began_is_left_out_and_not_said_again() -> None:
    assert number(contact(), ours(1), after(2)) == 0
    assert number(contact(), ours(0), ours(1), after(2)) == 0


def test_an_answer_before_the_days_that_are_told_tells_of_the_first_in_them() -> None:
    kept = tally(history(contact(), ours(0), after(1), after(2)), TERMS)
    later = type(SPAN)(DAY + timedelta(days=1), SPAN.last)
    assert after_ours(kept, later, TERMS) == 1
    assert after_ours(kept, type(SPAN)(DAY + timedelta(days=2), SPAN.last), TERMS) == 0
