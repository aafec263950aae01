"""C3, D1, rules 6, 8 and 15: what a finding takes, who makes it, and what stands in the way of a warning."""

import pytest

from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.need import Need
from evenhand.policy.staff import Actor
from evenhand.policy.terms import months_after
from tests.policy import answers
from tests.policy.people import COLLEAGUE, DIRECTOR, INVESTIGATOR, MANAGER, SENIOR, TARGET
from tests.policy.stories import MONDAY, a_finding, a_warning_and_a_finding, an_investigation, given, ready_to_decide

WARNED = {"expected": "Stop.", "if_it_goes_on": "We may limit contact."}


def test_a_manager_who_was_shouted_at_cannot_decide() -> None:
    refusal = ready_to_decide().refusal("decision.decide", TARGET, **answers.finding())
    assert refusal == "You were affected by what happened, so a colleague who was not must decide."


@pytest.mark.parametrize("by", [COLLEAGUE, DIRECTOR])
def test_only_a_manager_or_a_senior_manager_decides(by: Actor) -> None:
    assert "Only a manager or a senior manager" in ready_to_decide().refusal("decision.decide", by, **answers.finding())


def test_a_finding_says_why_it_is_more_than_forceful() -> None:
    refusal = ready_to_decide().refusal("decision.decide", **{**answers.finding(), "beyond_forceful": ""})
    assert refusal == "Say why this is more than a forceful or determined approach."


def test_a_finding_of_neither_needs_no_account_and_no_assessment() -> None:
    neither = {**answers.finding(THREATS=Finding.NEITHER), "beyond_forceful": ""}
    assert not an_investigation().refusal("decision.decide", **neither)


def test_every_thing_alleged_is_answered_and_nothing_else() -> None:
    refusal = ready_to_decide().refusal("decision.decide", **answers.finding(SHOUTING=Finding.UNACCEPTABLE))
    assert "each thing alleged: threats" in refusal and "not alleged, so nothing can be found of it: exc" in refusal


def test_behaviour_is_unacceptable_and_a_demand_unreasonable_never_the_other_way_about() -> None:
    assert "Behaviour is unacceptable or neither" in ready_to_decide().refusal(
        "decision.decide", **answers.finding(THREATS=Finding.UNREASONABLE)
    )


def test_nobody_is_found_against_before_they_were_heard_asked_and_weighed() -> None:
    refusal = an_investigation().refusal("decision.decide", **answers.finding())
    assert "account has not been heard" in refusal
    assert "has not been asked" in refusal
    assert "assessment for the decision" in refusal


def test_a_need_learned_since_the_assessment_calls_for_another() -> None:
    story = ready_to_decide().needing(Need.MENTAL_HEALTH)
    assert "has changed since" in story.refusal("decision.decide", **answers.finding())


def test_a_complaint_of_a_colleague_is_settled_before_any_decision_even_in_the_customers_favour() -> None:
    story = an_investigation().heard(about_a_colleague=True)
    neither = answers.finding(THREATS=Finding.NEITHER)
    assert "complained of a colleague" in story.refusal("decision.decide", **neither)
    story.does("counter_allegation.settle", set_apart=True, reason="Looked into apart.")
    assert not story.refusal("decision.decide", **neither)


def test_nothing_is_decided_of_a_stranger_or_before_anyone_looked() -> None:
    refusal = given().reported(person=None).refusal("decision.decide", **answers.finding())
    for why in ("made a case", "who the person is", "investigates", "How often"):
        assert why in refusal


def test_a_case_is_decided_once_until_something_is_quashed_or_added() -> None:
    assert "already decided" in a_finding().refusal("decision.decide", **answers.finding())


def test_a_closed_case_and_a_person_who_died_are_not_decided_about() -> None:
    story = ready_to_decide().does("handling.record_death", died_on=ready_to_decide().day)
    assert "has died" in story.refusal("decision.decide", **answers.finding())
    story.does("handling.close", outcome=answers.PERSON_LEFT, reasons="Died.")
    assert "closed" in story.refusal("decision.decide", **answers.finding())


def test_a_target_cannot_weigh_what_happened_to_them() -> None:
    assert "must assess" in an_investigation().refusal("assessment.make", TARGET, **answers.assessment())
    assert "makes the assessment" in an_investigation().refusal("assessment.make", COLLEAGUE, **answers.assessment())


def test_an_assessment_answers_every_question() -> None:
    empty = {**answers.assessment(), "alternatives": "", "aim": " "}
    refusal = an_investigation().refusal("assessment.make", INVESTIGATOR, **empty)
    assert "alternatives" in refusal and "aim" in refusal


