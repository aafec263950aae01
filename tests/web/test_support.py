"""Asking what makes things harder, and asking others to help with the customer's agreement, on the pages for it."""

from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.cases import models, reading
from evenhand.people.models import Need, User
from evenhand.policy.events.support import Agency
from evenhand.policy.standing.support import Support
from tests.web.asking import errors, page_of, send, words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
REFERRAL = {
    "agency": "a Customer Partner",
    "name": "Petra Lang",
    "purpose": "Help with a claim for benefits.",
    "consent": "She agreed on the telephone today.",
}


def support(story: Story, cast: Cast) -> Support:
    return reading.case_file(story.reference, cast.manager, story.day).case.support


def test_asking_is_recorded_and_is_not_an_answer(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    sent = send(as_(cast.investigator), page_of(story, "support.ask"), how="By telephone.")
    assert sent.status_code == 302
    assert support(story, cast).asked and not support(story, cast).settled


def test_what_the_customer_needs_is_kept_with_the_person(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()

    sent = send(
        as_(cast.investigator),
        page_of(story, "support.answer"),
        words="I have dyslexia and I panic.",
        needs=["finds writing hard", "mental health"],
    )

    assert sent.status_code == 302 and support(story, cast).answered
    assert set(Need.objects.values_list("kind", flat=True)) == {"finds writing hard", "mental health"}


def test_an_answer_without_words_is_not_an_answer(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    sent = send(as_(cast.investigator), page_of(story, "support.answer"), words="  ", needs=["audio"])
    assert "Write down what they said" in errors(sent)
    assert sent.context["form"]["needs"].value() == ["audio"] and not Need.objects.exists()


def test_a_customer_may_rather_not_say(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    sent = send(as_(cast.investigator), page_of(story, "support.decline"), words="That is private.")
    assert sent.status_code == 302 and support(story, cast).declined


def test_there_is_no_referral_without_the_customers_agreement(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    sent = send(as_(cast.investigator), page_of(story, "support.refer"), **{**REFERRAL, "consent": ""})
    assert "Without their agreement there is no referral" in str(sent.context["form"].errors["consent"])
    assert "Help with a claim for benefits." in words(sent) and not support(story, cast).referrals


def test_a_referral_with_agreement_drafts_its_letter_and_the_partner_may_follow_it(
    as_: As, story: Story, cast: Cast
) -> None:
    story.investigate()

    sent = send(as_(cast.investigator), page_of(story, "support.refer"), **REFERRAL)
    ended = send(as_(cast.partner), page_of(story, "support.end", "R1"), outcome="She has what she was owed.")

    assert sent.status_code == ended.status_code == 302
    assert models.Letter.objects.get().kind == "referral"
    assert support(story, cast).referrals[0].ended


def test_agreement_taken_back_ends_the_referral_at_once(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    story.act("support.refer", cast.investigator, **{**REFERRAL, "agency": Agency.CUSTOMER_PARTNER})
    address = page_of(story, "support.withdraw", "R1")

    sent = send(as_(cast.investigator), address, words="I have changed my mind.")

    assert sent.status_code == 302 and support(story, cast).referrals[0].ended
    assert "already ended" in words(as_(cast.investigator).get(address))


def test_only_a_manager_may_put_safeguarding_before_agreement(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    address = page_of(story, "support.override")

    sent = send(as_(cast.manager), address, name="Adult safeguarding", reason="She said that she will harm herself.")

    assert sent.status_code == 302 and not support(story, cast).referrals[0].with_consent
    assert as_(cast.investigator).get(address).status_code == 403


def test_a_customer_partner_without_a_referral_knows_of_no_case(as_: As, story: Story, cast: Cast) -> None:
    story.investigate()
    assert as_(cast.partner).get(page_of(story, "support.answer")).status_code == 404
