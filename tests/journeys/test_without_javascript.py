"""Everything works without JavaScript: a report, and all that leads to a decision."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.web import way
from tests.journeys import steps
from tests.journeys.conftest import Wall
from tests.journeys.people import Colleague, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_case_goes_from_a_report_to_a_decision_in_browsers_that_run_no_scripts(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    cast = story.cast
    sam = at_work(cast.colleague, phone=True, script=False)
    tom, priya = at_work(cast.investigator, script=False), at_work(cast.manager, script=False)

    # Given a report from a telephone,
    sam.opens(way.to_report()).ticks("Personal abuse").writes("What was said or done?", "She called me names.")
    sam.chooses("By telephone").writes("Who was it?", "jo bell").sends("Find the person").chooses("Jo Bell")
    sam.sends("Send the report").sees("Here is what happens next")
    story.reference = re.findall(r"EH-\w{4}-\w{4}", sam.main.inner_text())[0]

    # when it is found among the cases, triaged, looked into, heard, weighed and decided,
    tom.page.goto("/")
    tom.page.locator("form[role=search]").get_by_role("searchbox").fill(story.reference)
    tom.page.get_by_role("button", name="Check", exact=True).click()
    tom.page.get_by_role("link", name="Open the case").click()
    tom.arrives().sees("Jo Bell")
    steps.triages(tom, story)
    steps.gives_it_to(priya, story, cast.investigator)
    steps.hears(tom, story)
    steps.records_support(tom, story)
    steps.counts(tom, story)
    steps.assesses(priya, story, "The decision and what follows from it")
    steps.decides(priya, story, {Conduct.PERSONAL_ABUSE: "Unacceptable"}, "She was asked to stop, and went on.")
    steps.approves(priya, story, "T1", "ask us to look again")

    # then it is decided, and the letter fixed its last day to appeal.
    finding = standing(story).decision.standing
    assert finding.adverse == {Conduct.PERSONAL_ABUSE}
    assert finding.told.appeal_by == date(2026, 4, 2)
