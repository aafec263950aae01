"""D2, M3: who may ask for an appeal, who may hear it, and what it does."""

from dataclasses import replace
from datetime import time

import pytest

from evenhand.policy.appeal_effect import Variation
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.expectation import Period, Plan, Weekday
from evenhand.policy.events.marker import Audience, Control
from evenhand.policy.need import Channel
from evenhand.policy.staff import Actor
from tests.policy import answers
from tests.policy.people import ADVOCATE, CUSTOMER, DIRECTOR, INDEPENDENT, INVESTIGATOR, MANAGER, SENIOR, SYSTEM, TARGET
from tests.policy.stories import Story, a_finding, a_warning_and_a_finding, an_appeal, given, ready_to_decide

UPHELD = {"outcome": Outcome.UPHELD, "reasons": "It was not so."}
DISMISSED = {"outcome": Outcome.DISMISSED, "reasons": "It was so."}
GROUNDS = {"grounds": "That is not what happened."}


@pytest.mark.parametrize("by", [CUSTOMER, ADVOCATE, MANAGER])
def test_the_customer_an_advocate_or_a_colleague_for_them_may_lodge_an_appeal(by: Actor) -> None:
    assert not a_finding().refusal("appeal.lodge", by, "F1", **GROUNDS)


def test_there_is_an_appeal_only_against_what_stands() -> None:
    assert "no decision in force" in ready_to_decide().refusal("appeal.lodge", CUSTOMER, "F1", **GROUNDS)
    assert "Only the customer" in a_finding().refusal("appeal.lodge", SYSTEM, "F1", **GROUNDS)
    assert "already open" in a_finding().appealed().refusal("appeal.lodge", CUSTOMER, "F1", **GROUNDS)


def test_the_last_day_is_twenty_working_days_after_deemed_delivery_and_a_late_appeal_says_why() -> None:
    story = a_finding().told(LetterKind.FINDING)
    last = story.terms.working_days_after(story.day, 22)
    assert not story.on(last).refusal("appeal.lodge", CUSTOMER, "F1", **GROUNDS)
    late = story.later(days=1)
    assert "The last day to appeal was" in late.refusal("appeal.lodge", CUSTOMER, "F1", **GROUNDS)
    assert not late.refusal("appeal.lodge", CUSTOMER, "F1", **GROUNDS, late_reason="In hospital.")


def test_an_investigator_or_a_decider_cannot_hear_the_appeal() -> None:
    assert "You took part" in an_appeal().refusal("appeal.decide", INVESTIGATOR, "A1", **UPHELD)
    decided = ready_to_decide().found(SENIOR).appealed()
    assert "You took part" in decided.refusal("appeal.decide", SENIOR, "A1", **UPHELD)


def test_whoever_approved_a_skipped_warning_or_a_withheld_notice_cannot_hear_the_appeal() -> None:
    skipped = ready_to_decide().does("warning.propose_skipping", reason="A knife.")
    skipped.does("warning.approve_skipping", SENIOR, reason="Yes.").found().appealed()
    assert "You took part" in skipped.refusal("appeal.decide", SENIOR, "A1", **UPHELD)
    withheld = a_finding().marked().does("marker.withhold_notice", DIRECTOR, "M1", reasons="x").appealed()
    assert "You took part" in withheld.refusal("appeal.decide", DIRECTOR, "A1", **UPHELD)


def test_a_senior_manager_who_reported_it_or_was_the_target_cannot_hear_the_appeal() -> None:
    story = given().reported(by=SENIOR).triaged().investigated().heard().asked().weighed().found().appealed()
    assert "You took part" in story.refusal("appeal.decide", SENIOR, "A1", **UPHELD)
    assert "You were affected" in an_appeal().refusal("appeal.decide", TARGET, "A1", **UPHELD)


