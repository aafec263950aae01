"""A dog at the door: whoever meets it says so on a telephone, the next visitor is told, and a planner ends it."""

from collections.abc import Callable

import pytest

from evenhand.people.models import Home, HomeHazard
from evenhand.web import way
from tests.journeys.people import Colleague
from tests.web.stories import Cast, Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_dog_is_met_told_of_and_gone(story: Story, cast: Cast, home: Home, at_work: Callable[..., Colleague]) -> None:
    sam = at_work(cast.colleague, phone=True)
    sam.opens(way.to_check(home)).follows("Hazards of this home").follows("Record a hazard")
    sam.chooses("A dog or another animal")
    sam.writes("What exactly, and where?", "In the yard, by the back gate")
    sam.sends("Record it")
    sam.sees("by the back gate")

    dawn = at_work(cast.duty, phone=True)
    dawn.opens(way.to_check(home)).sees("Ask for the animal to be shut away before you go in.")

    carol = at_work(cast.planner)
    carol.opens(way.to_hazards(home)).follows("it is gone")
    carol.writes("How do you know that it is gone?", "Sam looked today: the dog has gone with its keeper.")
    carol.sends("End it")
    carol.sees("No hazard is recorded at this home")
    assert HomeHazard.objects.get().ended_by == cast.planner
    dawn.opens(way.to_check(home)).sees("We hold no warning about this home.")
