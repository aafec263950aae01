"""When a visit is, however the system that plans it writes a day and a time."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from evenhand.people.register.cell import Unfit
from evenhand.sharing.visit_time import when

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("", "2026-12-03T14:30"),
        ("", "2026-12-03 14:30:00"),
        ("", "2026-12-03T14:30:00Z"),
        ("", "2026-12-03T14:30:00.000+00:00"),
        ("", "2026-12-03T15:30:00+01:00"),
        ("", "03/12/2026 14:30"),
        ("", "3 December 2026 at 2:30pm"),
        ("", "3 Dec 2026, 2.30 pm"),
        ("2026-12-03", "14:30"),
        ("2026-12-03 00:00:00", "14:30:00"),
        ("2026-12-03T00:00:00.000", "2:30PM"),
        ("3/12/2026", "1430"),
        ("03-12-26", "14.30"),
        ("2026-12-03", "2026-12-03 14:30"),
        ("2026-12-03 14:30", ""),
    ],
)
def test_a_visit_at_half_past_two_however_it_is_written(day: str, clock: str) -> None:
    found = when(day, clock, LONDON)
    assert found.at == datetime(2026, 12, 3, 14, 30, tzinfo=LONDON)
    assert found.until == datetime(2026, 12, 3, 15, 30, tzinfo=LONDON), "whoever waits at the door is still told"


@pytest.mark.parametrize(
    ("clock", "begins", "ends"),
    [
        ("", (0, 0), (23, 59)),
        ("all day", (0, 0), (23, 59)),
        ("00:00:00", (0, 0), (23, 59)),
        ("AM", (8, 0), (13, 0)),
        ("Afternoon", (12, 0), (18, 0)),
        ("08:00-12:00", (8, 0), (12, 0)),
        ("8am to 12pm", (8, 0), (12, 0)),
        ("10:00 – 14:00", (10, 0), (14, 0)),
    ],
)
def test_a_part_of_a_day_begins_and_ends(clock: str, begins: tuple[int, int], ends: tuple[int, int]) -> None:
    found = when("2026-12-03", clock, LONDON)
    assert (found.at.hour, found.at.minute) == begins and (found.until.hour, found.until.minute) == ends


def test_a_time_in_summer_is_the_landlords_own_and_one_in_greenwich_is_turned_into_it() -> None:
    assert when("", "2026-07-03T14:30Z", LONDON).at == datetime(2026, 7, 3, 15, 30, tzinfo=LONDON)
    assert when("", "2026-07-03T14:30", LONDON).at == datetime(2026, 7, 3, 14, 30, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("day", "clock", "words"),
    [
        ("", "", "There is no date"),
        ("", "14:30", "not a date and a time"),
        ("soon", "14:30", "not a date and a time"),
        ("31/2/2026", "9am", "no such day"),
        ("3 Brumaire 2026", "9am", "no month called brumaire"),
        ("2026-12-03", "25:00", "no such time"),
        ("2026-12-03", "0:30pm", "no such time"),
        ("2026-12-03", "tea", "not a time of day"),
        ("2026-12-03", "9 to 11 to 12", "|"),
    ],
)
def test_what_is_no_time_says_why(day: str, clock: str, words: str) -> None:
    if words == "|":
        assert when(day, clock, LONDON).at.hour == 9
        return
    with pytest.raises(Unfit, match=words):
        when(day, clock, LONDON)
