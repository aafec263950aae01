"""How days, times and lists are written for people."""

from datetime import datetime, time

import pytest

from evenhand.policy.day_words import clock, listed, sentence, when
from tests.policy.held import on

NOW = on(2026, 11, 24, 14)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(0), "midnight"),
        (time(0, 30), "12:30am"),
        (time(1), "1am"),
        (time(11, 59), "11:59am"),
        (time(12), "midday"),
        (time(12, 5), "12:05pm"),
        (time(13), "1pm"),
        (time(23, 45), "11:45pm"),
    ],
)
def test_a_time_is_written_as_it_is_said(at: time, said: str) -> None:
    assert clock(at) == said


@pytest.mark.parametrize(
    ("at", "now", "said"),
    [
        (on(2026, 11, 24, 16, 30), NOW, "from 4:30pm today"),
        (on(2026, 11, 25, 0), NOW, "from tomorrow"),
        (on(2026, 11, 25, 9), NOW, "from tomorrow, 9am"),
        (on(2026, 11, 26, 0, 30), NOW, "from Thursday 26 November 2026, 12:30am"),
        (on(2026, 11, 25, 9), None, "from Wednesday 25 November 2026, 9am"),
    ],
)
def test_a_coming_moment_is_told_as_seen_from_now_and_where_nobody_knows_when_it_is_read_by_its_day(
    at: datetime, now: datetime | None, said: str
) -> None:
    assert when(at, now) == said


def test_a_list_reads_as_one() -> None:
    assert [listed(parts) for parts in ([], ["one"], ["one", "two"], ["one", "two", "three"])] == [
        "",
        "one",
        "one and two",
        "one, two and three",
    ]
    assert listed(("by email", "by letter"), "or") == "by email or by letter"


def test_words_become_a_sentence_once() -> None:
    assert [sentence(words) for words in (" go in pairs ", "Ring first.", "who is it?", "to flat X", "  ")] == [
        "Go in pairs.",
        "Ring first.",
        "Who is it?",
        "To flat X.",
        "",
    ]
