"""A customer who does not answer: three attempts on three days, then a decision without their account."""

from collections.abc import Callable

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.policy.events.investigation import ContactAttempted
from tests.journeys import steps
from tests.journeys.conftest import Wall
from tests.journeys.people import Colleague, happened, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_three_attempts_on_three_days_must_fail_before_a_decision_without_the_account(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    # Given a case looked into and weighed, whose customer does not answer,
    story.investigate()
    story.act("investigation.view_how_often", story.cast.investigator, earlier=0, view="Once.")
    story.assess()
    tom, priya = at_work(story.cast.investigator), at_work(story.cast.manager)

    # when they are tried twice on one day, and again on the next, then that is two days and not three;
    steps.tries(tom, story)
    steps.tries(tom, story, "Rang again at 4pm. Nobody answered.")
    steps.later(story, wall, 1)
    steps.tries(tom, story, "Called at her home. Nobody was in.")
    priya.opens_verb(story, "decision.decide").sees("we have tried on 2 of 3 days")

    # and after a third day the case may be decided without them.
    steps.later(story, wall, 1)
    steps.tries(tom, story, "Rang at 9am and left a message.")
    priya.opens_verb(story, "decision.decide").does_not_see("for anything adverse this stands in the way")
    steps.decides(priya, story, {Conduct.SHOUTING: "Unacceptable"}, "It went on for ten minutes.")

    # Then the letter tells the customer that we tried, and the record holds every attempt.
    steps.approves(priya, story, "T1", "You did not tell us, so we decided without it.")
    assert len(happened(story, ContactAttempted)) == 4
    assert standing(story).investigation.days_tried() == 3
    assert not standing(story).investigation.heard