def test_a_warning_too_waits_for_the_account_and_is_weighed() -> None:
    refusal = an_investigation().refusal("warning.give", **WARNED)
    assert "account has not been heard" in refusal and "assessment" in refusal
    assert not ready_to_decide().refusal("warning.give", **WARNED)
    assert "You were affected" in ready_to_decide().refusal("warning.give", TARGET, **WARNED)


def test_going_without_a_warning_is_approved_by_someone_senior_who_did_not_propose_it() -> None:
    story = ready_to_decide()
    assert "Nobody has proposed" in story.refusal("warning.approve_skipping", SENIOR, reason="x")
    story.does("warning.propose_skipping", SENIOR, reason="A knife.")
    assert "already proposed" in story.refusal("warning.propose_skipping", MANAGER, reason="x")
    assert "You proposed it" in story.refusal("warning.approve_skipping", SENIOR, reason="x")
    assert "Only a senior manager" in story.refusal("warning.approve_skipping", MANAGER, reason="x")
    assert not story.refusal("warning.approve_skipping", DIRECTOR, reason="A knife.")
    assert "reason" in story.refusal("warning.refuse_skipping", DIRECTOR, reason="")


def test_a_warning_that_has_not_been_delivered_yet_is_no_warning() -> None:
    story = ready_to_decide().does("warning.give", **WARNED).found()
    limits = answers.limits(story.day)
    assert "not had a warning" in story.refusal("expectation.set", **limits)
    story.told(LetterKind.WARNING)
    assert "not had a warning" in story.refusal("expectation.set", **limits)
    story.later(working=3)
    assert not story.refusal("expectation.set", **answers.limits(story.day))


def test_a_warning_counts_for_twelve_months_and_no_longer() -> None:
    story = ready_to_decide().warned().found()
    until = months_after(MONDAY, 12)
    story.on(until).weighed()
    assert not story.refusal("expectation.set", **answers.limits(story.day))
    story.later(days=1)
    assert "still counts" in story.refusal("expectation.set", **answers.limits(story.day))
    assert "still counts" in story.refusal("single_contact.appoint", **answers.single_contact())
    story.warned()
    assert not story.refusal("expectation.set", **answers.limits(story.day))


def test_an_approval_to_go_without_a_warning_counts_for_three_months() -> None:
    story = ready_to_decide().does("warning.propose_skipping", reason="A knife.").found()
    story.does("warning.approve_skipping", SENIOR, reason="Yes.").on(months_after(MONDAY, 3))
    assert not story.refusal("expectation.set", **answers.limits(story.day))
    story.later(days=1).weighed()
    assert "still counts" in story.refusal("expectation.set", **answers.limits(story.day))
    assert not story.refusal("warning.propose_skipping", reason="A knife again.")


def test_a_limit_that_holds_may_be_eased_though_its_warning_is_out_of_date() -> None:
    story = a_warning_and_a_finding().on(months_after(MONDAY, 11)).weighed().limited().told(LetterKind.LIMITS)
    story.on(months_after(MONDAY, 13)).weighed(Step.REVIEW)
    assert not story.refusal("expectation.vary", subject="L1", plan=answers.BY_EMAIL_OR_LETTER, reasons="Easier.")


def test_an_assessment_is_fresh_for_three_months() -> None:
    story = ready_to_decide().on(months_after(MONDAY, 3))
    assert not story.refusal("decision.decide", **answers.finding())
    story.later(days=1)
    assert "was fresh until 2 May 2026" in story.refusal("decision.decide", **answers.finding())
    assert not story.weighed().refusal("decision.decide", **answers.finding())


def test_each_warning_limit_single_contact_and_marker_is_weighed_for_itself() -> None:
    story = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed().marked()
    assert "made for the last limit" in story.refusal("expectation.set", **answers.limits(story.day))
    assert "made for the last warning" in story.refusal("warning.give", **WARNED)
    story.does("single_contact.end", subject="S1", reasons="Done.")
    assert "made for the last single contact" in story.refusal("single_contact.appoint", **answers.single_contact())
    assert not story.weighed().refusal("single_contact.appoint", **answers.single_contact())


def test_conduct_is_one_closed_list_of_five_behaviours_and_seven_demands() -> None:
    behaviours = [c for c in Conduct if c.is_behaviour]
    assert (len(behaviours), len(Conduct) - len(behaviours)) == (5, 7)
