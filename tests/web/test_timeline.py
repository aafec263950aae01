"""The timeline: a sentence for everything that can happen, names for ids, and no more than the viewer may see."""

import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from types import NoneType, UnionType
from typing import Any

import pytest
from django.test import Client

from evenhand.people.models import User
from evenhand.people.text import unbroken
from evenhand.policy.events.appeal import AppealDecided, AppealLodged, Lodger, Outcome
from evenhand.policy.events.catalogue import KINDS
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import Plan
from evenhand.policy.events.marker import Control
from evenhand.policy.events.support import Agency, ReferralMade
from evenhand.policy.need import Channel
from evenhand.web.control_words import instruction, plan_in_words
from evenhand.web.fields import in_words
from evenhand.web.said import Teller
from evenhand.web.sentence import SENTENCES, said
from tests.web.stories import Cast, Story, weekly

EXAMPLES = {
    str: "words",
    int: 2,
    bool: False,
    date: date(2026, 12, 3),
    datetime: datetime(2026, 12, 3, 14, 30, tzinfo=UTC),
    time: time(9),
}


def example(hint: Any) -> Any:
    """A value of a declared type."""
    origin, within = typing.get_origin(hint), typing.get_args(hint)
    if origin is UnionType:
        return example(next(each for each in within if each is not NoneType))
    if origin is tuple:
        return tuple(example(each) for each in within if each is not ...)
    if origin is frozenset:
        return frozenset({example(within[0])})
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if is_dataclass(hint):
        return made(hint)
    return EXAMPLES[hint]


def made(kind: Any) -> Any:
    hints = typing.get_type_hints(kind)
    return kind(**{field.name: example(hints[field.name]) for field in fields(kind)})


def test_everything_that_can_happen_has_a_sentence() -> None:
    assert set(SENTENCES) == set(KINDS.values())


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_each_sentence_reads_as_one_and_shows_no_bare_id(kind: type[Event]) -> None:
    told = said(made(kind), Teller())
    assert told.title[0].isupper() or told.title.startswith("words")
    whole = f"{told.title} {told.text}"
    assert "None" not in whole and "  " not in whole and "_" not in whole and ".." not in whole


def test_a_plan_reads_as_a_sentence() -> None:
    assert plan_in_words(weekly()) == "By email or by letter, at most once a week, on Wednesday."
    hours = Plan(channels=frozenset({Channel.PHONE}), from_time=time(9), to_time=time(12))
    assert plan_in_words(hours) == "By telephone, from 9am to midday."


def test_the_timeline_names_who_acted(story: Story, cast: Cast, as_: Callable[[User], Client]) -> None:
    story.hear("Nobody rang me back.")
    page = as_(cast.manager).get(f"/cases/{story.reference}/").content.decode()
    assert "The customer’s account was heard" in page
    assert "Nobody rang me back." in page
    assert "by Tom Hughes" in page and "Tom Hughes was asked to look into the case" in page
    assert "colleague:" not in page


def test_a_harmed_colleague_is_named_only_to_those_who_work_on_the_case(
    story: Story, cast: Cast, as_: Callable[[User], Client]
) -> None:
    story.report(harmed=(cast.duty,)).triage()
    assert "Dawn Price was affected" in as_(cast.manager).get(f"/cases/{story.reference}/").content.decode()
    for user in (cast.colleague, cast.duty, cast.protection):
        response = as_(user).get(f"/cases/{story.reference}/")
        assert response.status_code == 200
        assert "was affected" not in response.content.decode()


def test_how_a_customer_asked_and_what_came_of_it_read_as_one_sentence() -> None:
    when = {"by": "someone", "at": datetime(2026, 3, 3, 10, tzinfo=UTC), "on": date(2026, 3, 3)}
    asked = AppealLodged(
        **when, appeal="A1", against="F1", lodger=Lodger.ADVOCATE, how="By telephone", grounds="No.", late_reason="",
        decide_by=date(2026, 4, 1),
    )  # fmt: skip
    decided = AppealDecided(**when, appeal="A1", against="F1", outcome=Outcome.UPHELD, reasons="No.", change="")
    assert said(asked, Teller()).text.startswith("By an advocate, by telephone.")
    assert said(decided, Teller()).title == "The appeal was upheld: the decision is cancelled"
    referred = ReferralMade(
        **when, referral="R1", agency=Agency.CUSTOMER_PARTNER, name="Alun", purpose="sort out his bills",
        consent="Yes.", follow_up_on=date(2026, 4, 1),
    )  # fmt: skip
    assert said(referred, Teller()).text.startswith("A Customer Partner. To help them: sort out his bills.")


def test_what_is_kept_with_a_straight_apostrophe_is_shown_with_a_turned_one() -> None:
    kept = {"controls": [Control.ASK_FIRST.value]}
    assert instruction("marker", kept) == "Speak to the case’s manager before any visit."
    assert in_words(Control.ASK_FIRST) == "Speak to the case’s manager before any visit"


def test_the_postcode_of_an_address_stays_on_one_line() -> None:
    assert unbroken("3 Ferry Row, Zedham, ZH1 4JQ") == "3 Ferry Row, Zedham, ZH1\u00a04JQ"
