"""C2: two managers take one suggestion to a case at the very same moment: one result, and the other is told of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evenhand.cases import models
from evenhand.contacts.models import Answered
from evenhand.people.models import Person, User
from evenhand.web import way
from tests.races.conftest import at_once
from tests.races.test_at_once import everything_agrees
from tests.web.demand_log import daily, neighbours
from tests.web.stories import Cast, Story

__all__ = ["daily", "neighbours"]
pytestmark = pytest.mark.django_db(transaction=True)
TOLD = {"account": "She rang every day.", "put_right": "The boiler, on 3 March.", "help_offered": "One to ring."}


def takes(by: User, person: Person, **told: Any) -> Callable[[], HttpResponse]:
    browser = Client()
    browser.force_login(by)
    address = reverse("demand.take", args=[way.PEOPLE.sign(str(person.pk))])
    return lambda: browser.post(address, {**TOLD, "token": f"of {by.pk}", **told})


def one_took_it(results: list[Any]) -> HttpResponse:
    """Whoever was first; the other was told so, and nothing of theirs stays."""
    assert sorted(each.status_code for each in results) == [200, 302], results
    first, second = sorted(results, key=lambda each: -each.status_code)
    told = second.content.decode()
    assert "took this to a case already" in told and Answered.objects.get().case in told
    assert Answered.objects.get().by.name in told
    everything_agrees()
    return first


def test_of_two_who_take_it_to_a_new_report_at_once_one_does(cast: Cast, daily: Person) -> None:
    first = one_took_it(at_once(takes(cast.manager, daily), takes(cast.other_manager, daily)))
    case = models.Case.objects.get()
    assert first["Location"].rstrip("/").endswith(case.reference) and Answered.objects.get().case == case.reference
    assert models.Exhibit.objects.count() == 3
    assert models.Event.objects.filter(kind="IncidentReported").count() == 1


def test_of_two_who_join_it_to_an_open_case_at_once_one_does(cast: Cast, daily: Person, story: Story) -> None:
    into = story.report().triage().reference
    one_took_it(at_once(takes(cast.manager, daily, into=into), takes(cast.other_manager, daily, into=into)))
    assert Answered.objects.get().case == into
    assert models.Case.objects.count() == 2, "The case, and the one report that joined it."
    assert models.Exhibit.objects.filter(case__reference=into).count() == 3
