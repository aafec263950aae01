"""Two people in one case, and one person who presses twice: what is written is written once, and nothing by halves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from evenhand.policy.conduct import Conduct
from evenhand.policy.events.investigation import AccountHeard, ContactAttempted, HowOftenViewed
from tests.journeys import steps
from tests.journeys.people import Colleague, case_of, happened, standing
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FOUND = {Conduct.SHOUTING: "Unacceptable"}
BEYOND = "It went on for ten minutes after she was asked to stop."


def arrives_twice(route: Route) -> None:
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
    route.continue_()


def test_a_decision_written_while_a_colleague_added_something_is_held_back_with_its_words(
    story: Story, at_work: Callable[..., Colleague]
) -> None:
    # Given a manager who has written a decision and not sent it yet,
    story.ready()
    priya, tom = at_work(story.cast.manager), at_work(story.cast.investigator)
    steps.weighs(priya, story, FOUND, BEYOND)

    # when an investigator adds what the customer rang to say,
    steps.hears(tom, story, "My brother shouted, not I. He has his own key.")
    before = len(case_of(story).entries)
    priya.sends("Decide and draft the letter")

    # then nothing was written, the manager reads what changed, and every word and choice of theirs is kept;
    priya.sees("Nothing of yours was saved yet", "What changed while you wrote", "My brother shouted, not I.")
    after = case_of(story)
    assert len(after.entries) == before
    assert not after.case.decision.findings and not after.case.correspondence.letters
    assert priya.page.get_by_label("Your reasons").input_value() == steps.REASONS
    assert priya.page.get_by_role("radio", name="Unacceptable").is_checked()
    # and they may think again, and send what they think now.
    priya.chooses("Neither").sends("Decide and draft the letter").sees("Decided.")
    (finding,) = standing(story).decision.findings
    assert not finding.adverse


def test_a_letter_sent_or_a_look_does_not_hold_anyone_up(story: Story, at_work: Callable[..., Colleague]) -> None:
    # Given a manager at a form, and another who only reads,
    story.ready()
    priya, olu = at_work(story.cast.manager), at_work(story.cast.other_manager)
    steps.weighs(priya, story, FOUND, BEYOND)
    olu.opens_case(story).opens_case(story, "decision")

    # when the form is sent, then it is taken.
    priya.sends("Decide and draft the letter").sees("Decided.")


def test_going_back_to_a_form_does_not_pass_over_what_changed_meanwhile(
    story: Story, at_work: Callable[..., Colleague]
) -> None:
    # Given a manager who leaves a decision half written, to look at something else,
    story.ready()
    priya, tom = at_work(story.cast.manager), at_work(story.cast.investigator)
    steps.weighs(priya, story, FOUND, BEYOND)
    priya.follows("Cancel")

    # when the customer is heard again meanwhile, and the manager goes back and sends it,
    steps.hears(tom, story, "My brother shouted, not I. He has his own key.")
    priya.page.go_back()
    priya.sends("Decide and draft the letter")

    # then they are shown what changed before anything is decided.
    priya.sees("What changed while you wrote", "My brother shouted, not I.")
    assert not standing(story).decision.findings


def test_two_presses_of_a_button_save_once(story: Story, at_work: Callable[..., Colleague]) -> None:
    # Given a form that is answered, in a browser that would send it twice,
    story.investigate()
    tom = at_work(story.cast.investigator, script=False)
    tom.opens_verb(story, "investigation.attempt").chooses("By telephone").writes("What came of it?", "No answer.")

    # when the button is pressed twice, then the case holds one attempt, and nobody is told that anything went wrong.
    tom.page.get_by_role("button", name="Save the attempt").dblclick()
    tom.sees("saved").does_not_see("Nothing of yours")
    assert len(happened(story, ContactAttempted)) == 1


def test_a_form_that_reaches_us_twice_shows_its_first_result(story: Story, at_work: Callable[..., Colleague]) -> None:
    # Given a line so bad that what is sent once arrives twice,
    story.investigate()
    tom = at_work(story.cast.investigator)
    tom.page.route("**/attempt", arrives_twice)

    # when an attempt is saved,
    tom.opens_verb(story, "investigation.attempt").chooses("By telephone").writes("What came of it?", "No answer.")
    tom.sends("Save the attempt")

    # then the second answer is the first one's, and there is one attempt.
    tom.sees("You had already sent this form. It was saved once.")
    assert len(happened(story, ContactAttempted)) == 1


def test_going_back_and_sending_again_shows_the_first_result(story: Story, at_work: Callable[..., Colleague]) -> None:
    # Given an account that was saved,
    story.investigate()
    tom = at_work(story.cast.investigator)
    steps.hears(tom, story)

    # when the investigator goes back in their browser and sends the same form again,
    tom.page.go_back()
    assert tom.page.get_by_label("Their side, in their words").input_value() == steps.HEARD
    tom.sends("Save their account")

    # then they are told that it was saved once, and it was.
    tom.sees("You had already sent this form. It was saved once.")
    assert len(happened(story, AccountHeard)) == 1
    # A form opened anew is a new answer.
    steps.counts(tom, story)
    steps.counts(tom, story)
    assert len(happened(story, HowOftenViewed)) == 2
