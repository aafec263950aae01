"""E1, E2, rules 1, 2, 7 and 16: limits on contact and the single contact, when they hold and when they are refused."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from evenhand.policy.deadline import due
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.expectation import ExpectationSet, Period, Plan
from evenhand.policy.need import Channel, LetterFormat, Need
from evenhand.policy.next_step import NextStep, next_steps
from evenhand.policy.occasion import Known, LiveLimit
from evenhand.policy.terms import months_after
from tests.policy import answers
from tests.policy.people import CUSTOMER, MANAGER, SYSTEM, TARGET
from tests.policy.stories import Story, a_finding, a_warning_and_a_finding, given, ready_to_decide

ANY = frozenset({Channel.EMAIL, Channel.LETTER})


def found_of(known: Known) -> Story:
    return given(known).reported().triaged().investigated().heard().asked().weighed().warned().found()


def limits(story: Story, **changes: object) -> str:
    return story.refusal("expectation.set", **{**answers.limits(story.day), **changes})


def test_no_limit_without_a_finding_that_stands() -> None:
    assert "no finding against" in limits(ready_to_decide().warned())
    assert "no finding against" in ready_to_decide().warned().refusal(
        "single_contact.appoint", **answers.single_contact()
    )


def test_a_target_cannot_limit_contact() -> None:
    story = a_warning_and_a_finding()
    assert "You were affected" in story.refusal("expectation.set", TARGET, **answers.limits(story.day))


def test_no_limit_before_a_warning_but_an_expectation_of_behaviour_needs_none() -> None:
    assert "not had a warning" in limits(a_finding())
    assert not limits(a_finding(), plan=None)


def test_writing_only_is_refused_for_someone_who_finds_writing_hard() -> None:
    story = a_warning_and_a_finding().needing(Need.FINDS_WRITING_HARD).weighed()
    assert "conflicts with what the person needs" in limits(story)
    assert not limits(story, plan=Plan(channels=frozenset({Channel.PHONE})))


def test_a_way_that_is_refused_is_refused_with_the_need_or_the_danger_that_rules_it_out() -> None:
    story = a_warning_and_a_finding().needing(Need.FINDS_WRITING_HARD, Need.DEAF).weighed()
    story.known = replace(story.known, unsafe=frozenset({Channel.VISIT}))
    told = limits(story, plan=Plan(channels=frozenset({Channel.EMAIL, Channel.LETTER, Channel.VISIT})))
    assert "by email or by letter (finds writing hard)" in told
    assert "by a visit to the home (not safe for them)" in told
    assert "deaf" not in told and "by telephone" not in told


def test_a_plan_leaves_at_least_one_way() -> None:
    assert "at least one way" in limits(a_warning_and_a_finding(), plan=Plan(channels=frozenset()))


def test_a_way_that_is_unsafe_for_the_person_is_no_way() -> None:
    known = Known(person="person", age=40, unsafe=frozenset({Channel.LETTER}))
    story = given(known).reported().triaged().investigated().heard().asked().weighed().found()
    assert "unsafe" in limits(story)


def test_limits_of_two_cases_together_never_close_every_way() -> None:
    elsewhere = LiveLimit("OTHER", "S1", frozenset({Channel.PHONE}), single_contact=True)
    story = found_of(Known(person="person", age=40, limits=frozenset({elsewhere})))
    assert "Together with the limit in case OTHER" in limits(story)
    assert not limits(story, plan=Plan(channels=frozenset({Channel.PHONE, Channel.LETTER})))
    single = a_warning_and_a_finding().limited()
    assert "Together with" in single.refusal("single_contact.appoint", **answers.single_contact())


def test_a_new_plan_takes_the_place_of_the_old_here_and_elsewhere() -> None:
    elsewhere = LiveLimit("OTHER", "L4", frozenset({Channel.LETTER}))
    story = found_of(Known(person="person", age=40, limits=frozenset({elsewhere}))).limited()
    [first] = [event for event in story.events if isinstance(event, ExpectationSet)]
    assert first.replaces == ("OTHER", "L4")
    again = a_warning_and_a_finding().limited()
    assert "made for the last limit" in again.refusal("expectation.set", **answers.limits(again.day))
    again.weighed().limited()
    assert [x.ended for x in again.case.expectation.limits] == [True, False]


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan(channels=ANY, times=1), "how many times and in what period"),
        (Plan(channels=ANY, times=0, period=Period.WEEK), "at least one contact"),
        (Plan(channels=ANY, from_time=time(9)), "from what time and until"),
        (Plan(channels=ANY, from_time=time(12), to_time=time(9)), "end before they begin"),
    ],
)
def test_a_plan_is_one_that_a_machine_can_answer_for(plan: Plan, says: str) -> None:
    assert says in limits(a_warning_and_a_finding(), plan=plan)


def test_a_limit_lasts_at_most_twelve_months() -> None:
    story = a_warning_and_a_finding()
    assert "at most 12 months" in limits(story, ends_on=months_after(story.day, 12) + timedelta(days=1))
    assert "comes after the start" in limits(story, ends_on=story.day)
    assert "before today" in limits(story, starts_on=story.day - timedelta(days=1))


def test_someone_with_a_complaint_open_is_told_how_to_pursue_it() -> None:
    story = found_of(Known(person="person", age=40, open_complaint=True))
    assert "complaint with us" in limits(story)
    assert not limits(story, complaint_considered="By letter to the complaints team.")


def test_a_limit_holds_from_the_day_its_letter_counts_as_delivered_until_its_end() -> None:
    story = a_warning_and_a_finding().limited()
    limit = story.case.expectation.limits[0]
    assert not limit.in_force(story.day + timedelta(days=30)), "nobody was told"
    story.told(LetterKind.LIMITS)
    limit = story.case.expectation.limits[0]
    delivered = story.terms.working_days_after(story.day, 2)
    assert limit.starts_on == delivered
    assert not limit.in_force(delivered - timedelta(days=1)) and limit.in_force(delivered)
    assert limit.in_force(limit.ends_on) and not limit.in_force(limit.ends_on + timedelta(days=1))


def test_a_limit_told_in_braille_starts_when_it_can_be_read() -> None:
    story = a_warning_and_a_finding().limited().told(LetterKind.LIMITS, format=LetterFormat.BRAILLE)
    assert story.case.expectation.limits[0].starts_on is None
    letter = story.case.correspondence.letters[-1].id
    story.later(days=14).does("correspondence.deliver_format", subject=letter, delivered_on=story.day)
    assert story.case.expectation.limits[0].starts_on == story.day


def test_what_has_ended_is_decided_afresh_and_never_extended() -> None:
    story = a_warning_and_a_finding().limited().later(days=200).weighed(Step.REVIEW)
    assert "has ended" in story.refusal("expectation.extend", subject="L1", reasons="x")
    assert not story.refusal("expectation.lapse", SYSTEM, "L1")
    fresh = a_warning_and_a_finding().limited()
    assert "not come to its end" in fresh.refusal("expectation.lapse", SYSTEM, "L1")


def test_going_on_or_changing_takes_an_assessment_each_time() -> None:
    story = a_warning_and_a_finding().limited().told(LetterKind.LIMITS)
    assert "assessment for a review" in story.refusal("expectation.extend", subject="L1", reasons="x")
    story.weighed(Step.REVIEW).does("expectation.vary", subject="L1", plan=answers.BY_EMAIL_OR_LETTER, reasons="x")
    assert "assessment for a review" in story.refusal("expectation.extend", subject="L1", reasons="x")


def test_a_limit_is_changed_from_when_the_customer_is_told_and_not_before() -> None:
    story = a_warning_and_a_finding().limited().told(LetterKind.LIMITS).later(working=5).weighed(Step.REVIEW)
    story.does("expectation.vary", subject="L1", plan=answers.BY_EMAIL_OR_LETTER, reasons="x")
    long_after = story.day + timedelta(days=60)
    assert story.case.expectation.limits[0].plan_on(long_after) == answers.BY_LETTER
    story.told(LetterKind.LIMITS)
    limit, delivered = story.case.expectation.limits[0], story.terms.working_days_after(story.day, 2)
    assert limit.plan_on(delivered - timedelta(days=1)) == answers.BY_LETTER
    assert limit.plan_on(delivered) == answers.BY_EMAIL_OR_LETTER


def test_a_limit_goes_on_only_if_the_customer_is_told_that_it_does() -> None:
    story = a_warning_and_a_finding().limited().told(LetterKind.LIMITS).later(days=30).weighed(Step.REVIEW)
    end = story.case.expectation.limits[0].ends_on
    story.does("expectation.extend", subject="L1", reasons="It went on.")
    assert story.case.expectation.limits[0].ends_on == end
    assert "not been told" in story.weighed(Step.REVIEW).refusal("expectation.extend", subject="L1", reasons="x")
    story.told(LetterKind.REVIEW_OUTCOME)
    assert story.case.expectation.limits[0].ends_on > end


def test_days_between_an_end_and_a_late_letter_are_free_of_the_limit() -> None:
    story = a_warning_and_a_finding().limited().told(LetterKind.LIMITS)
    end = story.case.expectation.limits[0].ends_on
    story.later(days=(end - story.day).days).weighed(Step.REVIEW)
    story.does("expectation.extend", subject="L1", reasons="It went on.").told(LetterKind.REVIEW_OUTCOME)
    limit, delivered = story.case.expectation.limits[0], story.terms.working_days_after(story.day, 2)
    assert limit.in_force(end) and not limit.in_force(end + timedelta(days=1)) and limit.in_force(delivered)


def test_an_expectation_of_behaviour_does_not_turn_into_a_second_plan() -> None:
    story = a_warning_and_a_finding().limited().weighed().limited(None).weighed(Step.REVIEW)
    assert "sets no limits" in story.refusal("expectation.vary", subject="L2", plan=answers.BY_LETTER, reasons="x")


def test_a_customer_may_ask_at_any_time_for_a_limit_to_end_and_is_answered() -> None:
    story = a_warning_and_a_finding().limited()
    assert "Only the customer" in story.refusal("expectation.request_review", SYSTEM, "L1", words="x")
    assert "has not asked" in story.weighed(Step.REVIEW).refusal("expectation.keep", subject="L1", reasons="x")
    story.does("expectation.request_review", CUSTOMER, "L1", words="Please.")
    assert "already asked" in story.refusal("expectation.request_review", CUSTOMER, "L1", words="x")
    story.does("expectation.keep", MANAGER, "L1", reasons="Not yet.")
    assert story.case.expectation.limits[0].answer_by is None


def test_the_single_contact_agrees_was_not_the_target_and_uses_the_teams_details() -> None:
    story = a_warning_and_a_finding()
    wrong = answers.single_contact(colleague=TARGET.id, agreed=False, telephone="", email="", cover="")
    refusal = story.refusal("single_contact.appoint", **wrong)
    for why in ("Choose another", "agrees to be", "team’s telephone", "cover"):
        assert why in refusal


def test_there_is_one_single_contact_and_a_change_of_it_is_told() -> None:
    story = a_warning_and_a_finding().appointed()
    assert "already has a single contact" in story.refusal("single_contact.appoint", **answers.single_contact())
    story.does("single_contact.change", subject="S1", **answers.single_contact(name="Pat Reed"))
    assert [x.kind for x in story.case.correspondence.letters].count(LetterKind.SINGLE_CONTACT) == 2


def test_a_single_contact_ends_at_its_end_and_goes_on_only_by_a_fresh_decision() -> None:
    story = a_warning_and_a_finding().appointed()
    assert "not come to its end" in story.refusal("single_contact.lapse", SYSTEM, "S1")
    assert "assessment for a review" in story.refusal("single_contact.extend", subject="S1", reasons="x")
    story.later(days=200)
    assert "no such single contact" in story.refusal("single_contact.end", subject="S1", reasons="x")
    assert not story.refusal("single_contact.lapse", SYSTEM, "S1")


def test_a_plan_replaces_every_other_the_person_has_once_their_records_are_joined() -> None:
    story = a_warning_and_a_finding()
    plans = frozenset(LiveLimit(case, "L1", frozenset({Channel.LETTER})) for case in ("B", "A"))
    story.known = replace(story.known, limits=plans)
    made = next(e for e in reversed(story.limited().events) if isinstance(e, ExpectationSet))
    assert (made.replaces, made.replaces_too) == (("A", "L1"), (("B", "L1"),))


def test_a_single_contact_during_a_complaint_says_how_the_complaint_goes_on() -> None:
    story = a_warning_and_a_finding()
    open_one = answers.single_contact(complaint_open=True)
    assert "can still pursue it" in story.refusal("single_contact.appoint", **open_one)
    story.does("single_contact.appoint", **open_one, complaint_considered="By letter to the complaints team.")
    assert not story.refusal("single_contact.change", subject="S1", **answers.single_contact())


def test_whoever_the_person_once_shouted_at_is_not_their_single_contact() -> None:
    story = a_warning_and_a_finding()
    story.known = replace(story.known, affected=frozenset({"named colleague"}))
    assert "Choose another" in story.refusal("single_contact.appoint", **answers.single_contact())


def test_when_a_single_contact_leaves_another_is_named_by_the_next_working_day() -> None:
    story = a_warning_and_a_finding().appointed()
    assert "all their cases at once" in story.refusal("single_contact.cover", MANAGER, "S1")
    story.does("single_contact.cover", SYSTEM, "S1")
    (owed,) = (d for d in due(story.case) if d.verb == "single_contact.change")
    assert owed.on == story.terms.working_days_after(story.day, 1)
    assert NextStep("single_contact.change", "S1") in next_steps(story.case, story.day)
    story.does("single_contact.change", subject="S1", **answers.single_contact(name="Lee Next"))
    assert not [d for d in due(story.case) if d.verb == "single_contact.change"]


def test_a_limit_that_suits_no_more_once_we_learn_of_a_need_is_changed_by_the_next_working_day() -> None:
    story = a_warning_and_a_finding().limited()
    assert "still leaves a way" in story.refusal("expectation.question", SYSTEM, "L1")
    story.needing(Need.FINDS_WRITING_HARD).does("expectation.question", SYSTEM, "L1")
    assert "already asked" in story.refusal("expectation.question", SYSTEM, "L1")
    (owed,) = (d for d in due(story.case) if d.verb == "expectation.vary")
    assert owed.on == story.terms.working_days_after(story.day, 1)
    assert NextStep("expectation.vary", "L1") in next_steps(story.case, story.day)


def test_a_single_contact_that_suits_no_more_is_changed_too() -> None:
    story = a_warning_and_a_finding().appointed(email="").needing(Need.DEAF)
    story.does("expectation.question", SYSTEM, "S1")
    assert [d.subject for d in due(story.case) if d.verb == "single_contact.change"] == ["S1"]
