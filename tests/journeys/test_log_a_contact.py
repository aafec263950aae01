"""E1, rule 1: a call is logged in ten seconds from a telephone; one outside the limits is heard to the end first."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from evenhand.contacts import ingest
from evenhand.contacts.models import Contact, Matter, Outside
from evenhand.policy.events.expectation import Plan
from evenhand.policy.need import Channel
from evenhand.web import way
from tests.journeys import steps
from tests.journeys.conftest import Wall
from tests.journeys.people import Colleague
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_call_is_logged_on_a_telephone_and_read_back_at_a_desk(
    story: Story, at_work: Callable[..., Colleague]
) -> None:
    # Given a repair that a tenant waits for,
    opened = story.day - timedelta(days=9)
    Matter.objects.create(source="housing", ref="M1", person=story.person, kind="repair", opened_on=opened)

    # when a colleague takes a call about it,
    sam = at_work(story.cast.colleague, phone=True)
    sam.opens(way.to_person(story.person)).follows("Log a contact")
    sam.chooses("By telephone").chooses("Repair of …", to="What was it about?")
    sam.writes("How many minutes did it take?", "6").chooses("Yes", to="Did it tell us something new?")
    sam.sends("Log it").sees("The contact is logged.")

    # then whoever works on cases finds it among all contacts with the person.
    tom = at_work(story.cast.investigator)
    tom.opens(way.to_person(story.person)).follows("See every contact with them")
    tom.sees("They contacted us by telephone", "repair of", "6 minutes", "Told us something new")


def test_a_contact_outside_the_limits_is_heard_to_the_end_before_it_is_kept(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    # Given somebody who is to contact us by letter only,
    story.limit(Plan(channels=frozenset({Channel.LETTER}))).approve("T1").approve("T2")
    steps.later(story, wall, 14)

    # when they ring, and the colleague has not said whether it told of a hazard,
    sam = at_work(story.cast.colleague, phone=True)
    sam.opens(way.to_person(story.person)).follows("Log a contact").chooses("By telephone").sends("Log it")
    sam.sees("Read or listen to it first")
    assert not Contact.objects.exists()

    # then it is asked for, and a hazard is passed on before anything else.
    sam.chooses("Yes", to="Does it tell of a hazard").writes("If so, whom did you tell?", "Repairs, at 2:30pm")
    sam.sends("Log it").sees("counts as outside the limits", "make sure that whoever you told is acting on it")
    assert Outside.objects.get().passed_on == "Repairs, at 2:30pm"

    # And the manager who reviews the limit sees it.
    priya = at_work(story.cast.manager).opens_verb(story, "expectation.lift", "L1")
    priya.sees("Contacts since the limit began", "1, of which 1 told of a hazard or a danger")


def test_a_contact_that_matches_nobody_is_given_to_whoever_it_was(
    story: Story, at_work: Callable[..., Colleague]
) -> None:
    # Given a call from a number that a tenant has,
    call = {"contact_ref": "K1", "at": f"{story.day}T08:00:00Z", "telephone": story.person.phone, "channel": "phone"}
    ingest.batch([call], "telephony", today=story.day, register="housing")

    # when a colleague looks whose it is,
    tom = at_work(story.cast.investigator).opens("/").follows("Contacts that match nobody yet: 1")
    tom.follows(f"A contact by telephone: {story.person.phone}")
    tom.sees("It may be this person", "Has the telephone number", "Households share a telephone")
    assert Contact.objects.get().person is None

    # then it is theirs because somebody said so.
    tom.sends(f"It is {story.person.name}’s").sees("Every contact is matched")
    assert Contact.objects.get().person == story.person
