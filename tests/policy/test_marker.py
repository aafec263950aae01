"""M1, M2, rules 3, 4, 7, 10: who may mark whom, on what ground, and how no marker is forgotten."""

from datetime import date

import pytest

from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.deadline import due
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.incident import Triage
from evenhand.policy.events.marker import Control, ProvisionalMarkerPlaced
from evenhand.policy.next_step import NextStep, next_steps
from evenhand.policy.occasion import Known
from evenhand.policy.standing.correspondence import Post
from evenhand.policy.terms import months_after
from tests.policy import answers
from tests.policy.people import ANOTHER_MANAGER, COLLEAGUE, CUSTOMER, DIRECTOR, DUTY, MANAGER, SENIOR, SYSTEM, TARGET
from tests.policy.stories import Story, a_finding, an_investigation, given, ready_to_decide


def aged(age: int | None) -> Story:
    return given(Known(person="person", age=age)).reported().triaged().investigated().heard().asked().weighed().found()


def placing(story: Story, by: object = MANAGER, **changes: object) -> str:
    return story.refusal("marker.place", by, **{**answers.marker(), **changes})  # type: ignore[arg-type]


def test_a_marker_needs_a_finding_of_behaviour() -> None:
    assert "needs a finding" in placing(ready_to_decide())
    demand = an_investigation().case.incident.conducts
    assert demand == {Conduct.THREATS}


def test_a_marker_rests_on_behaviour_found_in_its_own_incident() -> None:
    story = (
        given().reported(Conduct.THREATS, Conduct.EXCESSIVE_EMAILS).triaged().investigated().heard().asked().weighed()
    )
    story.found(THREATS=Finding.NEITHER, EXCESSIVE_EMAILS=Finding.UNREASONABLE)
    assert "No behaviour was found" in placing(story)
    assert "Choose the one incident" in placing(a_finding(), incident="I9")
    assert "choose at least one" in placing(a_finding(), controls=())


def test_a_target_cannot_mark_whoever_shouted_at_them() -> None:
    assert "You were affected" in placing(a_finding(), TARGET)


def test_no_child_under_ten_is_marked_and_a_young_person_only_by_someone_senior() -> None:
    assert "under 10" in placing(aged(9))
    refusal = placing(aged(16))
    assert "senior manager decides" in refusal and "safeguarding check" in refusal
    assert not placing(aged(16), SENIOR, safeguarding_check="No concern.")
    assert "never marked" in placing(aged(None))
    assert not placing(aged(None), age_checked="Born in 1980, he said.")


def test_one_incident_bears_one_marker() -> None:
    assert "already a marker" in placing(a_finding().marked())


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2026, 3, 2)])
def test_a_marker_is_reviewed_six_calendar_months_on(day: date) -> None:
    story = given(day=day).reported().triaged().investigated().heard().asked().weighed().found().marked()
    assert story.case.marker.all[0].review_on == months_after(day, 6)


def overdue(months: int) -> Story:
    story = a_finding().marked()
    review = story.case.marker.all[0].review_on
    assert review
    return story.on(months_after(review, months)).weighed(Step.REVIEW).later(days=1)


def test_after_three_months_only_a_director_keeps_a_marker() -> None:
    assert not overdue(2).refusal("marker.keep", MANAGER, "M1", reasons="x")
    assert "only a director" in overdue(3).refusal("marker.keep", SENIOR, "M1", reasons="x")
    assert not overdue(3).refusal("marker.keep", DIRECTOR, "M1", reasons="x")


def test_an_overdue_marker_stands_until_somebody_removes_it() -> None:
    story = overdue(30)
    assert story.case.marker.standing and story.case.marker.all[0].is_overdue(story.day)
    story.does("marker.remove", subject="M1", reasons="No longer needed.")
    assert not story.case.marker.standing


def test_a_review_is_reasoned_and_weighed() -> None:
    refusal = a_finding().marked().refusal("marker.keep", subject="M1", reasons="")
    assert "assessment for a review" in refusal and "reasons" in refusal
    assert "no such marker" in a_finding().weighed(Step.REVIEW).refusal("marker.keep", subject="M1", reasons="x")


def test_the_customer_is_told_of_a_coming_review_once_and_again_with_an_apology() -> None:
    story = a_finding().marked()
    assert "too early" in story.refusal("marker.notify_review", SYSTEM, "M1")
    review = story.case.marker.all[0].review_on
    assert review
    story.on(story.terms.working_days_after(review, -20)).does("marker.notify_review", SYSTEM, "M1")
    assert "has been told" in story.refusal("marker.notify_review", SYSTEM, "M1")
    story.on(story.terms.working_days_after(review, 21)).does("marker.notify_review", SYSTEM, "M1")
    assert "has been told" in story.refusal("marker.notify_review", SYSTEM, "M1")


