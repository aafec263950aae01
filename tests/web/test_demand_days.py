"""C2: what is told of how often somebody contacted us is told of days that have been, and that were asked about."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pypdfium2
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from evenhand.contacts.models import Suggested
from evenhand.people.models import Person, User
from evenhand.web import way
from evenhand.web.templatetags.words import day
from tests.web.demand_log import OPENED, daily, neighbours
from tests.web.stories import START, Cast

__all__ = ["daily", "neighbours"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def days_to_come(said: str) -> list[str]:
    return [told for n in range(1, 40) if (told := day(START + timedelta(days=n))) in said]


def test_a_page_and_a_statement_tell_of_no_day_that_is_still_to_come(cast: Cast, daily: Person, as_: SignIn) -> None:
    browser, signed = as_(cast.manager), way.PEOPLE.sign(str(daily.pk))
    page = browser.get(reverse("demand.person", args=[signed])).content.decode()
    assert f"to {day(START)}. They contacted us 28 times" in page
    assert days_to_come(page) == []
    document = pypdfium2.PdfDocument(browser.get(reverse("demand.statement", args=[signed])).content)
    assert days_to_come(" ".join(document[0].get_textpage().get_text_range().split())) == []


def test_worth_a_look_tells_of_no_day_that_is_still_to_come(cast: Cast, daily: Person, as_: SignIn) -> None:
    page = as_(cast.manager).get(reverse("demand")).content.decode()
    assert "Jo Bell" in page and days_to_come(page) == []
    assert Suggested.objects.get(person=daily).until <= START


def test_whoever_asks_for_some_days_is_told_of_those_days_only(
    daily: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = OPENED + timedelta(days=1), OPENED + timedelta(days=19)
    assert first.weekday() and last.weekday() != 6
    call_command("demand", "--from", first.isoformat(), "--to", last.isoformat(), "--format", "json")
    (told,) = json.loads(capsys.readouterr().out)
    assert {(one["from"], one["to"]) for one in told["figures"]} == {(first.isoformat(), last.isoformat())}
    call_command("demand", "--from", first.isoformat(), "--to", last.isoformat())
    assert re.search(rf"{first} to {last}$", capsys.readouterr().out, re.M)
