"""E1: limits on contact that begin when the customer has been told, are extended by a fresh decision, and end."""

from collections.abc import Callable
from datetime import date

import pytest

from evenhand.cases.reading import Moment
from evenhand.cases.time_passing import record_what_is_over
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.expectation import ExpectationEnded
from evenhand.web import way
from tests.journeys import steps
from tests.journeys.conftest import Wall
from tests.journeys.people import Colleague, happened, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
END = date(2026, 9, 3)
EXTENDED = date(2027, 2, 24)


def test_limits_are_set_extended_and_end_by_themselves(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    # Given a finding, and that someone senior agreed to go without a warning,
    story.decide().approve("T1")
    story.act("warning.propose_skipping", story.cast.manager, reason="A warning would put a colleague in danger.")
    priya, sam = at_work(story.cast.manager), at_work(story.cast.colleague)
    sian = at_work(story.cast.senior).opens_verb(story, "warning.approve_skipping")
    sian.writes("Why?", "I agree: it would not be safe.").sends("Agree").sees("Agreed.")

    # when a manager limits how the customer contacts us, nothing is in force before they are told;
    steps.limits(priya, story, story.day)
    sam.opens(way.to_person(story.person)).sees("We hold no warning about this person")
    steps.approves(priya, story, "T2", "emergency", "ask us to look again")
    steps.later(story, wall, 2)
    sam.opens(way.to_person(story.person)).sees("once a week, Wednesdays", "unless it is an emergency")

    # near their end they are extended, by a decision as fresh as the first;
    steps.later(story, wall, (date(2026, 8, 24) - story.day).days)
    priya.opens_verb(story, "expectation.extend", "L1").sees("assessment").is_asked_nothing()
    steps.assesses(priya, story, "A review")
    priya.opens_verb(story, "expectation.extend", "L1").writes(
        "What are your reasons?", "Twelve calls on 20 August 2026."
    )
    priya.sends("Extend them and draft the letter").sees("Extended.")
    steps.approves(priya, story, standing(story).correspondence.letters[-1].id, "ask us to look again")
    assert standing(story).expectation.get("L1").ends_on == EXTENDED

    # and on the day after their end they have ended, whether or not a worker ran, and the customer is told.
    steps.later(story, wall, (EXTENDED - story.day).days + 1)
    sam.opens(way.to_person(story.person)).sees("We hold no warning about this person")
    record_what_is_over(Moment(wall.now(), story.day))
    (ended,) = happened(story, ExpectationEnded)
    assert ended.cause is Ending.LAPSED
    assert standing(story).correspondence.letters[-1].kind is LetterKind.LIMIT_ENDED
    priya.opens_case(story).sees("The limit ended")


def test_a_manager_lifts_a_limit_that_the_customer_asks_to_be_rid_of(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    # Given limits in force,
    story.limit().approve("T1").approve("T2")
    tom, priya = at_work(story.cast.investigator), at_work(story.cast.manager)
    steps.later(story, wall, 30)

    # when the customer asks for them to end, and a manager is convinced,
    tom.opens_verb(story, "expectation.request_review", "L1")
    tom.writes("What did the customer say?", "I have not rung for a month. Please let me ring again.")
    tom.sends("Record the request").sees("An answer is now due.")
    priya.opens_verb(story, "expectation.lift", "L1").writes("What are your reasons?", "Nothing happened for a month.")
    priya.sends("Lift them and draft the letter").sees("Lifted.")

    # then nobody is limited any more, and the letter says so.
    letter = standing(story).correspondence.letters[-1]
    assert letter.kind is LetterKind.LIMIT_ENDED
    steps.approves(priya, story, letter.id)
    assert not standing(story).expectation.live(story.day)
    priya.opens(way.to_person(story.person)).sees("We hold no warning about this person")