def test_the_end_of_a_tenancy_brings_the_review_near_and_the_customer_is_told() -> None:
    story = a_finding().marked().does("marker.end_tenancy", SYSTEM, "M1")
    assert story.case.marker.all[0].review_on == story.terms.working_days_after(story.day, 20)
    assert not story.refusal("marker.notify_review", SYSTEM, "M1")


def test_a_customer_may_ask_at_any_time_for_a_marker_to_go() -> None:
    story = a_finding().marked().does("marker.request_review", CUSTOMER, "M1", words="Please.")
    assert "already asked" in story.refusal("marker.request_review", CUSTOMER, "M1", words="x")
    assert "Only the customer" in a_finding().marked().refusal("marker.request_review", SYSTEM, "M1", words="x")


def test_only_someone_senior_withholds_notice_with_a_reason_and_then_no_letter_tells() -> None:
    story = a_finding().marked()
    assert "Only a senior manager" in story.refusal("marker.withhold_notice", MANAGER, "M1", reasons="x")
    assert "not withheld" in story.refusal("marker.give_notice", subject="M1")
    story.does("marker.withhold_notice", SENIOR, "M1", reasons="He would find her.")
    letter = next(x.id for x in story.case.correspondence.letters if x.kind is LetterKind.MARKER)
    assert "withheld" in story.refusal("correspondence.approve", MANAGER, letter, **answers.POSTED)
    story.does("marker.give_notice", subject="M1").told(LetterKind.MARKER)
    assert "already been told" in story.refusal("marker.withhold_notice", SENIOR, "M1", reasons="x")


def test_a_duty_colleague_marks_at_once_after_a_threat_and_only_then() -> None:
    story = given().reported()
    assert not story.refusal("provisional_marker.place", DUTY, **answers.marker())
    assert "Only a duty colleague" in story.refusal("provisional_marker.place", COLLEAGUE, **answers.marker())
    shouted = given().reported(Conduct.SHOUTING)
    assert "Only violence, a threat" in shouted.refusal("provisional_marker.place", DUTY, **answers.marker())
    stranger = given().reported(person=None)
    assert "instruction can stand on the home" in stranger.refusal("provisional_marker.place", DUTY, **answers.marker())


def test_no_marker_rests_on_a_report_that_was_turned_away() -> None:
    story = given().reported().triaged(Triage.NOT_CONDUCT)
    assert "Only violence" in story.refusal("provisional_marker.place", DUTY, **answers.marker())


def test_a_provisional_marker_is_not_placed_again_on_the_same_incident() -> None:
    story = given().reported().marked_at_once(DUTY)
    assert "already a provisional" in story.refusal("provisional_marker.place", DUTY, **answers.marker())
    story.does("marker.remove", subject="M1", reasons="Not so.")
    assert "has been a marker" in story.refusal("provisional_marker.place", DUTY, **answers.marker())


def test_another_manager_confirms_and_someone_senior_renews_at_most_twice() -> None:
    story = given().reported().triaged().marked_at_once(MANAGER)
    assert "You placed it" in story.refusal("provisional_marker.confirm", MANAGER, "M1", reasons="x")
    story.does("provisional_marker.confirm", ANOTHER_MANAGER, "M1", reasons="Agreed.")
    assert "already confirmed" in story.refusal("provisional_marker.confirm", ANOTHER_MANAGER, "M1", reasons="x")
    assert "Only a senior manager" in story.refusal("provisional_marker.renew", MANAGER, "M1", reasons="x")
    for _ in range(2):
        story.later(working=20).does("provisional_marker.renew", SENIOR, "M1", reasons="More to hear.")
    assert "renewed twice" in story.refusal("provisional_marker.renew", SENIOR, "M1", reasons="x")
    assert story.case.marker.standing, "undecided, it stays"


def test_a_customer_is_told_of_a_renewal_until_when_and_may_appeal_it_anew() -> None:
    story = given().reported().triaged().marked_at_once(MANAGER).told(LetterKind.MARKER).appealed("M1")
    story.does("marker.request_review", CUSTOMER, "M1", words="Please end it.").weighed(Step.APPEAL, DIRECTOR)
    story.does("appeal.decide", DIRECTOR, "A1", outcome=Outcome.DISMISSED, reasons="A knife was seen.")
    assert "already decided" in story.refusal("appeal.lodge", CUSTOMER, "M1", grounds="Not so.")
    story.does("provisional_marker.renew", SENIOR, "M1", reasons="More to hear.").told(LetterKind.REVIEW_OUTCOME)
    assert not story.refusal("appeal.lodge", CUSTOMER, "M1", grounds="Not so.")
    assert story.case.marker.all[0].answer_by is None, "the letter is the answer to what they asked"


