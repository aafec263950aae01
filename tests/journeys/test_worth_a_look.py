"""A manager looks at what is worth a look: puts one aside as our own failure, takes another to a case."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from evenhand.contacts import suggesting
from evenhand.contacts.models import Answered, Contact, Matter, Objected
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
    priya.writes("What did you find, and what happens now?", "We put the boiler right and ring her.")
    priya.sends("Set it aside").sees("Choose the matter that was late")
    priya.ticks("Repair of 2 January 2026").picks("Who puts them right?", "Sam Okafor")
    priya.dates("By when is it put right?", START + timedelta(days=7)).sends("Set it aside")
    priya.sees("Set aside, with your reason", "We put the boiler right", "Sam Okafor, by 10 March 2026 (in 7 days)")
    # Whoever was asked sees it on their first page, says what was done, and it is gone.
    sam = at_work(cast.colleague, phone=phone).opens("/").sees("What you are to put right", "For Jo Bell")
    sam.follows("Put right: Repair of 2 January 2026").sees("Promised by").does_not_see("How often")
    sam.follows("Say that this is put right").writes("What was done, and what was", "She was rung on Tuesday.")
    sam.sends("It is done").sees("Saved. It is put right.", "Sam Okafor put it right on 3 March 2026")
    sam.opens("/").does_not_see("What you are to put right")
    priya.opens("/worth-a-look/our-own-failures/").sees("Sam Okafor put it right on 3 March 2026")
    priya.follows("Repair of 2 January 2026").follows("Ask somebody to put it right").sees("What is to be put right?")
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


def test_a_customer_who_objects_is_answered_in_the_format_that_they_read(
    cast: Cast, daily: Person, at_work: Callable[..., Colleague]
) -> None:
    Person.objects.filter(pk=daily.pk).update(letter_format="large print")
    priya = at_work(cast.manager).opens("/worth-a-look/").follows("Jo Bell").follows("Record that the customer objects")
    priya.writes("What did they say?", "I rang because it was cold.").sends("Record it")
    priya.opens("/worth-a-look/").follows("Jo Bell: answer the objection")
    priya.writes("What did you look at?", "Every call since May.").writes("What did you change", "You were right.")
    priya.sends("Save the answer and draft the letter").sees("Large print (PDF) (the one for this person)")
    priya.chooses("By post").sends("Approve it and send it").sees("It waits to be printed", "Large print")
    priya.sends("Mark 1 letter as posted").sees("It was not printed yet")
    file = priya.page.get_by_role("link", name="All of them in one file to print (PDF)").get_attribute("href")
    assert file and priya.page.request.get(file).body().startswith(b"%PDF")
    priya.sends("Mark 1 letter as posted").sees("No answer waits to be printed")
    assert Objected.objects.get().sent_on == START
