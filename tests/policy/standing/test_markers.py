"""Two markers of one case, after each thing that may happen to one of them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from evenhand.policy.events.assessment import AssessmentMade, Step
from evenhand.policy.events.event import Event
from evenhand.policy.events.marker import (
    Audience,
    MarkerKept,
    MarkerPlaced,
    MarkerRemoved,
    MarkerReviewRequested,
    MarkerVaried,
    NoticeWithheld,
    ProvisionalMarkerPlaced,
    ProvisionalMarkerRenewed,
    ReviewNotified,
    TenancyEnded,
)
from evenhand.policy.standing import marker
from evenhand.policy.standing.marker import Marker, Markers
from tests.policy.standing.happened import event
from tests.policy.stories import MONDAY

DAY = timedelta(days=1)
SOON, LATE, NOTICE = MONDAY + 7 * DAY, MONDAY + 180 * DAY, MONDAY + 160 * DAY
AT_ONCE: dict[str, Any] = {"confirm_by": MONDAY, "assess_by": MONDAY, "decide_by": SOON}
BY_FINDING: dict[str, Any] = {
    "by": "ann",
    "finding": "F1",
    "audience": Audience.VISITORS,
    "review_on": LATE,
    "notify_review_on": NOTICE,
}
PLACED = [event(MarkerPlaced, marker=id, **BY_FINDING) for id in ("M1", "M2")]
PLACED_AT_ONCE = [event(ProvisionalMarkerPlaced, marker=id, **AT_ONCE) for id in ("M1", "M2")]
ASKED = event(MarkerReviewRequested, marker="M1", answer_by=SOON)
WITHHELD = event(NoticeWithheld, marker="M1", look_again_on=SOON)


def after(before: list[Any], *events: Event) -> Markers:
    thread = Markers()
    for each in (*before, *events):
        thread = marker.moved(thread, each)
    return thread


def first(before: list[Any], *events: Event) -> Marker:
    """The first of two markers, once this happened to it; to the second nothing did."""
    found, other = after(before, *events).all
    assert other == after(before).all[1], "the other marker stays as it was"
    return found


def test_a_marker_is_out_of_date_the_day_after_its_review_and_a_provisional_one_after_its_decision_was_due() -> None:
    assert not first(PLACED).is_overdue(LATE) and first(PLACED).is_overdue(LATE + DAY)
    at_once = replace(first(PLACED_AT_ONCE), review_on=LATE)
    assert not at_once.is_overdue(SOON) and at_once.is_overdue(SOON + DAY)
    assert not first(PLACED, event(MarkerRemoved, marker="M1")).is_overdue(LATE + DAY)
    assert not replace(first(PLACED), review_on=None).is_overdue(LATE + DAY)


def test_a_provisional_marker_that_a_finding_confirms_is_the_findings_whole() -> None:
    confirmed = first(PLACED_AT_ONCE, PLACED[0])
    assert confirmed.provisional is False
    assert confirmed == first(PLACED)


def test_a_renewed_marker_is_decided_by_the_new_day() -> None:
    renewed = first(PLACED_AT_ONCE, event(ProvisionalMarkerRenewed, marker="M1", decide_by=LATE))
    assert (renewed.decide_by, renewed.renewals, renewed.answer_by) == (LATE, 1, None)
    assert after([], event(ProvisionalMarkerRenewed, marker="M9")) == Markers()


def test_a_removed_marker_awaits_nothing() -> None:
    removed = first(PLACED, ASKED, WITHHELD, event(MarkerRemoved, marker="M1"))
    assert (removed.stands, removed.answer_by, removed.withheld_until) == (False, None, None)


def test_one_assessment_of_what_was_done_at_once_serves_every_marker_placed_so() -> None:
    assessed = after(PLACED_AT_ONCE, event(AssessmentMade, step=Step.PROVISIONAL))
    assert [each.assess_by for each in assessed.all] == [None, None]
    assert after(PLACED_AT_ONCE, event(AssessmentMade, step=Step.REVIEW)) == after(PLACED_AT_ONCE)


def test_whoever_is_told_late_of_a_review_is_told_and_has_an_apology() -> None:
    late = first(PLACED, event(ReviewNotified, marker="M1", late=True))
    assert (late.review_notified, late.apologised) == (True, True)


def test_a_marker_that_an_appeal_changed_is_told_to_those_it_now_names_and_awaits_no_answer() -> None:
    varied = first(PLACED, ASKED, event(MarkerVaried, marker="M1", audience=Audience.COLLEAGUES))
    assert (varied.audience, varied.answer_by) == (Audience.COLLEAGUES, None)


def test_a_marker_that_was_kept_begins_anew() -> None:
    late = event(ReviewNotified, marker="M1", late=True)
    kept = event(MarkerKept, marker="M1", review_on=LATE + DAY, notify_review_on=LATE)
    found = first(PLACED, ASKED, late, kept)
    assert found == replace(first(PLACED), review_on=LATE + DAY, notify_review_on=LATE)


@pytest.mark.parametrize(("ends", "expected"), [(LATE - DAY, LATE - DAY), (LATE, LATE), (LATE + DAY, LATE)])
def test_a_review_comes_sooner_when_a_tenancy_ends_and_never_later(ends: Any, expected: Any) -> None:
    notified = event(ReviewNotified, marker="M1")
    found = first(PLACED, notified, event(TenancyEnded, marker="M1", review_on=ends, on=SOON))
    assert found.review_on == expected
    assert (found.review_notified, found.notify_review_on) == ((False, SOON) if ends < LATE else (True, NOTICE))


def test_a_tenancy_that_ends_concerns_no_marker_that_there_is_not() -> None:
    assert after(PLACED, event(TenancyEnded, marker="M9", review_on=MONDAY)) == after(PLACED)
