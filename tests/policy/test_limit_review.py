"""E1, E2: the customer hears, 20 working days before, that a limit or a single contact is about to be reviewed."""

from datetime import timedelta

from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.staff import SYSTEM
from tests.policy.stories import Step, Story, a_warning_and_a_finding


def limited() -> Story:
    return a_warning_and_a_finding().limited().told(LetterKind.LIMITS)


def test_a_customer_hears_of_the_review_of_a_limit_20_working_days_before_and_once() -> None:
    story = limited()
    review_on = story.case.expectation.limits[0].review_on
    story.on(story.terms.working_days_after(review_on, -21))
    assert "too early" in story.refusal("limit_review.notify", SYSTEM, "L1")
    story.on(story.terms.working_days_after(review_on, -20)).does("limit_review.notify", SYSTEM, "L1")
    assert story.case.correspondence.letters[-1].kind is LetterKind.REVIEW_NOTICE
    assert "has been told" in story.refusal("limit_review.notify", SYSTEM, "L1")


def test_a_customer_hears_of_the_review_of_a_single_contact_too() -> None:
    story = a_warning_and_a_finding().appointed().told(LetterKind.SINGLE_CONTACT)
    story.on(story.case.single_contact.contacts[0].notify_review_on or story.day)
    assert not story.refusal("limit_review.notify", SYSTEM, "S1")


def test_they_are_asked_for_their_view_while_there_is_time_to_weigh_it() -> None:
    story = limited().later(days=170).does("limit_review.notify", SYSTEM, "L1")
    told = next(e for e in story.events if type(e).__name__ == "LimitReviewNotified")
    assert story.day < told.respond_by <= told.review_on  # type: ignore[attr-defined]


def test_an_extended_limit_is_announced_again_before_its_next_review() -> None:
    story = limited().later(days=170).does("limit_review.notify", SYSTEM, "L1").weighed(Step.REVIEW)
    story.does("expectation.extend", subject="L1", reasons="It goes on.")
    assert "has been told" in story.refusal("limit_review.notify", SYSTEM, "L1")
    story.told(LetterKind.REVIEW_OUTCOME)
    again = story.case.expectation.limits[0].notify_review_on
    assert again and again > story.day
    assert "too early" in story.refusal("limit_review.notify", SYSTEM, "L1")
    assert not story.on(again).refusal("limit_review.notify", SYSTEM, "L1")


def test_a_limit_reviewed_early_is_not_announced_as_if_it_were_not() -> None:
    story = limited().later(days=100).weighed(Step.REVIEW)
    notify_on = story.case.expectation.limits[0].notify_review_on
    assert notify_on
    story.on(notify_on - timedelta(days=1)).does("expectation.extend", subject="L1", reasons="It goes on.")
    assert "already reviewed" in story.on(notify_on).refusal("limit_review.notify", SYSTEM, "L1")


def test_a_limit_nobody_was_told_of_or_that_has_ended_has_no_review_to_come() -> None:
    untold = a_warning_and_a_finding().limited().later(days=170)
    assert "no such limit in force" in untold.refusal("limit_review.notify", SYSTEM, "L1")
    lifted = limited().does("expectation.lift", subject="L1", reasons="Better.").later(days=170)
    assert "no such limit in force" in lifted.refusal("limit_review.notify", SYSTEM, "L1")


def test_a_limit_shorter_than_the_notice_is_announced_by_its_own_letter() -> None:
    story = a_warning_and_a_finding()
    story.limited(ends_on=story.day + timedelta(days=21)).told(LetterKind.LIMITS).later(days=15)
    assert story.case.expectation.limits[0].notify_review_on is None
    assert "too early" in story.refusal("limit_review.notify", SYSTEM, "L1")
