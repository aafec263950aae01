"""C2: whoever weighs a count reads how much of it came soon after our answer: we may have asked something."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from evenhand.contacts import suggesting
from evenhand.contacts.models import Contact, Matter
from evenhand.people.models import Person, User
from evenhand.policy.demand.terms import DemandTerms
from evenhand.web import way
from tests.web.demand_log import OPENED, daily, neighbours, said
from tests.web.stories import START, Cast

__all__ = ["daily", "neighbours"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TOLD = "23 of the 24 contacts that count came within 7 days after we had contacted them about the same thing"


def answered_daily(person: Person) -> None:
    """On each of the days on which they rang about the repair in time, we answered."""
    repair = Matter.objects.filter(person=person).order_by("respond_by").last()
    days = [OPENED + timedelta(days=n) for n in range(25)]
    Contact.objects.bulk_create(said(person, day, repair, 300 + n, direction="out") for n, day in enumerate(days))
    suggesting.measure_everybody(START, datetime(2026, 3, 3, 3, tzinfo=UTC), DemandTerms())


def test_a_manager_reads_how_many_came_after_our_answers_on_the_list_on_the_page_and_as_data(
    cast: Cast, daily: Person, as_: SignIn, capsys: pytest.CaptureFixture[str]
) -> None:
    browser = as_(cast.manager)
    addresses = reverse("demand"), reverse("demand.person", args=[way.PEOPLE.sign(str(daily.pk))])
    assert not any("see whether we had asked something" in browser.get(one).content.decode() for one in addresses)
    answered_daily(daily)
    assert all(f"{TOLD}: see whether we had asked something." in browser.get(one).content.decode() for one in addresses)
    call_command("demand", "--from", OPENED.isoformat(), "--to", START.isoformat(), "--format", "json")
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["figures"][0]["after_ours"], told["figures"][0]["reply_days"]) == (23, 7)
