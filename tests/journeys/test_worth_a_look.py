"""A manager looks at what is worth a look: puts one aside as our own failure, takes another to a case."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from evenhand.contacts import suggesting
from evenhand.contacts.models import Answered, Contact, Matter
from evenhand.people.models import Person
from evenhand.policy.demand.terms import DemandTerms
from tests.journeys.people import Colleague
from tests.web.demand_log import OPENED, daily, neighbours, said
from tests.web.stories import START, Cast

__all__ = ["daily", "neighbours"]
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def another(daily: Person) -> Person:
    """One of the neighbours wrote every day, too."""
    found = Person.objects.get(ref="N3")
    theirs = Matter.objects.get(person=found)
    days = [OPENED + timedelta(days=n) for n in range(25)]
    Contact.objects.bulk_create(said(found, day, theirs, 300 + n, channel="email") for n, day in enumerate(days))
    suggesting.measure_everybody(START, datetime(2026, 3, 3, 4, tzinfo=UTC), DemandTerms())
    return found


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_one_is_our_own_failure_and_another_goes_to_a_case(
    cast: Cast, daily: Person, another: Person, at_work: Callable[..., Colleague], phone: bool
) -> None:
    priya = at_work(cast.manager, phone=phone).opens("/worth-a-look/")
    priya.sees("Put right what is ours").sees("3 of 27 contacts came while our work was late")
    # Jo Bell's: ours.
    priya.follows("Jo Bell").sees("3 contacts came while we were late").sees("A count decides nothing")
    priya.follows("Say why this is no case")
    priya.page.get_by_label("Our own failure").check()
    priya.page.get_by_label("What did you find, and what happens now?").fill("We put the boiler right and rang her.")
    with priya.page.expect_navigation():
        priya.page.get_by_role("button", name="Set it aside").click()
    priya.arrives().sees("Set aside, with your reason").sees("We put the boiler right")
    # The other's: help first, then a report with its evidence.
    priya.opens("/worth-a-look/")
    expect(priya.page.get_by_role("heading", name="Jo Bell")).to_have_count(0)
    priya.follows("Other3").follows("Take it to a case")
    priya.page.get_by_label("What is ours, and what was done about it?").fill("Nothing of it was ours.")
    priya.page.get_by_label("What help was offered?").fill("One person to ring, on 2 March.")
    with priya.page.expect_navigation():
        priya.page.get_by_role("button", name="Make the report").click()
    priya.arrives().sees("The report was made, with its evidence")
    assert Answered.objects.filter(person=another, said="taken to a case").exists()
