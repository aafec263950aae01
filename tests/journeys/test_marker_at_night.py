"""Two in the morning, after violence: a marker at once, in one screen, confirmed when the offices open."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from evenhand.web import way
from tests.journeys import steps
from tests.journeys.conftest import Wall
from tests.journeys.people import Colleague, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SATURDAY = date(2026, 7, 4)
MONDAY = date(2026, 7, 6)


def test_a_duty_colleague_warns_everyone_at_two_in_the_morning(
    story: Story, wall: Wall, at_work: Callable[..., Colleague]
) -> None:
    # Given a duty colleague on a Saturday night, with a telephone, and a contractor on the line who was struck,
    wall.is_now(SATURDAY, 2)
    story.day = SATURDAY
    dawn = at_work(story.cast.duty, phone=True).opens(way.to_report(story.person))
    dawn.ticks("Violence").writes("What was said or done?", "He was struck in the face at the door at 1:30am.")
    dawn.chooses("By a visit to the home").unfolds("Other colleagues were affected")
    dawn.writes("Anyone else who works for us?", "Lee Marsh of Marsh Heating").chooses("A minor injury")
    dawn.sends("Find the person").chooses("Jo Bell").sends("Send the report")

    # when the report is sent and the marker placed from the page that thanks them,
    dawn.sees("Violence or a threat was reported").follows("Place a provisional marker now")
    story.reference = re.findall(r"EH-\w{4}-\w{4}", dawn.page.url)[0]
    expect(dawn.page.get_by_role("radio", name="4 July 2026")).to_be_checked()
    dawn.chooses("Physical aggression").ticks("Visit in pairs").writes("Why now?", "He was struck at 1:30am today.")
    dawn.sends("Place it now").sees("The marker shows now.")

    # then whoever looks the person up is told what to do, that it is not decided, and no more;
    sam = at_work(story.cast.colleague, phone=True)
    sam.opens(way.to_person(story.person)).sees("Visit in pairs.", "not yet decided.").does_not_see("struck")
    # a manager is asked for it on the next working day, confirms it, and it is assessed in time.
    wall.is_now(MONDAY, 9)
    story.day = MONDAY
    priya = at_work(story.cast.manager)
    priya.opens("/").sees("Jo Bell", "Confirm the provisional marker")
    priya.opens_verb(story, "provisional_marker.confirm", "M1")
    priya.writes("Why should it stay for now?", "A contractor was hurt, and the account is not heard yet.")
    priya.sends("Confirm it").sees("Confirmed.")
    steps.assesses(priya, story, "A provisional marker")
    (marker,) = standing(story).marker.provisional
    assert marker.confirm_by is None and marker.assess_by is None and marker.decide_by == date(2026, 7, 31)
    priya.opens_case(story, "controls").sees("Visit in pairs", "31 July 2026")
