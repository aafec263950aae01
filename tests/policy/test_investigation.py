"""I1, I2, S1, S2: who looks into a case, when the customer counts as heard, and what they are asked and offered."""

from datetime import timedelta
from typing import Any

import pytest

from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.investigation import Pause, Speaker
from evenhand.policy.events.support import Agency
from evenhand.policy.need import Channel, LetterFormat, Need
from evenhand.policy.occasion import Known
from tests.policy import answers
from tests.policy.people import COLLEAGUE, INVESTIGATOR, MANAGER, PARTNER, TARGET
from tests.policy.stories import Story, an_investigation, given, ready_to_decide

RANG = {"channel": Channel.PHONE, "outcome": "No answer", "asked_support": True}
AWAY = {"channel": Channel.VISIT, "outcome": "Nobody in", "asked_support": True}


def test_a_report_is_investigated_once_it_is_a_case_and_by_one_colleague() -> None:
    assert "made a case" in given().reported().refusal("investigation.open", investigator="x")
    assert "already has an investigator" in an_investigation().refusal("investigation.open", investigator="x")
    assert "Only an investigator" in given().reported().triaged().refusal(
        "investigation.open", COLLEAGUE, investigator="x"
    )


def test_whoever_was_shouted_at_does_not_look_into_it() -> None:
    story = given().reported().triaged()
    assert "Choose another" in story.refusal("investigation.open", investigator=TARGET.id)
    assert "You were affected" in an_investigation().refusal("investigation.hear", TARGET, **answers.HEARD)


def test_an_investigator_with_a_conflict_stands_aside_and_the_case_needs_another() -> None:
    story = an_investigation().does("investigation.declare_conflict", INVESTIGATOR, reason="A cousin.")
    assert "Nobody investigates" in story.refusal("investigation.hear", MANAGER, **answers.HEARD)
    assert "declared a conflict" in story.refusal("investigation.open", INVESTIGATOR, investigator=MANAGER.id)
    assert "already stood aside" in story.refusal("investigation.declare_conflict", INVESTIGATOR, reason="x")
    assert "Choose another" in story.refusal("investigation.open", MANAGER, investigator=INVESTIGATOR.id)


def test_nobody_is_contacted_before_anyone_knows_who_they_are() -> None:
    story = given().reported(person=None).triaged().investigated()
    for verb, said in (("invite", {"how": "x"}), ("hear", answers.HEARD), ("decline", {"words": "No"})):
        assert "who the person is" in story.refusal(f"investigation.{verb}", INVESTIGATOR, **said)


def test_an_account_has_words_and_an_advocate_has_a_name() -> None:
    spoken = {**answers.HEARD, "words": "", "speaker": Speaker.ADVOCATE}
    refusal = an_investigation().refusal("investigation.hear", INVESTIGATOR, **spoken)
    assert "words" in refusal and "who the advocate is" in refusal


def tried(story: Story, times: int, **changes: object) -> Story:
    for _ in range(times):
        story.does("investigation.attempt", INVESTIGATOR, **{**AWAY, **changes}).later(working=1)
    return story.does("assessment.make", INVESTIGATOR, **answers.assessment())


def test_an_attempt_that_is_written_down_later_counts_on_the_day_of_the_attempt() -> None:
    story = an_investigation().later(working=2)
    for written_down in range(2):
        story.does("investigation.attempt", INVESTIGATOR, **RANG, tried_on=story.day - timedelta(days=1))
        assert story.case.investigation.days_tried() == 1, written_down
    story.does("investigation.attempt", INVESTIGATOR, **RANG)
    assert story.case.investigation.days_tried() == 2


