"""C2: what the log does not show is said wherever somebody could take it for something that did not happen."""

import json
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from evenhand.contacts import suggesting
from evenhand.contacts.models import Contact
from evenhand.doors.clock import now
from evenhand.people.models import Person, User
from evenhand.policy.conduct import DEMANDS
from evenhand.policy.demand.terms import DemandTerms
from evenhand.web import demand_shown, way
from tests.web.demand_log import OPENED, daily, neighbours
from tests.web.stories import START, Cast

__all__ = ["daily", "neighbours"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SENIOR = "Our records do not show whether they asked for someone more senior, so this cannot be measured."
MINUTES = "Our records do not show how long many contacts took."


def how_often(browser: Client, person: Person, name: str = "demand.person") -> Any:
    return browser.get(reverse(name, args=[way.PEOPLE.sign(str(person.pk))]))


def test_each_of_the_seven_kinds_says_its_figure(cast: Cast, daily: Person, as_: SignIn) -> None:
    Contact.objects.filter(person=daily, pk__lt=2).update(asked_for_senior=True, offered_colleague=True)
    page = how_often(as_(cast.investigator), daily).content.decode()
    assert page.count('<section aria-labelledby="kind-') == len(DEMANDS) == 7
    assert "Twice they asked for someone more senior. That was from" in page and "We look at 6 and more." in page
    assert "They sent no emails or other written messages that count." in page
    assert "more time than usual" not in page and "cannot be measured" not in page


def test_a_page_kept_before_each_kind_said_its_figure_still_says_what_it_said() -> None:
    page = {"kinds": [], "others": ["Returning to settled issues"], "contacts": [], "reasons": [], "beside": []}
    kept = json.loads(json.dumps({**page, "chart": {"lines": []}}))
    shown = demand_shown.opened(kept, lambda kind: f"/{kind}", lambda which: f"/{which}")
    said = render_to_string("demand/measured.html", {"shown": shown})
    assert "it said of the following: “None of these takes much more time than usual.”" in said
    assert "Their figures were not kept." in said and "<li>Returning to settled issues</li>" in said


def test_a_missing_mark_is_said_on_the_page_and_to_the_customer(cast: Cast, daily: Person, as_: SignIn) -> None:
    Contact.objects.filter(person=daily).update(asked_for_senior=None)
    browser = as_(cast.manager)
    assert SENIOR in how_often(browser, daily).content.decode()
    document = pypdfium2.PdfDocument(how_often(browser, daily, "demand.statement").content)
    said = " ".join(document[0].get_textpage().get_text_range().split())
    assert len(document) == 1 and "do not show whether you asked for someone more senior, so this cannot be" in said


def test_missing_minutes_are_said_on_the_page_and_where_somebody_looks_for_suggestions(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    browser = as_(cast.manager)
    assert MINUTES not in browser.get(reverse("demand")).content.decode()
    Contact.objects.update(minutes=None)
    suggesting.measure_everybody(START, now().at, DemandTerms())
    assert "do not show how long many of these contacts took" in how_often(browser, daily).content.decode()
    page = browser.get(reverse("demand")).content.decode()
    assert f"{MINUTES} A customer of whom they do not show it cannot be on this list." in page
    assert "Nobody is waiting for a look" in page


def test_whoever_measures_everybody_is_told_what_the_log_does_not_show(
    daily: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("demand", "--from", OPENED.isoformat(), "--to", START.isoformat(), "--format", "json")
    call_command(*asked)
    assert capsys.readouterr().err == ""
    Contact.objects.update(asked_for_senior=None)
    Contact.objects.filter(pk__gte=1000, pk__lt=1015).update(minutes=None)
    call_command(*asked)
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [
        "Our records do not show whether customers asked for someone more senior, so this cannot be measured: "
        "demanding senior colleagues and refusing others.",
        f"{MINUTES} A customer of whom they do not show it cannot be on this list.",
    ]
    (told,) = json.loads(printed.out)
    assert told["figures"][0]["log_does_not_show"] == ["how long many contacts took"]
