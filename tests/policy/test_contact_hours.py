"""E1: days, hours and times of a limit, over bank holidays and changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.policy.contact_hours import Hours
from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.need import Channel
from evenhand.policy.terms import Terms
from tests.policy.held import ENDS, LONDON, TERMS, on, plan, weekly

CHRISTMAS = weekly(Weekday.FRIDAY)


def hours(held: Plan, *used: datetime, terms: Terms = TERMS, ends_on: date = ENDS) -> Hours:
    return Hours(((held, ends_on),), used, terms)


def test_a_customer_may_write_on_their_day_and_not_on_another() -> None:
    wednesdays = hours(weekly(Weekday.WEDNESDAY))

    assert not wednesdays.is_open(on(2026, 11, 24))
    assert wednesdays.is_open(on(2026, 11, 25, 0, 0))
    assert wednesdays.is_open(on(2026, 11, 25, 23, 59))
    assert not wednesdays.is_open(on(2026, 11, 26, 0, 0))
    assert wednesdays.next_open(on(2026, 11, 24)) == on(2026, 11, 25, 0)


def test_without_named_days_every_day_is_theirs_weekends_and_bank_holidays_too() -> None:
    any_day = hours(plan(Channel.EMAIL))

    assert any_day.is_open(on(2026, 11, 28))
    assert any_day.is_open(on(2026, 12, 25))


def test_hours_begin_on_the_minute_and_end_before_it() -> None:
    mornings = hours(plan(Channel.PHONE, from_time=time(9), to_time=time(12, 30)))

    assert not mornings.is_open(on(2026, 11, 24, 8, 59))
    assert mornings.is_open(on(2026, 11, 24, 9))
    assert mornings.is_open(on(2026, 11, 24, 12, 29))
    assert not mornings.is_open(on(2026, 11, 24, 12, 30))
    assert mornings.next_open(on(2026, 11, 24, 12, 30)) == on(2026, 11, 25, 9)


def test_once_a_week_is_used_up_by_one_contact_until_the_next_week() -> None:
    weekdays = hours(weekly(), on(2026, 11, 24, 9))

    assert not weekdays.is_open(on(2026, 11, 24, 10))
    assert not weekdays.is_open(on(2026, 11, 29, 23))
    assert weekdays.next_open(on(2026, 11, 24, 10)) == on(2026, 11, 30, 0)


def test_a_contact_last_week_or_still_to_come_uses_up_nothing() -> None:
    weekdays = hours(weekly(), on(2026, 11, 22, 9), on(2026, 11, 25, 9))

    assert weekdays.is_open(on(2026, 11, 24, 10))
    assert not weekdays.is_open(on(2026, 11, 25, 10))


def test_twice_a_month_begins_again_with_the_month() -> None:
    twice = hours(plan(Channel.EMAIL, times=2, period=Period.MONTH), on(2026, 11, 2), on(2026, 11, 9))

    assert twice.next_open(on(2026, 11, 24)) == on(2026, 12, 1, 0)


def test_a_bank_holiday_stays_theirs_and_the_next_working_day_is_theirs_too() -> None:
    fridays = hours(CHRISTMAS)

    assert fridays.is_open(on(2026, 12, 25))
    assert not fridays.is_open(on(2026, 12, 26))
    assert not fridays.is_open(on(2026, 12, 28))
    assert fridays.is_open(on(2026, 12, 29))
    assert not fridays.is_open(on(2026, 12, 30))


def test_the_next_day_that_is_told_is_one_on_which_somebody_answers() -> None:
    assert hours(CHRISTMAS).next_open(on(2026, 12, 24)) == on(2026, 12, 29, 0)


def test_contact_after_a_bank_holiday_is_that_weeks_and_takes_nothing_from_the_next() -> None:
    used_on_tuesday = hours(CHRISTMAS, on(2026, 12, 29, 9))

    assert not used_on_tuesday.is_open(on(2026, 12, 29, 10))
    assert used_on_tuesday.is_open(on(2027, 1, 1))
    assert used_on_tuesday.next_open(on(2026, 12, 29, 10)) == on(2027, 1, 4, 0)


def test_contact_on_the_bank_holiday_itself_is_the_only_one_of_its_week() -> None:
    assert not hours(CHRISTMAS, on(2026, 12, 25, 9)).is_open(on(2026, 12, 29, 10))


def test_two_days_that_fall_on_one_are_two_contacts() -> None:
    twice = weekly(Weekday.FRIDAY, Weekday.MONDAY)
    once_each = hours(twice, on(2026, 12, 29, 9))

    assert once_each.is_open(on(2026, 12, 29, 10))
    assert not hours(twice, on(2026, 12, 29, 9), on(2026, 12, 29, 10)).is_open(on(2026, 12, 29, 11))


@pytest.mark.parametrize(
    ("day", "length"), [(date(2026, 3, 29), 1), (date(2026, 10, 25), 3), (date(2026, 6, 1), 2)], ids=str
)
def test_hours_follow_the_clock_on_the_wall_when_it_changes(day: date, length: int) -> None:
    small_hours = hours(plan(Channel.PHONE, from_time=time(0, 30), to_time=time(2, 30)))
    midnight = datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)

    minutes = [midnight + timedelta(minutes=minute) for minute in range(0, 25 * 60, 10)]
    within = [
        at for at in minutes if small_hours.is_open(at.astimezone(LONDON)) and at.astimezone(LONDON).day == day.day
    ]

    assert len(within) == length * 6
    assert within[-1] - within[0] == timedelta(minutes=len(within) * 10 - 10)


def test_the_hour_that_comes_twice_stays_open_both_times() -> None:
    small_hours = hours(plan(Channel.PHONE, from_time=time(1, 30), to_time=time(1, 45)))

    assert small_hours.is_open(on(2026, 10, 25, 1, 40))
    assert small_hours.is_open(on(2026, 10, 25, 1, 40, fold=1))
    assert small_hours.stays_until(on(2026, 10, 25, 1, 40)) == on(2026, 10, 25, 1, 45, fold=1)


def test_hours_within_the_hour_that_is_left_out_are_not_lost() -> None:
    at_night = hours(plan(Channel.PHONE, from_time=time(1, 15), to_time=time(1, 45)))

    assert at_night.is_open(on(2026, 3, 29, 2, 20))


def test_when_the_limit_is_over_contact_is_open() -> None:
    over = hours(weekly(Weekday.WEDNESDAY), on(2026, 11, 25), ends_on=date(2026, 11, 27))

    assert over.next_open(on(2026, 11, 26)) == on(2026, 11, 28, 0)
    assert over.is_open(on(2026, 11, 28))


def test_two_plans_that_never_agree_leave_either_open() -> None:
    either = Hours(((weekly(Weekday.MONDAY), ENDS), (weekly(Weekday.THURSDAY), ENDS)), (), TERMS)

    assert either.is_open(on(2026, 11, 23))
    assert either.is_open(on(2026, 11, 26))
    assert not either.is_open(on(2026, 11, 24))


def test_two_plans_that_agree_hold_together() -> None:
    both = Hours(((weekly(Weekday.MONDAY, Weekday.THURSDAY), ENDS), (weekly(Weekday.THURSDAY), ENDS)), (), TERMS)

    assert not both.is_open(on(2026, 11, 23))
    assert both.is_open(on(2026, 11, 26))


WEEKS = 6


@settings(max_examples=80, deadline=None)
@given(
    st.frozensets(st.sampled_from(list(Weekday)), min_size=1),
    st.frozensets(st.integers(0, WEEKS * 7 - 1), max_size=12),
    st.integers(1, 2),
)
def test_nobody_loses_a_weeks_contact_to_bank_holidays(
    named: frozenset[Weekday], off: frozenset[int], times: int
) -> None:
    """Whoever writes as soon as they may has, after so many weeks, written as often as if there were no holidays."""
    first = date(2026, 6, 1)
    terms = Terms(holidays=frozenset(first + timedelta(days) for days in off))
    each_week = plan(times=times, period=Period.WEEK, weekdays=named)
    used: list[datetime] = []
    end = datetime(2026, 6, 1, tzinfo=LONDON) + timedelta(weeks=WEEKS + 3)
    at = datetime(2026, 6, 1, tzinfo=LONDON)
    while (at := hours(each_week, *used, terms=terms).next_open(at)) < end:
        used.append(at)
        at += timedelta(minutes=1)

    assert len(used) >= WEEKS * times
