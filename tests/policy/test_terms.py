"""Working days, calendar months and the bounds of what a landlord may set."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evenhand.policy.terms import Nation, Terms, months_after, out_of_bounds

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
HOLIDAYS = st.frozensets(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=30)
NEAR = st.dates(date(2024, 1, 1), date(2027, 12, 31))
CHRISTMAS = Terms(holidays=frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}))


@given(HOLIDAYS, NEAR, st.integers(1, 60))
def test_counting_working_days_never_ends_on_a_weekend_or_a_holiday(h: frozenset[date], day: date, n: int) -> None:
    for days in (n, -n):
        end = Terms(holidays=h).working_days_after(day, days)
        assert end.weekday() < 5 and end not in h


@given(HOLIDAYS, NEAR, st.integers(1, 60))
def test_there_are_just_so_many_working_days_on_the_way(h: frozenset[date], day: date, n: int) -> None:
    end = Terms(holidays=h).working_days_after(day, n)
    between = [day + timedelta(days=i) for i in range(1, (end - day).days + 1)]
    assert len([d for d in between if d.weekday() < 5 and d not in h]) == n


@given(HOLIDAYS, NEAR, st.integers(0, 60))
def test_counting_back_from_a_working_day_undoes_counting_on(h: frozenset[date], day: date, n: int) -> None:
    terms = Terms(holidays=h)
    assume(terms.is_working_day(day))
    assert terms.working_days_after(terms.working_days_after(day, n), -n) == day


@given(HOLIDAYS, NEAR, st.integers(0, 10), st.integers(0, 40), st.integers(0, 40))
def test_a_later_start_or_a_longer_time_never_ends_sooner(
    h: frozenset[date], day: date, wait: int, n: int, more: int
) -> None:
    terms = Terms(holidays=h)
    end = terms.working_days_after(day, n)
    assert terms.working_days_after(day + timedelta(days=wait), n) >= end
    assert terms.working_days_after(day, n + more) >= end


@given(NEAR)
def test_no_days_after_a_day_is_that_day(day: date) -> None:
    assert Terms().working_days_after(day, 0) == day


def test_christmas_is_left_out_of_twenty_working_days() -> None:
    assert Terms().working_days_after(date(2026, 12, 18), 5) == date(2026, 12, 25)
    assert CHRISTMAS.working_days_after(date(2026, 12, 18), 5) == date(2026, 12, 29)
    assert CHRISTMAS.working_days_after(date(2026, 12, 29), -1) == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_six_months_after_the_thirty_first_of_august_is_the_last_of_february(
    day: date, months: int, then: date
) -> None:
    assert months_after(day, months) == then


@given(DAYS, st.integers(0, 60))
def test_months_keep_the_day_or_take_the_last_of_a_shorter_month(day: date, months: int) -> None:
    then = months_after(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day == day.day or (then.day < day.day and (then + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(0, 24))
def test_a_later_day_never_comes_to_its_month_sooner(day: date, months: int) -> None:
    later = [months_after(day + timedelta(days=i), months) for i in range(4)]
    assert all(one <= other for one, other in pairwise(later))


BOUNDED = [name for name, field in Terms.__dataclass_fields__.items() if field.metadata]


@pytest.mark.parametrize("name", BOUNDED)
def test_a_landlord_may_set_what_lies_within_the_bounds_and_nothing_else(name: str) -> None:
    meta = Terms.__dataclass_fields__[name].metadata
    for allowed in (meta["least"], meta["most"]):
        given_terms: dict[str, Any] = {name: allowed}
        assert getattr(Terms(**given_terms), name) == allowed
    for refused in (meta["least"] - 1, meta["most"] + 1, "6", None, 2.5, True):
        wrong: dict[str, Any] = {name: refused}
        with pytest.raises(ValueError, match="must be from"):
            Terms(**wrong)
        assert str(meta["most"]) in str(out_of_bounds(name, refused))


def test_no_landlord_can_put_a_marker_off_for_more_than_six_months_or_a_limit_for_more_than_twelve() -> None:
    assert out_of_bounds("marker_review_months", 7)
    assert out_of_bounds("limit_months", 13)
    assert out_of_bounds("nation", Nation.WALES) is None


def test_every_wrong_term_is_named_at_once() -> None:
    with pytest.raises(ValueError, match="marker is reviewed.*ask for an appeal"):
        Terms(marker_review_months=7, appeal_lodge_days=1)
