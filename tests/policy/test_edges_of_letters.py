"""Letters, appeals and legal steps at their edges: who approves, on the day itself, the other kind of limit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.policy import last_day, legal_action
from evenhand.policy.appeal_effect import Variation
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import Delivery, LetterKind, LetterSent, ReceiptProved
from evenhand.policy.events.legal_action import Against, StepConsidered, StepMadeKnown, StepServed
from evenhand.policy.events.marker import Audience, Control, MarkerRemoved, MarkerVaried
from evenhand.policy.independence import either
from evenhand.policy.need import Channel
from evenhand.policy.notice import notice_on, respond_by
from evenhand.policy.occasion import LiveLimit
from evenhand.policy.staff import Role
from evenhand.policy.terms import Terms
from tests.policy import answers
from tests.policy.people import INDEPENDENT, MANAGER, SENIOR, SYSTEM
from tests.policy.stories import KNOWN, MONDAY, Story, a_finding, a_warning_and_a_finding, given, ready_to_decide

BY_HAND = {**answers.POSTED, "delivery": Delivery.BY_HAND}
ELSEWHERE = {
    "a plan": LiveLimit("OTHER", "L7", frozenset({Channel.LETTER})),
    "a single contact": LiveLimit("OTHER", "S7", frozenset({Channel.LETTER}), True),
}
TOGETHER = "Together with the limit in case OTHER"


def test_an_independent_person_approves_a_letter_that_weighs() -> None:
    assert not a_finding().refusal("correspondence.approve", INDEPENDENT, "D1", **answers.POSTED)


@pytest.mark.parametrize(
    ("approved", "days", "how", "read_on"),
    [
        (BY_HAND, 0, Delivery.BY_HAND, False),
        (BY_HAND, 1, Delivery.BY_HAND, True),
        (answers.POSTED, 9, Delivery.POST, False),
    ],
)
def test_only_what_is_handed_over_after_its_day_counts_from_when_it_was(
    approved: dict[str, Any], days: int, how: Delivery, read_on: bool
) -> None:
    story = a_finding().does("correspondence.approve", MANAGER, "D1", **approved).later(working=days)
    before = len(story.events)
    story.does("correspondence.send", MANAGER, "D1", how=how)
    proved = [ReceiptProved] if read_on else []
    assert [type(each) for each in story.events[before:]] == [LetterSent, *proved]


def test_receipt_is_proved_only_of_what_went_and_was_in_a_format_they_can_read() -> None:
    approved = a_finding().does("correspondence.approve", MANAGER, "D1", **answers.POSTED)
    assert "has not been sent" in approved.refusal("correspondence.prove_receipt", subject="D1", delivered_on=MONDAY)
    braille = a_finding().told(LetterKind.FINDING, format=answers.BRAILLE)
    assert "has not been sent" in braille.refusal("correspondence.prove_receipt", subject="D1", delivered_on=MONDAY)


def test_what_was_approved_and_still_stands_is_not_set_aside_though_it_weighs_little() -> None:
    story = ready_to_decide().found(THREATS=Finding.NEITHER)
    letter = story.case.correspondence.letters[-1]
    assert not letter.weighty
    assert not story.refusal("correspondence.set_aside", subject=letter.id, reason="Later.")
    story.does("correspondence.approve", MANAGER, letter.id, **answers.POSTED)
    assert "must be told" in story.refusal("correspondence.set_aside", subject=letter.id, reason="Later.")


@pytest.mark.parametrize(("limit", "verb"), [("L1", "expectation.extend"), ("S1", "single_contact.extend")])
def test_a_letter_that_tells_of_a_change_tells_it_first_whatever_was_told_before(limit: str, verb: str) -> None:
    story = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed()
    story.told(LetterKind.LIMITS).told(LetterKind.SINGLE_CONTACT).later(days=150).weighed(Step.REVIEW)
    story.does(verb, subject=limit, reasons="It goes on.")
    changed = story.case.correspondence.letters[-1]
    assert changed.about == limit
    assert last_day.begun(story.case, limit, changed.id) is None
    assert last_day.begun(story.case, limit, "another") == last_day.told_of(story.case, limit).deemed_on is not None


def test_notice_of_a_review_goes_only_after_the_day_on_which_the_limit_begins() -> None:
    now = given().now(MANAGER)
    review = now.terms.working_days_after(MONDAY, now.terms.review_notice_days)
    assert notice_on(now, review, MONDAY) is None
    assert notice_on(now, review, MONDAY - timedelta(days=1)) == MONDAY


def test_half_of_an_odd_notice_is_whole_days() -> None:
    now = given(terms=Terms(review_notice_days=15)).now(MANAGER)
    assert respond_by(now, date(2026, 12, 1)) == now.terms.working_days_after(MONDAY, 7)


def test_an_apology_for_a_late_review_waits_for_twenty_working_days_to_be_over() -> None:
    story = a_finding().marked()
    review = story.case.marker.all[0].review_on
    assert review
    last = story.terms.working_days_after(review, 20)
    story.on(review).does("marker.notify_review", SYSTEM, "M1")
    assert "has been told" in story.on(last).refusal("marker.notify_review", SYSTEM, "M1")
    assert not story.on(last + timedelta(days=1)).refusal("marker.notify_review", SYSTEM, "M1")


@pytest.mark.parametrize(("roles", "said"), [(1, "a manager"), (2, "a manager or an investigator")])
def test_who_may_is_said_of_one_role_as_of_several(roles: int, said: str) -> None:
    assert either((Role.MANAGER, Role.INVESTIGATOR)[:roles]) == said


def beside(elsewhere: str) -> Story:
    """Limited here by email alone; by letter alone elsewhere."""
    story = a_warning_and_a_finding().limited(answers.Plan(channels=frozenset({Channel.EMAIL})))
    story.told(LetterKind.LIMITS).weighed(Step.REVIEW).weighed()
    story.known = replace(KNOWN, limits=frozenset({ELSEWHERE[elsewhere]}))
    return story


@pytest.mark.parametrize(("elsewhere", "refused"), [("a plan", False), ("a single contact", True)])
def test_a_plan_is_weighed_beside_a_single_contact_alone(elsewhere: str, refused: bool) -> None:
    by_email = answers.Plan(channels=frozenset({Channel.EMAIL}))
    story = beside(elsewhere)
    assert (TOGETHER in story.refusal("expectation.set", **answers.limits(story.day, by_email))) is refused
    assert (TOGETHER in story.refusal("expectation.vary", subject="L1", plan=by_email, reasons="x")) is refused
    appealed = beside(elsewhere).appealed("L1").weighed(Step.APPEAL, SENIOR)
    varied = {"outcome": Outcome.VARIED, "reasons": "x", "change": "x", "variation": Variation(plan=by_email)}
    assert (TOGETHER in appealed.refusal("appeal.decide", SENIOR, "A1", **varied)) is refused


@pytest.mark.parametrize(("elsewhere", "refused"), [("a plan", True), ("a single contact", False)])
def test_a_single_contact_is_weighed_beside_a_plan_alone(elsewhere: str, refused: bool) -> None:
    story = a_warning_and_a_finding().appointed()
    story.known = replace(KNOWN, limits=frozenset({ELSEWHERE[elsewhere]}))
    assert (TOGETHER in story.refusal("single_contact.change", subject="S1", **answers.single_contact())) is refused


def test_how_a_complaint_is_pursued_is_asked_as_a_single_contact_begins_and_not_as_it_changes() -> None:
    story = a_warning_and_a_finding()
    story.known = replace(KNOWN, open_complaint=True)
    assert "how they can still pursue it" in story.refusal("single_contact.appoint", **answers.single_contact())
    story.appointed(complaint_considered="By letter, as before.")
    assert not story.refusal("single_contact.change", subject="S1", **answers.single_contact(telephone=""))


def test_what_an_appeal_leaves_of_a_finding_may_leave_a_provisional_marker_nothing_to_stand_on() -> None:
    story = given().reported(Conduct.THREATS, Conduct.EXCESSIVE_EMAILS).triaged().marked_at_once().investigated()
    story.heard().asked().weighed().found(THREATS=Finding.UNACCEPTABLE, EXCESSIVE_EMAILS=Finding.UNREASONABLE)
    story.appealed("F1").weighed(Step.APPEAL, SENIOR)
    left = ((Conduct.THREATS, Finding.NEITHER), (Conduct.EXCESSIVE_EMAILS, Finding.UNREASONABLE))
    varied = {"outcome": Outcome.VARIED, "reasons": "x", "change": "x", "variation": Variation(found=left)}
    story.does("appeal.decide", SENIOR, "A1", **varied)
    assert [each.marker for each in story.events if isinstance(each, MarkerRemoved)] == ["M1"]
    assert not story.case.marker.standing


def test_how_to_attend_safely_is_kept_with_a_marker_that_an_appeal_changes() -> None:
    story = a_finding().marked().appealed("M1").weighed(Step.APPEAL, SENIOR)
    change = Variation(controls=(Control.OFFICE_ONLY,), audience=Audience.ALL, safe_attendance="Two go; ring first.")
    story.does("appeal.decide", SENIOR, "A1", outcome=Outcome.VARIED, reasons="x", change="x", variation=change)
    (varied,) = [each for each in story.events if isinstance(each, MarkerVaried)]
    assert varied.safe_attendance == "Two go; ring first."


SEALED = {"about": "CASE", "named": ("senior",)}


@pytest.mark.parametrize(
    ("verb", "begin", "more"),
    [("consider", lambda: a_finding(harmed=False), {}), ("consider_without_notice", given, SEALED)],
)
def test_a_step_against_a_tenancy_names_one_that_they_hold(
    verb: str, begin: Callable[[], Story], more: dict[str, Any]
) -> None:
    story = begin()
    against = {**answers.step(Against.TENANCY, "another's"), **more}
    assert "Choose a tenancy" in story.refusal(f"legal_action.{verb}", **against)
    story.does(f"legal_action.{verb}", **{**against, "tenancy": "tenancy"})
    (made,) = [each for each in story.events if isinstance(each, StepConsidered)]
    assert (made.against, made.tenancy) == (Against.TENANCY, "tenancy")


def test_once_a_sealed_step_is_served_the_case_it_is_about_says_which_against_what_and_when() -> None:
    matter = given().does("legal_action.consider_without_notice", **answers.step(Against.TENANCY, "tenancy"), **SEALED)
    considered = matter.events[-1]
    assert isinstance(considered, StepConsidered)
    story = a_finding().later(days=2)
    now = story.now(SENIOR)
    day = MONDAY + timedelta(days=1)
    served = StepServed(
        at=now.at, on=now.day, by="x", step="C1", served_on=day, how="By hand", people=("person",), what_next="Court."
    )
    (known,) = legal_action.make_known(story.case, now, considered, served, "SEALED")
    assert known == StepMadeKnown(
        at=now.at,
        on=now.day,
        by=SENIOR.id,
        matter="SEALED",
        step="C1",
        remedy=considered.remedy,
        against=Against.TENANCY,
        served_on=day,
    )