def test_a_provisional_marker_is_decided_never_reviewed_even_when_a_tenancy_ends() -> None:
    story = given().reported().marked_at_once().does("marker.end_tenancy", SYSTEM, "M1").triaged().weighed(Step.REVIEW)
    assert "not reviewed" in story.refusal("marker.keep", subject="M1", reasons="x")


def test_a_finding_confirms_a_provisional_marker_and_no_other() -> None:
    story = ready_to_decide().marked_at_once().found().does("marker.place", subject="M1", **answers.marker())
    assert not story.case.marker.all[0].provisional
    again = story.refusal("marker.place", subject="M1", **answers.marker())
    assert "already confirmed" in again
    assert "no such provisional" in story.refusal("provisional_marker.renew", SENIOR, "M1", reasons="x")


@pytest.mark.parametrize("control", [Control.OFFICE_ONLY, Control.ASK_FIRST])
def test_whoever_keeps_colleagues_from_the_door_says_how_an_emergency_is_still_attended(control: Control) -> None:
    away: dict[str, object] = {"controls": (control, Control.PAIRS)}
    assert "still attended" in placing(a_finding(), **away)
    assert not placing(a_finding(), **away, safe_attendance="Two of us, with the police.")
    at_once = {**answers.marker(), **away}
    assert "still attended" in given().reported().refusal("provisional_marker.place", DUTY, **at_once)
    assert not given().reported().refusal("provisional_marker.place", DUTY, **at_once, safe_attendance="With two.")


def test_what_was_said_of_an_unknown_age_is_kept_with_a_provisional_marker() -> None:
    story = given(Known(person="person")).reported().marked_at_once(DUTY, age_checked="About forty, she said.")
    placed = story.events[-2]
    assert isinstance(placed, ProvisionalMarkerPlaced) and placed.age_checked == "About forty, she said."


def test_a_finding_of_neither_removes_a_provisional_marker_in_the_same_act_and_the_customer_is_told() -> None:
    story = ready_to_decide().marked_at_once().told(LetterKind.MARKER).found(THREATS=Finding.NEITHER)
    assert not story.case.marker.standing
    assert [x.kind for x in story.case.correspondence.letters][-2:] == [LetterKind.NO_ACTION, LetterKind.MARKER_ENDED]
    assert not [d for d in due(story.case) if d.verb == "marker.place"]
    assert "no behaviour was found" in story.refusal("provisional_marker.place", DUTY, **answers.marker())


def test_whoever_never_heard_of_a_marker_that_is_cleared_hears_nothing_of_its_end() -> None:
    story = ready_to_decide().marked_at_once().found(THREATS=Finding.NEITHER)
    assert not story.case.marker.standing
    marker, no_action = story.case.correspondence.letters
    assert (marker.kind, marker.post) == (LetterKind.MARKER, Post.SET_ASIDE)
    assert no_action.kind is LetterKind.NO_ACTION


def test_a_provisional_marker_about_a_report_that_is_not_conduct_goes_in_the_same_act() -> None:
    story = given().reported().marked_at_once().triaged(Triage.NOT_CONDUCT)
    assert not story.case.marker.standing and not due_of(story, "marker", "provisional_marker")
    [letter] = story.case.correspondence.letters
    assert letter.post is Post.SET_ASIDE, "it never went, so nothing is told"
    story = given().reported().marked_at_once().told(LetterKind.MARKER).triaged(Triage.NOT_CONDUCT)
    assert not story.case.marker.standing
    assert [x.kind for x in story.case.correspondence.letters] == [LetterKind.MARKER, LetterKind.MARKER_ENDED]


def test_a_provisional_marker_stays_while_a_report_needs_more_or_becomes_a_case() -> None:
    for outcome in (Triage.NEEDS_MORE, Triage.NEW_CASE):
        assert given().reported().marked_at_once().triaged(outcome).case.marker.standing


def due_of(story: Story, *concepts: str) -> list[str]:
    return [d.verb for d in due(story.case) if d.verb.split(".")[0] in concepts]


def test_a_provisional_marker_goes_when_an_appeal_cancels_the_finding_that_might_confirm_it() -> None:
    story = ready_to_decide().marked_at_once().found().appealed().weighed(Step.APPEAL, SENIOR)
    story.does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="It was someone else.")
    assert not story.case.marker.standing


def test_a_marker_left_by_a_finding_of_neither_before_it_went_in_the_same_act_is_removed_and_never_renewed() -> None:
    story = ready_to_decide().marked_at_once()
    story.happens(ready_to_decide().found(THREATS=Finding.NEITHER).events[-2])
    assert "no behaviour was found" in story.refusal("provisional_marker.renew", SENIOR, "M1", reasons="x")
    assert NextStep("marker.remove", "M1") in next_steps(story.case, story.day)
    assert not story.refusal("marker.remove", subject="M1", reasons="Nothing was found.")