@pytest.mark.parametrize(
    ("verb", "said", "when"),
    [("attempt", RANG, "tried_on"), ("hear", answers.HEARD, "heard_on")],
)
def test_nobody_was_reached_or_heard_tomorrow_or_before_it_happened(verb: str, said: dict[str, Any], when: str) -> None:
    story = an_investigation().later(working=1)
    happened = story.case.incident.all[0].happened_on
    for day, why in ((story.day + timedelta(days=1), "not come yet"), (happened - timedelta(days=1), "before the inc")):
        assert why in story.refusal(f"investigation.{verb}", INVESTIGATOR, **said, **{when: day})
    assert not story.refusal(f"investigation.{verb}", INVESTIGATOR, **said, **{when: happened})


def test_a_silent_customer_can_be_found_against_after_three_attempts_on_three_days() -> None:
    assert "tried on 2 of 3 days" in tried(an_investigation(), 2).refusal("decision.decide", **answers.finding())
    found = answers.finding()
    assert not tried(an_investigation(), 3).refusal("decision.decide", **found)


def test_three_attempts_on_one_day_are_one() -> None:
    story = an_investigation()
    for _ in range(3):
        story.does("investigation.attempt", INVESTIGATOR, **AWAY)
    assert "tried on 1 of 3" in story.refusal("decision.decide", **answers.finding())


def test_an_attempt_by_a_way_the_person_cannot_use_does_not_count() -> None:
    story = tried(an_investigation().needing(Need.DEAF), 3, channel=Channel.PHONE)
    assert "tried on 0 of 3" in story.refusal("decision.decide", **answers.finding())


def test_attempts_that_never_asked_about_support_do_not_let_it_be_skipped() -> None:
    story = tried(an_investigation(), 3, asked_support=False)
    assert story.refusal("decision.decide", **answers.finding()).count("has not been asked") == 1


def test_a_person_is_never_tried_by_a_way_that_is_unsafe_for_them() -> None:
    known = Known(person="person", unsafe=frozenset({Channel.VISIT}))
    story = given(known).reported().triaged().investigated()
    assert "not safe" in story.refusal("investigation.attempt", INVESTIGATOR, **AWAY)
    by_letter = {**AWAY, "channel": Channel.LETTER}
    assert "Send one instead" in story.refusal("investigation.attempt", INVESTIGATOR, **by_letter)


def invited(*needs: Need, **given_letter: object) -> Story:
    story = an_investigation().needing(*needs).does("investigation.invite", INVESTIGATOR, how="By telephone.")
    return story.told(LetterKind.INVITATION, **given_letter)


def test_where_other_ways_are_closed_letters_alone_count() -> None:
    story = invited()
    for _ in range(2):
        story.later(working=1).does("investigation.invite", INVESTIGATOR, how="x").told(LetterKind.REMINDER)
    assert "account has not" not in story.refusal("decision.decide", **answers.finding())


def test_a_letter_is_no_attempt_to_hear_someone_who_finds_writing_hard() -> None:
    assert invited(Need.FINDS_WRITING_HARD).case.investigation.days_tried() == 0
    assert invited().case.investigation.days_tried() == 1


def test_an_invitation_in_braille_counts_on_the_day_it_can_be_read() -> None:
    story = invited(Need.BRAILLE, format=LetterFormat.BRAILLE)
    assert story.case.investigation.days_tried() == 0
    story.later(days=7).does("correspondence.deliver_format", subject="D1", delivered_on=story.day)
    assert [a.on for a in story.case.investigation.attempts] == [story.day]


def test_a_pause_has_a_reason_and_a_day_to_look_again_and_stops_the_decision() -> None:
    story = ready_to_decide()
    asked = {"why": Pause.POLICE, "reason": "They asked.", "look_again_on": story.day + timedelta(days=14)}
    today = {**asked, "look_again_on": story.day, "reason": ""}
    refusal = story.refusal("investigation.pause", INVESTIGATOR, **today)
    assert "later day" in refusal and "reason" in refusal
    assert "not paused" in story.refusal("investigation.resume", INVESTIGATOR, reason="x")
    story.does("investigation.pause", INVESTIGATOR, **asked)
    assert "already paused" in story.refusal("investigation.pause", INVESTIGATOR, **asked)
    assert "paused" in story.refusal("decision.decide", **answers.finding())
    assert "paused" in story.refusal("investigation.attempt", INVESTIGATOR, **AWAY)
    assert not story.refusal("investigation.resume", INVESTIGATOR, reason="They are done.")


