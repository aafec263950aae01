"""The path to "neither": nothing is found, nothing is marked, and the customer hears that it is over."""

from collections.abc import Callable

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.policy.events.correspondence import LetterKind
from evenhand.web import way
from tests.journeys import steps
from tests.journeys.people import Colleague, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_report_that_comes_to_nothing_leaves_nothing_behind(story: Story, at_work: Callable[..., Colleague]) -> None:
    # Given a case that is looked into, and whose customer nobody has heard yet,
    story.investigate()
    priya, tom = at_work(story.cast.manager), at_work(story.cast.investigator)
    steps.counts(tom, story)

    # when a manager finds that it was no more than forceful,
    priya.opens_verb(story, "decision.decide").sees("You can find “neither”")
    steps.decides(priya, story, {Conduct.SHOUTING: "Neither"})
    # the letter that says so is sent, as it must be before the case can be closed,
    steps.approves(priya, story, "T1")
    priya.opens_verb(story, "handling.close").sees("A letter has not been sent.").is_asked_nothing()
    steps.posts(priya)
    priya.opens_verb(story, "handling.close").chooses("No further action")
    priya.writes("What are your reasons?", "She raised her voice once, in distress. Nothing more is needed.")
    priya.sends("Close the case").sees("The case is closed.")

    # then the case is over, with one letter, and nobody who looks the person up is warned of anything.
    case = standing(story)
    (finding,) = case.decision.findings
    assert not finding.adverse and case.handling.closed
    assert [each.kind for each in case.correspondence.letters] == [LetterKind.NO_ACTION]
    assert not case.marker.all and not case.expectation.limits
    priya.opens("/cases/?show=closed").sees("Jo Bell")
    sam = at_work(story.cast.colleague)
    sam.opens(way.to_person(story.person)).sees("We hold no warning about this person")
