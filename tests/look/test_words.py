"""Days, times and deadlines as people read them."""

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template

from evenhand.web.templatetags import words
from evenhand.web.templatetags.figure import bars

TODAY = date(2026, 12, 3)


def test_a_day_is_written_without_a_leading_nought() -> None:
    assert words.day(TODAY) == "3 December 2026"
    assert words.weekday(TODAY) == "Thursday 3 December 2026"
    assert words.day(None) == ""


def test_a_moment_is_written_as_the_landlords_clock_shows_it() -> None:
    half_past_midnight_in_summer = datetime(2026, 7, 14, 23, 30, tzinfo=UTC)

    assert words.moment(half_past_midnight_in_summer) == "15 July 2026, 12:30am"
    assert words.day(half_past_midnight_in_summer) == "15 July 2026"
    assert words.moment(datetime(2026, 12, 3, 14, 30, tzinfo=UTC)) == "3 December 2026, 2:30pm"
    assert words.moment(None) == ""


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (time(0, 0), "midnight"),
        (time(0, 5), "12:05am"),
        (time(9, 0), "9am"),
        (time(12, 0), "midday"),
        (time(12, 1), "12:01pm"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_a_time_of_day_cannot_be_mistaken(at: time, written: str) -> None:
    assert words.clock(at) == written


@pytest.mark.parametrize(
    ("deadline", "written", "kind"),
    [
        (date(2026, 11, 3), "30 days overdue", "danger"),
        (date(2026, 12, 2), "1 day overdue", "danger"),
        (date(2026, 12, 3), "today", "due"),
        (date(2026, 12, 4), "tomorrow", "due"),
        (date(2026, 12, 5), "in 2 days", "due"),
        (date(2026, 12, 6), "in 3 days", ""),
    ],
)
def test_a_deadline_says_how_far_off_it_is(deadline: date, written: str, kind: str) -> None:
    assert words.until(deadline, TODAY) == written
    assert words.urgency(deadline, TODAY) == kind


def test_a_badge_says_its_state_in_words_and_escapes_them() -> None:
    shown = Template("{% load words %}{% badge said 'danger' %}").render(Context({"said": "<Overdue>"}))

    assert "&lt;Overdue&gt;" in shown
    assert "<svg" in shown
    assert Template("{% load words %}{% badge '' 'danger' %}").render(Context()).strip() == ""


def test_a_chart_of_nothing_is_drawn() -> None:
    assert bars("How often", [], "incidents")["bars"] == []
    assert bars("How often", [("May", 0)], "incidents")["bars"][0]["width"] == "0.4%"
