"""A finding, an assessment and an appeal, once more was said or decided: what holds still, and what is asked again."""

from datetime import timedelta

import pytest

from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.appeal import AppealLodged
from evenhand.policy.events.assessment import AssessmentMade, Step
from evenhand.policy.events.decision import FindingMade, FindingQuashed, FindingVaried
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import ExpectationExtended, ExpectationVaried, LimitReviewAnswered
from evenhand.policy.events.incident import IncidentCorrected, IncidentReported
from evenhand.policy.events.investigation import InvestigationOpened
from evenhand.policy.events.marker import MarkerKept, MarkerPlaced, ProvisionalMarkerRenewed
from evenhand.policy.events.single_contact import SingleContactChanged, SingleContactExtended
from evenhand.policy.events.support import SupportAnswered
from evenhand.policy.standing import appeal, assessment, decision, involvement
from evenhand.policy.standing.appeal import Appeals
from evenhand.policy.standing.assessment import Assessment
from evenhand.policy.standing.decision import Decision
from evenhand.policy.standing.involvement import Involvement
from evenhand.policy.terms import months_after
from tests.policy.standing.happened import event
from tests.policy.stories import MONDAY

AGAINST = ((Conduct.THREATS, Finding.UNACCEPTABLE),)
FOR = ((Conduct.THREATS, Finding.NEITHER),)
FRESH = [
    event(MarkerPlaced, marker="X1"),
    event(MarkerKept, marker="X1"),
    event(ProvisionalMarkerRenewed, marker="X1"),
    event(ExpectationVaried, limit="X1"),
    event(ExpectationExtended, limit="X1"),
    event(LimitReviewAnswered, limit="X1"),
    event(SingleContactChanged, limit="X1"),
    event(SingleContactExtended, limit="X1"),
]


def two_appeals() -> Appeals:
    first = appeal.moved(Appeals(), event(AppealLodged, appeal="A1", against="X1"))
    return appeal.moved(first, event(AppealLodged, appeal="A2", against="X2"))


@pytest.mark.parametrize("fresh", FRESH, ids=lambda fresh: type(fresh).__name__)
def test_a_customer_may_appeal_against_each_fresh_decision_and_no_other_appeal_is_spent(fresh: Event) -> None:
    thread = appeal.moved(two_appeals(), fresh)
    assert thread.against("X1") == ()
    assert [each.id for each in thread.against("X2")] == ["A2"]


def test_what_an_appeal_itself_changed_is_not_appealed_again() -> None:
    thread = appeal.moved(two_appeals(), event(ExpectationVaried, limit="X1", by_appeal=True))
    assert [each.id for each in thread.against("X1")] == ["A1"]


def weighed(step: Step, thread: Assessment | None = None) -> Assessment:
    return assessment.moved(thread or Assessment(), event(AssessmentMade, step=step))


MORE = [
    event(IncidentReported, joined_from="OTHER"),
    event(IncidentCorrected, alleges_more=True),
    event(SupportAnswered),
]


@pytest.mark.parametrize("more", MORE, ids=lambda more: type(more).__name__)
def test_what_was_weighed_before_more_was_known_is_weighed_again_for_the_decision_alone(more: Event) -> None:
    thread = assessment.moved(weighed(Step.APPEAL, weighed(Step.DECISION)), more)
    assert thread.at(Step.DECISION) is None and thread.at(Step.APPEAL) is not None


@pytest.mark.parametrize("same", [event(IncidentReported), event(IncidentCorrected)], ids=["reported", "corrected"])
def test_what_was_weighed_stays_so_when_nothing_more_is_alleged(same: Event) -> None:
    assert assessment.moved(weighed(Step.DECISION), same) == weighed(Step.DECISION)


def test_a_finding_for_the_customer_uses_up_no_assessment() -> None:
    cleared = assessment.moved(weighed(Step.DECISION), event(FindingMade, found=FOR))
    assert cleared == weighed(Step.DECISION)
    against = assessment.moved(cleared, event(FindingMade, found=AGAINST)).at(Step.DECISION)
    assert against is not None and against.rested == {"finding"}


def test_an_assessment_is_fresh_until_the_day_it_says_and_an_old_one_for_three_months() -> None:
    assert [each.until for each in weighed(Step.LEGAL).made] == [months_after(MONDAY, 3)]
    soon = MONDAY + timedelta(days=9)
    said = assessment.moved(Assessment(), event(AssessmentMade, step=Step.LEGAL, fresh_until=soon))
    assert [each.until for each in said.made] == [soon]


def found(id: str, thread: Decision | None = None) -> Decision:
    return decision.moved(thread or Decision(), event(FindingMade, finding=id, found=AGAINST))


def test_after_a_finding_was_cancelled_a_fresh_one_is_no_longer_awaited_once_it_is_made() -> None:
    quashed = decision.moved(found("F1"), event(FindingQuashed, finding="F1"))
    assert quashed.quashed
    again = found("F2", quashed)
    assert not again.quashed and again.standing is not None and again.standing.id == "F2"


def test_an_appeal_against_one_finding_leaves_the_other() -> None:
    thread = decision.moved(found("F2", found("F1")), event(FindingVaried, finding="F1", found=FOR))
    assert [each.id for each in thread.findings if each.stands] == ["F2"]


def test_what_is_newly_alleged_is_undecided_and_a_day_put_right_is_not() -> None:
    assert not decision.moved(found("F1"), event(IncidentCorrected)).undecided
    assert decision.moved(found("F1"), event(IncidentCorrected, alleges_more=True)).undecided
    assert decision.moved(found("F1"), event(IncidentReported, joined_from="OTHER")).undecided


def test_whoever_was_given_the_case_to_look_into_or_weighed_it_took_part() -> None:
    thread = involvement.moved(Involvement(), event(InvestigationOpened, investigator="ann", by="bob"))
    assert thread.took_part == {"ann"}
    thread = involvement.moved(thread, event(AssessmentMade, step=Step.DECISION, by="cat"))
    assert thread.took_part == {"ann", "cat"}
    assert involvement.moved(thread, event(AssessmentMade, step=Step.APPEAL, by="dan")) == thread