def test_a_manager_is_not_senior_enough_and_an_independent_person_is_named_first() -> None:
    story = an_appeal()
    assert "heard by a senior manager" in story.refusal("appeal.decide", MANAGER, "A1", **UPHELD)
    assert "not been named" in story.refusal("appeal.decide", INDEPENDENT, "A1", **UPHELD)
    assert "Someone senior names" in story.refusal("handling.name", MANAGER, colleague=INDEPENDENT.id, reason="x")
    assert "took part" in story.refusal("handling.name", SENIOR, colleague=INVESTIGATOR.id, reason="x")
    story.does("handling.name", SENIOR, colleague=INDEPENDENT.id, reason="Nobody else is free.")
    assert not story.refusal("appeal.decide", INDEPENDENT, "A1", **UPHELD)


def test_whoever_decided_one_appeal_does_not_hear_the_next() -> None:
    story = an_appeal().does("appeal.decide", SENIOR, "A1", **DISMISSED).marked().appealed("M1")
    assert "You took part" in story.refusal("appeal.decide", SENIOR, "A2", **UPHELD)


def test_an_appeal_is_turned_down_only_with_reasons_and_after_weighing_it_again() -> None:
    refusal = a_finding().appealed().refusal("appeal.decide", SENIOR, "A1", **{**DISMISSED, "reasons": ""})
    assert "reasons" in refusal and "assessment for an appeal" in refusal


def test_a_quashed_finding_leaves_nothing_resting_on_it() -> None:
    story = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed().marked().appealed()
    story.does("appeal.decide", SENIOR, "A1", **UPHELD)
    case = story.case
    assert not case.decision.standing and not case.marker.standing
    assert not case.expectation.live(story.day) and not case.single_contact.live(story.day)


def test_after_an_upheld_appeal_a_fresh_finding_can_be_appealed_again() -> None:
    story = an_appeal().does("appeal.decide", SENIOR, "A1", **UPHELD)
    assert "Weigh this one afresh" in story.refusal("decision.decide", **answers.finding())
    story.weighed().found().told(LetterKind.FINDING)
    assert not story.refusal("appeal.lodge", CUSTOMER, "F2", **GROUNDS)


def test_what_was_decided_on_appeal_is_not_appealed_twice_but_a_marker_kept_since_is() -> None:
    story = a_finding().marked().appealed("M1").weighed(Step.APPEAL, SENIOR)
    story.does("appeal.decide", SENIOR, "A1", **DISMISSED)
    assert "ombudsman" in story.refusal("appeal.lodge", CUSTOMER, "M1", **GROUNDS)
    story.weighed(Step.REVIEW).does("marker.keep", subject="M1", reasons="It goes on.")
    assert not story.refusal("appeal.lodge", CUSTOMER, "M1", **GROUNDS)


def test_a_marker_confirmed_by_a_finding_opens_an_appeal_of_its_own() -> None:
    story = ready_to_decide().marked_at_once().appealed("M1").weighed(Step.APPEAL, SENIOR)
    story.does("appeal.decide", SENIOR, "A1", **DISMISSED).found()
    story.does("marker.place", subject="M1", **answers.marker())
    assert not story.refusal("appeal.lodge", CUSTOMER, "M1", **GROUNDS)


def varied(story: Story, **change: object) -> str:
    variation = Variation(**change)  # type: ignore[arg-type]
    return story.refusal(
        "appeal.decide", SENIOR, "A1", outcome=Outcome.VARIED, reasons="x", change="x", variation=variation
    )


def test_an_appeal_takes_something_away_and_never_adds() -> None:
    story = an_appeal()
    same = ((Conduct.THREATS, Finding.UNACCEPTABLE),)
    none = ((Conduct.THREATS, Finding.NEITHER),)
    assert "Take away at least one" in varied(story, found=same)
    assert "uphold the appeal instead" in varied(story, found=none)
    limit = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appealed("L1").weighed(Step.APPEAL, SENIOR)
    assert "never closes a way" in varied(limit, plan=answers.BY_LETTER)
    assert "what the limits are now" in varied(limit)
    assert "both how many times" in varied(limit, plan=replace(answers.BY_EMAIL_OR_LETTER, times=2))
    behaviour = a_finding().limited(None).appealed("L1").weighed(Step.APPEAL, SENIOR)
    assert "no limits to change" in varied(behaviour, plan=answers.BY_LETTER)
    contact = a_warning_and_a_finding().appointed().appealed("S1").weighed(Step.APPEAL, SENIOR)
    assert "appoint another" in varied(contact)
    marker = a_finding().marked().appealed("M1").weighed(Step.APPEAL, SENIOR)
    assert "what colleagues should do" in varied(marker)
    narrow = a_finding().marked(audience=Audience.VISITORS).appealed("M1").weighed(Step.APPEAL, SENIOR)
    assert "never tells more people" in varied(narrow, controls=(Control.PAIRS,), audience=Audience.ALL)
    assert not varied(narrow, controls=(Control.PAIRS,), audience=Audience.VISITORS)