def test_a_referral_needs_the_customers_own_agreement() -> None:
    refusal = an_investigation().refusal("support.refer", PARTNER, **{**answers.REFERRAL, "consent": " "})
    assert "Without their agreement" in refusal
    assert "does this" in an_investigation().refusal("support.refer", COLLEAGUE, **answers.REFERRAL)


def test_agreement_can_be_withdrawn_and_then_the_referral_is_over() -> None:
    story = an_investigation().does("support.refer", PARTNER, **answers.REFERRAL)
    story.does("support.withdraw", PARTNER, "R1", words="I changed my mind.")
    assert "already ended" in story.refusal("support.end", PARTNER, "R1", outcome="x")
    assert "no such referral" in story.refusal("support.withdraw", PARTNER, "R9", words="x")


def test_safeguarding_comes_before_agreement_when_a_manager_says_why() -> None:
    story, reason = an_investigation(), {"name": "Children's services", "reason": "A child is at risk."}
    assert "A manager decides" in story.refusal("support.override", PARTNER, **reason)
    assert "You were affected" in story.refusal("support.override", TARGET, **reason)
    assert "reason" in story.refusal("support.override", MANAGER, **{**reason, "reason": ""})
    assert not story.refusal("support.override", MANAGER, **reason)


def test_tries_by_telephone_count_no_more_once_we_learn_that_the_person_is_deaf() -> None:
    story = an_investigation()
    for _ in range(3):
        story.later(working=1).does("investigation.attempt", INVESTIGATOR, **RANG)
    assert "account has not" not in story.refusal("decision.decide", **answers.finding())
    refusal = story.needing(Need.DEAF).refusal("decision.decide", **answers.finding())
    assert "tried on 0 of 3 days" in refusal and "makes things harder" in refusal


def test_while_the_police_ask_us_to_wait_no_invitation_and_no_warning_goes_out() -> None:
    story = an_investigation().does("investigation.invite", INVESTIGATOR, how="By telephone.").heard().weighed()
    asked = {"why": Pause.POLICE, "reason": "They asked.", "look_again_on": story.day + timedelta(days=14)}
    story.does("investigation.pause", INVESTIGATOR, **asked)
    assert "paused" in story.refusal("correspondence.approve", MANAGER, "D1", **answers.POSTED)
    assert "paused" in story.refusal("warning.give", expected="Stop.", if_it_goes_on="Limits.")


def test_whoever_was_shouted_at_cannot_answer_for_the_customer_what_makes_things_harder() -> None:
    assert "affected" in an_investigation().refusal("support.decline", TARGET, words="No.")


def test_once_agreement_is_withdrawn_the_letter_about_it_stays_here_and_the_partner_reads_on_no_more() -> None:
    story = an_investigation().does("support.refer", INVESTIGATOR, **answers.REFERRAL)
    assert story.case.support.shared_with_a_partner
    story.does("support.withdraw", INVESTIGATOR, "R1", words="I changed my mind.")
    assert not story.case.support.shared_with_a_partner
    assert "no longer agrees" in story.refusal("correspondence.approve", MANAGER, "D1", **answers.POSTED)
    assert not story.refusal("correspondence.set_aside", MANAGER, "D1", reason="They changed their mind.")


def test_a_referral_to_mediation_shows_a_customer_partner_nothing() -> None:
    elsewhere = {**answers.REFERRAL, "agency": Agency.MEDIATION}
    story = an_investigation().does("support.refer", INVESTIGATOR, **elsewhere)
    assert not story.case.support.shared_with_a_partner
