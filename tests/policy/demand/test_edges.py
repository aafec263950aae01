"""C2: the very day, hour and matter at which a contact is taken out, or shows a demand, and the next at which not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.exclusion import Reason, ours
from evenhand.policy.demand.kind import least_on_one_matter
from evenhand.policy.demand.log import Matter
from evenhand.policy.need import Need
from tests.policy.demand.test_definitions import DAY, REPAIR, SETTLED, TERMS, after, contact, reasons, shown


def on(days: int) -> timedelta:
    return timedelta(days=days)


def test_answered_on_the_last_day_and_closed_is_no_longer_late_but_not_done() -> None:
    answered = replace(REPAIR, responded=DAY + on(28), closed=DAY + on(29))
    assert reasons(after(29), after(30), matters=(answered,)) == [Reason.NOT_DONE, Reason.NOT_DONE]


def test_opened_again_on_the_day_it_was_closed_is_open() -> None:
    again = replace(SETTLED, closed=DAY + on(10), reopened=DAY + on(10))
    assert reasons(after(12), matters=(again,)) == [Reason.NOT_DONE]


def test_done_on_the_day_it_was_closed_is_done_and_done_later_is_not_until_the_next_day() -> None:
    assert reasons(contact(), matters=(SETTLED,)) == [None]
    later = replace(SETTLED, closed=DAY + on(5), done=DAY + on(9))
    assert reasons(after(9), after(10), matters=(later,)) == [Reason.NOT_DONE, None]


def test_a_day_late_in_between_is_ours_to_put_right() -> None:
    a_day_late = replace(REPAIR, done=DAY + on(29))
    assert ours(a_day_late, DAY + on(20), DAY + on(40))
    assert not ours(replace(REPAIR, done=DAY + on(28)), DAY + on(20), DAY + on(40))
    assert not ours(replace(REPAIR, respond_by=None), DAY, DAY + on(40))


def test_an_answer_to_us_is_about_the_same_matter_or_about_none() -> None:
    other = replace(REPAIR, ref="N")
    to_us = contact(hour=9, inward=False)
    assert reasons(to_us, contact(hour=12, about="N"), matters=(REPAIR, other)) == [Reason.OUTWARD, None]
    about_nothing = contact(hour=9, inward=False, about="")
    assert reasons(about_nothing, contact(hour=12, about="not in the log")) == [Reason.OUTWARD, Reason.REPLY]
    assert reasons(to_us, contact(hour=12, about="")) == [Reason.OUTWARD, None]


def test_a_reply_is_one_for_a_week_and_saying_it_again_for_a_day() -> None:
    assert reasons(contact(inward=False), after(TERMS.demand_reply_days)) == [Reason.OUTWARD, Reason.REPLY]
    bsl = frozenset({Need.BSL})
    assert reasons(contact(), after(1), needs=bsl) == [None, Reason.REPEATED_FOR_NEED]
    assert reasons(contact(), after(1, hour=9.1), needs=bsl) == [None, None]


def test_what_came_before_a_burst_is_none_of_it() -> None:
    burst = [after(3, hour=hour) for hour in (9, 10, 11)]
    assert shown(Conduct.IMMEDIATE_RESPONSES, contact(), *burst) == 3


@pytest.mark.parametrize(
    ("new", "number"),
    [
        (Matter("N", "repair", DAY + on(25)), 2),
        (Matter("N", "repair", DAY + on(25), theirs=False), 4),
        (Matter("N", "lift", DAY + on(25)), 4),
        (Matter("N", "repair", DAY - on(1)), 4),
        (Matter("N", "repair", DAY), 0),
    ],
    ids=["came back", "somebody else's", "another kind", "before it was settled", "the day it was settled"],
)
def test_only_the_same_fault_of_theirs_that_came_back_since_is_no_old_issue(new: Matter, number: int) -> None:
    log = (after(1), after(10), after(17), after(45), after(46))
    assert shown(Conduct.SETTLED_ISSUES, *log, matters=(SETTLED, new)) == number


def test_one_contact_on_each_matter_is_enough_but_for_what_is_repeated_or_settled() -> None:
    assert {each: least_on_one_matter(each, TERMS) for each in Conduct if not each.is_behaviour} == {
        Conduct.REPEATED_CONTACT: TERMS.demand_repeated_each,
        Conduct.EXCESSIVE_EMAILS: 1,
        Conduct.IMMEDIATE_RESPONSES: 1,
        Conduct.SENIOR_ONLY: 1,
        Conduct.NOT_SPECIFIC: 1,
        Conduct.SETTLED_ISSUES: TERMS.demand_settled_each,
        Conduct.EXHAUSTED_COMPLAINT: 1,
    }