def test_an_appeal_never_leaves_a_customer_fewer_contacts_days_or_hours() -> None:
    weekly = Plan(
        channels=frozenset({Channel.EMAIL}),
        times=2,
        period=Period.WEEK,
        weekdays=frozenset({Weekday.MONDAY, Weekday.FRIDAY}),
        from_time=time(9),
        to_time=time(12),
    )
    story = a_warning_and_a_finding().limited(weekly).appealed("L1").weighed(Step.APPEAL, SENIOR)
    assert "less often" in varied(story, plan=replace(weekly, times=1))
    assert "less often" in varied(story, plan=replace(weekly, times=4, period=Period.MONTH))
    assert "a day that was open" in varied(story, plan=replace(weekly, weekdays=frozenset({Weekday.MONDAY})))
    assert "hours shorter" in varied(story, plan=replace(weekly, to_time=time(11)))
    assert not varied(story, plan=replace(weekly, times=3, to_time=time(13)))
    assert not varied(story, plan=Plan(channels=weekly.channels))


def test_a_marker_goes_when_an_appeal_takes_away_the_behaviour_of_its_incident() -> None:
    story = given().reported(Conduct.THREATS, Conduct.EXCESSIVE_EMAILS).triaged().investigated()
    story.heard().asked().weighed().found(THREATS=Finding.UNACCEPTABLE, EXCESSIVE_EMAILS=Finding.UNREASONABLE)
    story.marked().appealed().weighed(Step.APPEAL, SENIOR)
    left = ((Conduct.THREATS, Finding.NEITHER), (Conduct.EXCESSIVE_EMAILS, Finding.UNREASONABLE))
    change = Variation(found=left)
    story.does("appeal.decide", SENIOR, "A1", outcome=Outcome.VARIED, reasons="x", change="x", variation=change)
    assert story.case.decision.standing and not story.case.marker.standing


def test_what_ended_while_its_appeal_was_open_is_not_ended_twice() -> None:
    story = a_finding().marked().appealed("M1").does("marker.remove", subject="M1", reasons="Not needed.")
    story.does("appeal.decide", SENIOR, "A1", **UPHELD)
    assert [type(event).__name__ for event in story.events].count("MarkerRemoved") == 1


def test_a_withdrawn_appeal_may_be_lodged_again() -> None:
    story = a_finding().appealed().does("appeal.withdraw", CUSTOMER, "A1", words="Leave it.")
    assert "no such open appeal" in story.refusal("appeal.withdraw", CUSTOMER, "A1", words="x")
    assert not story.refusal("appeal.lodge", CUSTOMER, "F1", **GROUNDS)


def test_whoever_was_shouted_at_cannot_say_that_the_customer_gave_up_the_appeal() -> None:
    story = an_appeal()
    assert "affected" in story.refusal("appeal.withdraw", TARGET, "A1", words="He dropped it.")
    assert "Only the customer" in story.refusal("appeal.withdraw", SYSTEM, "A1", words="He dropped it.")
    assert not story.refusal("appeal.withdraw", CUSTOMER, "A1", words="Leave it.")


def test_whoever_took_part_does_not_weigh_the_appeal_either() -> None:
    story = a_finding().told(LetterKind.FINDING).appealed()
    assert "took part" in story.refusal("assessment.make", MANAGER, **answers.assessment(Step.APPEAL))
    assert not story.refusal("assessment.make", SENIOR, **answers.assessment(Step.APPEAL))
