"""Where one limit ends and another begins: what an appeal may change, hours that touch, when a letter counts."""

from dataclasses import replace
from datetime import time

import pytest

from evenhand.policy import last_day
from evenhand.policy.events.correspondence import Delivery, LetterKind
from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.held import Held
from evenhand.policy.need import Channel
from evenhand.policy.plan import objections_to_allowing_less, objections_to_shape
from tests.policy import answers
from tests.policy.held import limit, plan
from tests.policy.people import MANAGER
from tests.policy.stories import Story, a_finding, a_warning_and_a_finding
from tests.policy.test_contact_plan import told

OPEN = Plan(channels=frozenset({Channel.EMAIL}))
ONCE_A_WEEK = replace(OPEN, times=1, period=Period.WEEK)
MORNINGS = replace(OPEN, from_time=time(9), to_time=time(12))


@pytest.mark.parametrize(
    ("before", "now", "fields"),
    [
        (OPEN, OPEN, []),
        (OPEN, ONCE_A_WEEK, ["times"]),
        (ONCE_A_WEEK, OPEN, []),
        (ONCE_A_WEEK, replace(OPEN, times=1, period=Period.MONTH), ["times"]),
        (OPEN, MORNINGS, ["from_time"]),
        (MORNINGS, OPEN, []),
        (MORNINGS, replace(MORNINGS, from_time=time(10)), ["from_time"]),
        (MORNINGS, replace(MORNINGS, to_time=time(11)), ["from_time"]),
        (MORNINGS, replace(MORNINGS, to_time=time(13)), []),
        (OPEN, replace(OPEN, weekdays=frozenset({Weekday.MONDAY})), ["weekdays"]),
        (OPEN, replace(OPEN, channels=frozenset({Channel.LETTER})), ["channels"]),
        # Half of a number, or of hours, limits nothing. No plan is set so.
        (OPEN, replace(OPEN, times=1), []),
        (replace(OPEN, times=1), ONCE_A_WEEK, ["times"]),
        (OPEN, replace(OPEN, from_time=time(9)), []),
        (replace(OPEN, from_time=time(9)), MORNINGS, ["from_time"]),
    ],
)
def test_an_appeal_takes_nothing_away_and_a_form_says_beside_which_question(
    before: Plan, now: Plan, fields: list[str]
) -> None:
    assert [each.field for each in objections_to_allowing_less(before, now)] == fields


@pytest.mark.parametrize(
    ("shaped", "fields"),
    [
        (ONCE_A_WEEK, []),
        (replace(ONCE_A_WEEK, times=0), ["times"]),
        (replace(OPEN, times=1), ["times"]),
        (replace(OPEN, from_time=time(9)), ["from_time"]),
        (replace(MORNINGS, to_time=time(9)), ["to_time"]),
        (replace(MORNINGS, to_time=time(9, 1)), []),
    ],
)
def test_a_plan_of_one_contact_or_one_minute_is_a_plan_and_of_none_is_not(shaped: Plan, fields: list[str]) -> None:
    assert [each.field for each in objections_to_shape(shaped)] == fields


def test_hours_that_only_touch_are_told_as_two() -> None:
    morning, afternoon = plan(from_time=time(9), to_time=time(12)), plan(from_time=time(12), to_time=time(14))
    found = told(Held(limits=(limit(morning), limit(afternoon, id="L2"))))
    assert "9am to midday or midday to 2pm" in found.lead


@pytest.mark.parametrize(("delivery", "days"), [(Delivery.EMAIL, 1), (Delivery.POST, 2), (Delivery.BY_HAND, 0)])
def test_a_letter_counts_as_read_by_how_it_went(delivery: Delivery, days: int) -> None:
    story = a_finding()
    expected = story.terms.working_days_after(story.day, days)
    assert last_day.deemed(story.now(MANAGER), delivery) == expected


def appealable(about: str, kind: LetterKind, story: Story) -> None:
    assert last_day.told_of(story.case, about).deemed_on is None
    assert last_day.begun(story.case, about, "D9") is None
    story.told(kind)
    deemed = last_day.told_of(story.case, about).deemed_on
    assert deemed and last_day.begun(story.case, about, "D9") == deemed


def test_since_when_the_customer_knows_is_known_of_each_thing_that_is_told() -> None:
    appealable("F1", LetterKind.FINDING, a_finding())
    appealable("M1", LetterKind.MARKER, a_finding().marked())
    limited = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed()
    appealable("L1", LetterKind.LIMITS, limited)
    appealable("S1", LetterKind.SINGLE_CONTACT, limited)
    assert last_day.told_of(limited.case, "L9").deemed_on is None
