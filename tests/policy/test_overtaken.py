"""D1: a letter whose matter is over is not sent, and one that the customer must have is never lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from evenhand.policy import overtaken
from evenhand.policy.correspondence import objections_to_its_going
from evenhand.policy.deadline import due
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import Delivery, LetterIssued, LetterKind, ReceiptProved
from evenhand.policy.events.investigation import Pause
from evenhand.policy.next_step import NextStep, next_steps
from tests.policy import answers
from tests.policy.people import DIRECTOR, INVESTIGATOR, MANAGER, SENIOR, SYSTEM
from tests.policy.stories import Story, a_finding, a_warning_and_a_finding, an_appeal, an_investigation
from tests.policy.test_apart import sealed, served

Overtaken = tuple[Story, LetterKind]


def the(story: Story, kind: LetterKind) -> str:
    return next(x.id for x in story.case.correspondence.letters if x.kind is kind)


def approved(story: Story, kind: LetterKind) -> Story:
    return story.does("correspondence.approve", MANAGER, the(story, kind), **answers.POSTED)


def going(story: Story, kind: LetterKind) -> str:
    return " ".join(o.words for o in objections_to_its_going(story.case, story.now(SYSTEM), the(story, kind)))


def a_lifted_limit() -> Overtaken:
    story = approved(a_warning_and_a_finding().limited(), LetterKind.LIMITS)
    return story.does("expectation.lift", subject="L1", reasons="Better."), LetterKind.LIMITS


def an_ended_contact() -> Overtaken:
    story = approved(a_warning_and_a_finding().appointed(), LetterKind.SINGLE_CONTACT)
    return story.does("single_contact.end", subject="S1", reasons="Done."), LetterKind.SINGLE_CONTACT


def a_removed_marker() -> Overtaken:
    story = approved(a_finding().marked(), LetterKind.MARKER)
    return story.does("marker.remove", subject="M1", reasons="No longer needed."), LetterKind.MARKER


def a_quashed_finding() -> Overtaken:
    story = approved(a_finding(), LetterKind.FINDING).appealed()
    return story.does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong."), LetterKind.FINDING


def a_decided_appeal() -> Overtaken:
    story = approved(an_appeal(), LetterKind.APPEAL_RECEIVED)
    decided = {"outcome": Outcome.DISMISSED, "reasons": "Right."}
    return story.does("appeal.decide", SENIOR, "A1", **decided), LetterKind.APPEAL_RECEIVED


def a_withdrawn_appeal() -> Overtaken:
    story = approved(an_appeal(), LetterKind.APPEAL_RECEIVED)
    return story.does("appeal.withdraw", MANAGER, "A1", words="Leave it."), LetterKind.APPEAL_RECEIVED


def a_referral_no_longer_wanted() -> Overtaken:
    story = an_investigation().does("support.refer", INVESTIGATOR, **answers.REFERRAL)
    approved(story, LetterKind.REFERRAL)
    return story.does("support.withdraw", INVESTIGATOR, "R1", words="No."), LetterKind.REFERRAL


def an_invitation_to_somebody_else() -> Overtaken:
    story = approved(an_investigation().does("investigation.invite", INVESTIGATOR, how="x"), LetterKind.INVITATION)
    return story.does("incident.identify", INVESTIGATOR, person="brother", how="Seen."), LetterKind.INVITATION


def an_invitation_after_the_decision() -> Overtaken:
    story = an_investigation().does("investigation.invite", INVESTIGATOR, how="x")
    return approved(story, LetterKind.INVITATION).heard().asked().weighed().found(), LetterKind.INVITATION


OVERTAKEN = (
    a_lifted_limit,
    an_ended_contact,
    a_removed_marker,
    a_quashed_finding,
    a_decided_appeal,
    a_withdrawn_appeal,
    a_referral_no_longer_wanted,
    an_invitation_to_somebody_else,
    an_invitation_after_the_decision,
)


@pytest.mark.parametrize("made", OVERTAKEN, ids=lambda made: made.__name__)
def test_an_approved_letter_that_is_overtaken_does_not_go_and_is_set_aside_with_its_reason(
    made: Callable[[], Overtaken],
) -> None:
    story, kind = made()
    letter, why = the(story, kind), going(story, kind)
    assert why, "it would be printed"
    asked = [d for d in due(story.case) if d.subject == letter and d.verb.startswith("correspondence.")]
    assert [d.verb for d in asked] == ["correspondence.set_aside"] and kind.words in asked[0].what
    assert NextStep("correspondence.set_aside", letter) in next_steps(story.case, story.day)
    assert not story.refusal("correspondence.set_aside", MANAGER, letter, reason="It is over.")
    story.does("correspondence.set_aside", SYSTEM, letter, reason=why)
    assert not any(d.subject == letter for d in due(story.case))


@pytest.mark.parametrize("made", OVERTAKEN, ids=lambda made: made.__name__)
def test_one_that_was_put_into_the_post_all_the_same_is_recorded_as_sent(made: Callable[[], Overtaken]) -> None:
    story, kind = made()
    assert not story.refusal("correspondence.send", MANAGER, the(story, kind), how=Delivery.POST)


def test_neither_the_system_nor_a_manager_sets_aside_an_approved_letter_that_still_holds() -> None:
    story = approved(a_finding(), LetterKind.FINDING)
    for by in (SYSTEM, MANAGER):
        assert "still stands" in story.refusal("correspondence.set_aside", by, "D1", reason="x")
    assert not going(story, LetterKind.FINDING)


def test_the_outcome_of_an_appeal_a_warning_and_the_end_of_what_they_were_told_of_always_go() -> None:
    story = an_appeal().does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")
    outcome = the(story, LetterKind.APPEAL_OUTCOME)
    assert "must be told" in story.refusal("correspondence.set_aside", MANAGER, outcome, reason="x")
    assert not going(approved(story, LetterKind.APPEAL_OUTCOME), LetterKind.APPEAL_OUTCOME)
    warned = a_finding().does("warning.give", expected="Stop.", if_it_goes_on="Limits.")
    letter = the(warned, LetterKind.WARNING)
    assert "must be told" in warned.refusal("correspondence.set_aside", MANAGER, letter, reason="x")
    lifted, _ = a_lifted_limit()
    ended = the(lifted, LetterKind.LIMIT_ENDED)
    assert "must be told" in lifted.refusal("correspondence.set_aside", MANAGER, ended, reason="x")


def test_not_even_what_must_be_told_goes_to_a_person_who_died() -> None:
    story = an_appeal().does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")
    letter = approved(story, LetterKind.APPEAL_OUTCOME).case.correspondence.get(the(story, LetterKind.APPEAL_OUTCOME))
    assert letter is not None and not overtaken.why(story.case, letter)
    story.does("handling.record_death", SYSTEM, died_on=story.day)
    assert overtaken.why(story.case, letter) == overtaken.DIED


def test_the_end_of_a_limit_that_nobody_was_told_of_may_be_set_aside() -> None:
    story = a_warning_and_a_finding().limited().does("expectation.lift", subject="L1", reasons="Better.")
    assert not story.refusal("correspondence.set_aside", MANAGER, the(story, LetterKind.LIMIT_ENDED), reason="x")


def test_we_have_their_appeal_is_not_approved_once_the_appeal_is_decided() -> None:
    story = an_appeal().does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")
    received = the(story, LetterKind.APPEAL_RECEIVED)
    (objection,) = story.objections("correspondence.approve", MANAGER, received, **answers.POSTED)
    assert "The appeal is decided" in objection.words and objection.remedy == "correspondence.set_aside"


def test_a_letter_that_came_back_and_is_overtaken_keeps_no_case_open() -> None:
    story = a_finding().told(LetterKind.FINDING).does("correspondence.take_back", subject="D1", reason="Gone away")
    story.appealed().does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")
    assert "no longer stands" in story.refusal("correspondence.approve", MANAGER, "D1", **answers.POSTED)
    story.does("correspondence.set_aside", MANAGER, "D1", reason="The appeal was upheld.")
    assert "D1" not in [x.id for x in story.case.correspondence.waiting]


def test_a_format_of_a_letter_that_was_set_aside_is_not_delivered() -> None:
    story = a_finding().does("correspondence.approve", MANAGER, "D1", **{**answers.POSTED, "format": answers.BRAILLE})
    story.appealed().does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")
    story.does("correspondence.set_aside", MANAGER, "D1", reason="The appeal was upheld.")
    assert "No ordered format" in story.refusal("correspondence.deliver_format", subject="D1", delivered_on=story.day)


def test_an_approved_invitation_waits_while_the_police_ask_us_to_and_is_not_lost() -> None:
    story = approved(an_investigation().does("investigation.invite", INVESTIGATOR, how="x"), LetterKind.INVITATION)
    until = story.day + timedelta(days=14)
    story.does("investigation.pause", INVESTIGATOR, why=Pause.POLICE, reason="They asked.", look_again_on=until)
    assert "paused" in going(story, LetterKind.INVITATION)
    assert "still stands" in story.refusal("correspondence.set_aside", SYSTEM, "D1", reason="x")
    story.does("investigation.resume", INVESTIGATOR, reason="They are done.")
    assert not going(story, LetterKind.INVITATION)


def issued(story: Story) -> LetterIssued:
    return [e for e in story.events if isinstance(e, LetterIssued)][-1]


def test_an_earlier_delivery_never_shows_an_earlier_last_day() -> None:
    story = a_finding().told(LetterKind.FINDING)
    holds = story.case.decision.findings[0].told.appeal_by
    story.does("correspondence.prove_receipt", subject="D1", delivered_on=story.day)
    proved = [e for e in story.events if isinstance(e, ReceiptProved)][-1]
    assert holds and proved.appeal_by == holds == story.case.decision.findings[0].told.appeal_by
    story.does("correspondence.take_back", subject="D1", reason="Gone away")
    story.does("correspondence.approve", MANAGER, "D1", **{**answers.POSTED, "delivery": Delivery.BY_HAND})
    assert issued(story).appeal_by == holds, "by hand it would be earlier than the customer was told before"


def test_a_letter_of_a_sealed_matter_is_set_aside_by_the_system_which_nobody_names_and_by_no_other_outsider() -> None:
    story = sealed().does("legal_action.approve", SENIOR, "C1", reasons="Yes.").weighed(Step.LEGAL, MANAGER)
    story.does("legal_action.start", subject="C1", court="County court")
    story.does("legal_action.order", subject="C1", terms="Stay away.")
    approved(story.does("legal_action.serve", subject="C1", **served(story, "person")), LetterKind.LEGAL)
    story.does("handling.record_death", SYSTEM, died_on=story.day)
    letter, why = the(story, LetterKind.LEGAL), going(story, LetterKind.LEGAL)
    assert "not named" in story.refusal("correspondence.set_aside", DIRECTOR, letter, reason=why)
    assert not story.refusal("correspondence.set_aside", SYSTEM, letter, reason=why)
