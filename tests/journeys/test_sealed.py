"""Rule 22: a legal step without notice does not exist for anyone who is not named in it."""

from collections.abc import Callable

import pytest

from evenhand.cases import reading
from evenhand.policy.events.legal_action import StepConsidered
from evenhand.web import way
from tests.journeys import steps
from tests.journeys.people import Colleague, happened, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SECRET = "injunction"


def opens_a_sealed_step(who: Colleague, story: Story, named: str) -> str:
    """The reference of the matter that they open about the case."""
    who.opens_verb(story, "legal_action.consider_without_notice").ticks(f"{named}…", to="Who else may know?")
    who.chooses("An injunction", to="What would we ask").chooses("The customer", to="Against whom?")
    who.writes("Why is this step needed?", "An injunction, before she hears of it: she threatened to burn the office.")
    who.writes("What legal advice was taken?", "Counsel advised on 3 March 2026.")
    who.sends("Open the sealed matter").sees("Only those named know that it exists.")
    return who.page.url.rstrip("/").rpartition("/")[2]


def what_they_find(who: Colleague, story: Story) -> list[str]:
    """Every list and page on which another manager might notice something, as it reads to them."""
    places = ["/", "/?show=everyone", "/cases/?show=all", "/reviews/", "/letters/", f"/search?q={SECRET}",
              "/search?q=Bell", way.to_case(story.reference), f"{way.to_case(story.reference)}police/",
              f"{way.to_case(story.reference)}decision/", way.to_person(story.person)]  # fmt: skip
    return [who.opens(place).main.inner_text() for place in places]


def test_another_manager_sees_no_trace_of_a_legal_step_they_are_not_named_in(
    story: Story, at_work: Callable[..., Colleague]
) -> None:
    # Given a case that two managers work on,
    story.decide()
    priya, olu, sian = (at_work(who) for who in (story.cast.manager, story.cast.other_manager, story.cast.senior))
    before = what_they_find(olu, story)
    seen = reading.case_file(story.reference, story.cast.other_manager, story.day).seen

    # when one of them considers a legal step without notice, and names someone senior alone,
    sealed = opens_a_sealed_step(priya, story, "Sian Morgan")

    # then those two find it,
    sian.opens_case(story).sees("Sealed matters you are named in").follows(f"A legal step without notice, {sealed}")
    sian.sees(SECRET)
    # and everything the other manager can open reads as it did before,
    assert what_they_find(olu, story) == before
    olu.finds_nothing_at(way.to_case(sealed)).finds_nothing_at(f"{way.to_case(sealed)}letters/")
    olu.opens(f"/search?q={sealed}").does_not_see("legal step")
    # the case counts no event of it, and takes what they do next as it always would.
    assert reading.case_file(story.reference, story.cast.other_manager, story.day).seen == seen
    assert not happened(story, StepConsidered)
    steps.warns(olu, story)
    assert standing(story).warning.given == 1
