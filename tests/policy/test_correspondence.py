"""D1, D2, rule 10: who approves a letter, when it counts as told, and what stops it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import Delivery, LetterKind
from evenhand.policy.need import Channel, LetterFormat, Need
from evenhand.policy.occasion import Known
from evenhand.policy.staff import Role
from tests.policy import answers
from tests.policy.people import DUTY, INVESTIGATOR, MANAGER, SENIOR, SYSTEM, TARGET
from tests.policy.stories import Story, a_finding, an_investigation, given


def the(story: Story, kind: LetterKind) -> str:
    return next(x.id for x in story.case.correspondence.letters if x.kind is kind)


def test_a_finding_drafts_its_letter_in_the_same_breath() -> None:
    assert [x.kind for x in a_finding().case.correspondence.letters] == [LetterKind.FINDING]


def test_a_target_does_not_approve_the_letter_and_an_adverse_one_takes_a_manager() -> None:
    story = a_finding()
    assert "You were affected" in story.refusal("correspondence.approve", TARGET, "D1", **answers.POSTED)
    junior = type(INVESTIGATOR)("junior", frozenset(r for r in INVESTIGATOR.roles if r.value == "investigator"))
    assert "A manager approves" in story.refusal("correspondence.approve", junior, "D1", **answers.POSTED)
    assert "no such letter" in story.refusal("correspondence.approve", MANAGER, "D9", **answers.POSTED)
    assert "already approved" in story.told(LetterKind.FINDING).refusal(
        "correspondence.approve", MANAGER, "D1", **answers.POSTED
    )


def test_no_letter_goes_by_a_way_that_is_unsafe_or_to_a_child_alone() -> None:
    known = Known(person="person", age=16, unsafe=frozenset({Channel.LETTER}))
    story = given(known).reported().triaged().investigated().does("investigation.invite", INVESTIGATOR, how="x")
    refusal = story.refusal("correspondence.approve", MANAGER, "D1", **answers.POSTED)
    assert "marked unsafe" in refusal and "safe parent, guardian" in refusal


def test_a_letter_that_came_back_and_is_sent_again_moves_the_last_day_later() -> None:
    story = a_finding().told(LetterKind.FINDING)
    first = story.case.decision.findings[0].told.appeal_by
    story.later(days=10).does("correspondence.take_back", subject="D1", reason="Gone away").told(LetterKind.FINDING)
    later = story.case.decision.findings[0].told.appeal_by
    assert first and later and later > first


def test_proof_of_receipt_never_moves_the_last_day_earlier() -> None:
    story = a_finding().told(LetterKind.FINDING)
    first = story.case.decision.findings[0].told.appeal_by
    assert "has not come yet" in story.refusal(
        "correspondence.prove_receipt", subject="D1", delivered_on=story.day + timedelta(days=1)
    )
    assert "before the letter" in story.refusal(
        "correspondence.prove_receipt", subject="D1", delivered_on=story.day - timedelta(days=1)
    )
    story.does("correspondence.prove_receipt", subject="D1", delivered_on=story.day)
    assert story.case.decision.findings[0].told.appeal_by == first


@pytest.mark.parametrize("days", [0, 3])
def test_a_letter_handed_over_late_leaves_as_long_to_appeal(days: int) -> None:
    story = a_finding()
    story.does("correspondence.approve", MANAGER, "D1", **{**answers.POSTED, "delivery": Delivery.BY_HAND})
    story.later(working=days).does("correspondence.send", MANAGER, "D1", how=Delivery.BY_HAND)
    last = story.terms.working_days_after(story.day, story.terms.appeal_lodge_days)
    assert story.case.decision.findings[0].told.appeal_by == last


def test_the_time_to_appeal_starts_when_braille_is_delivered() -> None:
    story = a_finding().told(LetterKind.FINDING, format=LetterFormat.BRAILLE)
    assert story.case.decision.findings[0].told.appeal_by is None
    story.later(days=30).does("correspondence.deliver_format", subject="D1", delivered_on=story.day)
    assert story.case.decision.findings[0].told.appeal_by == story.terms.working_days_after(story.day, 20)
    assert "No ordered format" in story.refusal("correspondence.deliver_format", subject="D1", delivered_on=story.day)


def test_a_letter_is_sent_once_and_an_uncertain_one_is_for_a_person() -> None:
    story = a_finding()
    assert "not waiting to be sent" in story.refusal("correspondence.send", SYSTEM, "D1", how=Delivery.POST)
    assert "Nothing is uncertain" in story.refusal("correspondence.confirm_sent", MANAGER, "D1", how=Delivery.POST)
    assert "has not been sent" in story.refusal("correspondence.take_back", MANAGER, "D1", reason="x")
    story.does("correspondence.approve", MANAGER, "D1", **answers.POSTED).does("correspondence.doubt", SYSTEM, "D1")
    assert "not waiting to be sent" in story.refusal("correspondence.send", SYSTEM, "D1", how=Delivery.POST)
    assert not story.refusal("correspondence.confirm_sent", MANAGER, "D1", how=Delivery.POST)


def test_death_stops_letters_that_were_already_approved() -> None:
    story = a_finding().does("correspondence.approve", MANAGER, "D1", **answers.POSTED)
    story.does("handling.record_death", SYSTEM, died_on=story.day)
    assert "has died" in story.refusal("correspondence.send", SYSTEM, "D1", how=Delivery.POST)
    assert "has died" in a_finding().does("handling.record_death", SYSTEM, died_on=story.day).refusal(
        "correspondence.approve", MANAGER, "D1", **answers.POSTED
    )


def test_what_still_stands_is_told_and_what_no_longer_does_is_set_aside() -> None:
    story = a_finding()
    assert "still stands" in story.refusal("correspondence.set_aside", subject="D1", reason="x")
    story.appealed().does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")
    letter = the(story, LetterKind.FINDING)
    assert "no longer stands" in story.refusal("correspondence.approve", MANAGER, letter, **answers.POSTED)
    assert "You were affected" in story.refusal("correspondence.set_aside", TARGET, letter, reason="x")
    assert "reason" in story.refusal("correspondence.set_aside", MANAGER, letter, reason="")
    assert not story.refusal("correspondence.set_aside", MANAGER, letter, reason="It was quashed.")


@pytest.mark.parametrize(("outcome", "adverse"), [(Outcome.UPHELD, False), (Outcome.DISMISSED, True)])
def test_only_an_appeal_that_leaves_something_standing_is_told_as_a_decision_against_them(
    outcome: Outcome, adverse: bool
) -> None:
    story = a_finding().appealed().does("assessment.make", SENIOR, **answers.assessment(Step.APPEAL))
    story.does("appeal.decide", SENIOR, "A1", outcome=outcome, reasons="x")
    letter = story.case.correspondence.get(the(story, LetterKind.APPEAL_OUTCOME))
    assert letter and letter.adverse is adverse
    no_manager = replace(INVESTIGATOR, roles=frozenset({Role.INVESTIGATOR}))
    assert "A manager approves" in story.refusal("correspondence.approve", no_manager, letter.id, **answers.POSTED)
    assert "must be told" in story.refusal("correspondence.set_aside", MANAGER, letter.id, reason="x")


def test_only_a_letter_that_has_not_gone_is_set_aside_and_only_by_a_manager() -> None:
    story = an_investigation().does("investigation.invite", INVESTIGATOR, how="x")
    assert "A manager sets" in story.refusal("correspondence.set_aside", DUTY, "D1", reason="x")
    assert not story.refusal("correspondence.set_aside", MANAGER, "D1", reason="They came by.")
    story.told(LetterKind.INVITATION)
    assert "has not gone" in story.refusal("correspondence.set_aside", MANAGER, "D1", reason="x")


@pytest.mark.parametrize(
    "known", [Known(person="person", age=17), Known(person="person", age=40, needs=frozenset({Need.LACKS_CAPACITY}))]
)
def test_nobody_under_18_or_lacking_capacity_is_told_alone(known: Known) -> None:
    story = given(known).reported().triaged().investigated().does("investigation.invite", INVESTIGATOR, how="x")
    assert "who is told too" in story.refusal("correspondence.approve", MANAGER, "D1", **answers.POSTED)
    story.known = replace(known, safe_representative=True)
    assert not story.refusal("correspondence.approve", MANAGER, "D1", **answers.POSTED)
