"""Rule 1: what another system brings outside the limits is read for a hazard by a person before it is set aside."""

from collections.abc import Callable

import pytest

from evenhand.cases import outside
from evenhand.contacts import ingest
from evenhand.contacts.models import Contact, Outside
from evenhand.doors.clock import now
from evenhand.policy.events.expectation import Plan
from evenhand.policy.need import Channel
from tests.journeys import steps
from tests.journeys.conftest import Wall
from tests.journeys.people import Colleague
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_two_calls_outside_the_limits_are_read_and_one_tells_of_a_hazard(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    # Given somebody who is to contact us by letter only,
    story.limit(Plan(channels=frozenset({Channel.LETTER}))).approve("T1").approve("T2")
    steps.later(story, wall, 14)

    # when the telephone system brings two of their calls,
    rows = [
        {"contact_ref": f"C{hour}", "at": f"{story.day}T{hour:02}:00:00Z", "person_ref": story.person.ref,
         "channel": "phone", "direction": "in"}
        for hour in (7, 8)
    ]  # fmt: skip
    ingest.batch(rows, "telephones", today=story.day, register=story.person.source)
    outside.judge(now())

    # then whoever works on cases sees it on their first page, and hears the older one to its end,
    tom = at_work(story.cast.investigator, phone=True).opens("/")
    tom.sees("2 contacts to read for a hazard").follows("Read them, the oldest first")
    tom.sees("within 24 hours", "It is about a case of yours").follows("by telephone")
    tom.sees("telephones, reference C7", "not one of the ways left open", "they reach us by letter")

    # which tells of one: it is passed on before it leaves the queue,
    tom.chooses("Yes, and I have passed it on").sends("Save what you found").sees("Pass it on now")
    tom.writes("If so, whom did you tell?", "Repairs, at 2:30pm").sends("Save what you found")
    tom.sees("Make sure that whoever you told is acting on it")
    assert Contact.objects.get(ref="C7").exempt_kind == "hazard"

    # the other tells of none, and is handled as the plan says.
    tom.follows("by telephone").chooses("No, I read or heard none").sends("Save what you found")
    tom.sees("found no hazard", "they reach us by letter").sends("I have done what the plan says")
    tom.sees("The contact is handled.", "Nothing waits to be handled")

    # And the manager who reviews the limit sees both.
    assert Outside.objects.count() == 2
    priya = at_work(story.cast.manager).opens_verb(story, "expectation.lift", "L1")
    priya.sees("Contacts since the limit began", "2, of which 1 told of a hazard or a danger")
