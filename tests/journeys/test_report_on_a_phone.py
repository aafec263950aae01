"""An incident reported from a telephone at a doorstep: a photograph, a lost signal, and thanks at the end."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from evenhand.cases import exhibits, reading
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.incident import ColleagueAffected, IncidentReported, Injury
from evenhand.policy.need import Channel
from evenhand.web import way
from tests.journeys.people import Colleague, happened
from tests.web.stories import START, Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHOTOGRAPH = Path(__file__).resolve().parents[2] / "frontend" / "image" / "touch-icon.png"
SAID = "She shouted abuse at me through the door and said she would break my arm."


def half_written(sam: Colleague) -> Colleague:
    sam.opens(way.to_report())
    sam.ticks("Threats of violence or harm", "Excessive shouting or abusive language")
    return sam.writes("What was said or done?", SAID).chooses("By a visit to the home")


def test_a_colleague_reports_from_the_doorstep_and_is_told_what_happens_next(
    story: Story, at_work: Callable[..., Colleague]
) -> None:
    # Given a colleague at a doorstep, with half a report on their telephone,
    sam = half_written(at_work(story.cast.colleague, phone=True))

    # when the signal is lost as they send it, and the page has to be opened anew,
    sam.page.context.set_offline(True)
    sam.page.get_by_role("button", name="Send the report", exact=True).click()
    sam.page.context.set_offline(False)
    sam.opens(way.to_report())

    # then every word is still there,
    expect(sam.page.get_by_label("What was said or done?")).to_have_value(SAID)
    expect(sam.page.get_by_role("checkbox", name="Threats of violence or harm")).to_be_checked()
    sam.sees("We put back what you had typed")

    # and they find the person, add a photograph and send it.
    sam.writes("Who was it?", "07700 900123").sends("Find the person")
    expect(sam.page.get_by_role("radio", name="Jo Bell")).to_be_checked()
    expect(sam.page.get_by_label("What was said or done?")).to_have_value(SAID)
    sam.chooses("Yes, and I am upset or shaken")
    sam.page.get_by_label("Photographs or recordings").set_input_files(PHOTOGRAPH)
    sam.sends("Send the report")

    # Then they are thanked, told who rings them, and the telephone keeps nothing.
    sam.sees("Here is what happens next", "rings you today to ask how you are", "reads it by Thursday 5 March 2026")
    story.reference = re.findall(r"EH-\w{4}-\w{4}", sam.main.inner_text())[0]
    assert sam.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('evenhand.draft'))") == []

    # And the record holds what was said, who was affected, and the photograph as it was taken.
    (report,) = happened(story, IncidentReported)
    assert set(report.conducts) == {Conduct.THREATS, Conduct.SHOUTING}
    assert (report.account, report.channel, report.happened_on) == (SAID, Channel.VISIT, START)
    (harm,) = happened(story, ColleagueAffected)
    assert (harm.colleague, harm.injury) == (story.cast.colleague.actor_id, Injury.UPSET)
    file = reading.case_file(story.reference, story.cast.investigator, START)
    assert file.person == story.person
    assert [kept.size for kept in exhibits.of(file)] == [PHOTOGRAPH.stat().st_size]
