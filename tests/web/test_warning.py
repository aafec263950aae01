"""Giving a warning, and going without one, on the pages for it."""

from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.cases import models, reading
from evenhand.people.models import User
from evenhand.policy.standing.warning import Warned
from tests.web.asking import errors, page_of, send, words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
WARNING = {"expected": "Please speak without shouting.", "if_it_goes_on": "We may limit how you contact us."}


def warned(story: Story, cast: Cast) -> Warned:
    return reading.case_file(story.reference, cast.manager, story.day).case.warning


def test_what_a_warning_waits_for_is_said_before_anyone_types(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    page = words(as_(cast.manager).get(page_of(story, "warning.give")))
    assert "account has not been heard, declined or sought often enough" in page
    assert "Record the customer’s account" in page and "Draft the warning" not in page


def test_a_warning_drafts_its_letter(as_: As, story: Story, cast: Cast) -> None:
    story.ready()
    sent = send(as_(cast.manager), page_of(story, "warning.give"), **WARNING)
    assert sent.status_code == 302 and warned(story, cast).given == 1
    assert models.Letter.objects.get().kind == "warning"


def test_a_warning_without_its_words_comes_back_with_the_others(as_: As, story: Story, cast: Cast) -> None:
    story.ready()
    sent = send(as_(cast.manager), page_of(story, "warning.give"), **{**WARNING, "expected": ""})
    assert "Say what we expect from now on" in errors(sent) and WARNING["if_it_goes_on"] in words(sent)


def test_going_without_a_warning_is_agreed_by_someone_senior(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    send(as_(cast.manager), page_of(story, "warning.propose_skipping"), reason="She has a weapon at home.")
    approve = page_of(story, "warning.approve_skipping")
    assert "She has a weapon at home." in words(as_(cast.senior).get(approve))

    sent = send(as_(cast.senior), approve, reason="Agreed: it would put a colleague in danger.")

    assert sent.status_code == 302 and warned(story, cast).skipped(story.day)
    assert as_(cast.manager).get(approve).status_code == 403


def test_someone_senior_may_refuse_and_a_warning_comes_first(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    send(as_(cast.manager), page_of(story, "warning.propose_skipping"), reason="It seems useless.")
    sent = send(as_(cast.senior), page_of(story, "warning.refuse_skipping"), reason="That is no danger to anyone.")
    assert sent.status_code == 302 and not warned(story, cast).skipped(story.day)
    assert warned(story, cast).skip_proposed_by is None


def test_whoever_proposes_does_not_agree_to_it_themself(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    send(as_(cast.senior), page_of(story, "warning.propose_skipping"), reason="She has a weapon at home.")
    page = words(as_(cast.senior).get(page_of(story, "warning.approve_skipping")))
    assert "You proposed it, so someone else approves it." in page
