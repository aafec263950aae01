"""I2: nothing is found against anyone who was not listened to, and the page says so before anyone types."""

from collections.abc import Callable

import pytest

from evenhand.policy.conduct import Conduct
from tests.journeys import steps
from tests.journeys.people import Colleague, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
IN_THE_WAY = "The customer’s account has not been heard or declined, and we have tried on 0 of 3 days."
HEAR = "Record the customer’s account"


def test_a_manager_who_has_not_listened_is_led_to_the_page_where_they_do(
    story: Story, at_work: Callable[..., Colleague]
) -> None:
    # Given a case in which all is done but listening,
    story.investigate()
    story.act("support.answer", story.cast.investigator, words="I sleep badly.")
    story.act("investigation.view_how_often", story.cast.investigator, earlier=0, view="Once.")
    story.assess()
    priya = at_work(story.cast.manager)

    # when a manager opens the page of the decision, then it says what stands in the way of an adverse finding;
    priya.opens_case(story).sees(IN_THE_WAY)
    priya.opens_verb(story, "decision.decide").sees(IN_THE_WAY)
    # who tries all the same is refused, and keeps what they wrote;
    steps.weighs(priya, story, {Conduct.SHOUTING: "Unacceptable"}, "It went on for ten minutes.")
    priya.sends("Decide and draft the letter").sees("There is a problem", IN_THE_WAY)
    assert priya.page.get_by_label("Your reasons").input_value() == steps.REASONS
    assert not standing(story).decision.findings

    # and the link beside it leads to the page that removes it.
    priya.opens_verb(story, "decision.decide").follows(HEAR)
    priya.sees(HEAR).writes("Their side, in their words", steps.HEARD)
    priya.chooses("The customer", to="Who told you?").chooses("By telephone").sends("Save their account")
    priya.opens_verb(story, "decision.decide").does_not_see("for anything adverse this stands in the way")
    steps.decides(priya, story, {Conduct.SHOUTING: "Unacceptable"}, "It went on for ten minutes.")
    assert standing(story).decision.standing.adverse == {Conduct.SHOUTING}
