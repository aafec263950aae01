"""Rule 5: whoever was the target of what happened decides nothing about it, whatever they try."""

from collections.abc import Callable

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.web import way
from tests.journeys import steps
from tests.journeys.people import Colleague, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_manager_who_was_shouted_at_cannot_decide_and_is_told_what_becomes_of_it(
    story: Story, at_work: Callable[..., Colleague]
) -> None:
    # Given a manager whom the customer shouted at, and a case about that which is ready to be decided,
    cast = story.cast
    story.report(harmed=(cast.manager,)).triage()
    story.act("investigation.open", cast.other_manager, investigator=cast.investigator.actor_id)
    priya, olu = at_work(cast.manager), at_work(cast.other_manager)

    # when they open the case, they see what was reported and what is done about it, and nothing to decide with,
    priya.opens_case(story).sees("What happened to you", "It is being looked into.").does_not_see("Decide the case")
    # and the pages where it is decided do not exist for them, however they come there,
    for verb in ("decision.decide", "expectation.set", "marker.place", "investigation.hear"):
        priya.finds_nothing_at(way.to_verb(story.reference, verb))
    priya.opens("/").does_not_see(story.reference)

    # while the manager who was not there decides.
    olu.opens_case(story).sees("Decide the case")
    tom = at_work(cast.investigator)
    steps.counts(tom, story)
    steps.decides(olu, story, {Conduct.SHOUTING: "Neither"})
    assert [each.by for each in standing(story).decision.findings] == [cast.other_manager.actor_id]
    priya.opens_case(story).sees("Your manager tells you the outcome.")
