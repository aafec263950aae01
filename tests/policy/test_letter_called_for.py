"""D1: which letter what happened calls for, about what; whether it is adverse, and whether it may be appealed."""

import pytest

from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events import (
    appeal,
    correspondence,
    counter_allegation,
    decision,
    expectation,
    investigation,
    legal_action,
    marker,
    single_contact,
    support,
    warning,
)
from evenhand.policy.events.correspondence import LetterKind as Kind
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event
from evenhand.policy.letter import Letter, called_for
from tests.policy.standing.happened import event

AGAINST = ((Conduct.THREATS, Finding.UNACCEPTABLE),)
IN_NEED_OF_A_LETTER = next(each for each in Ending if each.needs_letter)
IN_NO_NEED = next(each for each in Ending if not each.needs_letter)


def adverse(kind: Kind, *, appealable: bool = True) -> Letter:
    return Letter(kind, "X1", adverse=True, appealable=appealable)


CALLED_FOR: list[tuple[Event, Letter | None]] = [
    (event(investigation.CustomerInvited), Letter(Kind.INVITATION, "account")),
    (event(investigation.CustomerInvited, reminder=True), Letter(Kind.REMINDER, "account")),
    (event(support.ReferralMade, referral="X1"), Letter(Kind.REFERRAL, "X1")),
    (event(warning.WarningGiven, warning="X1"), adverse(Kind.WARNING, appealable=False)),
    (event(counter_allegation.AllegationResolved), Letter(Kind.COUNTER_ALLEGATION_OUTCOME, "allegation")),
    (event(legal_action.StepServed, step="X1"), adverse(Kind.LEGAL, appealable=False)),
    (event(decision.FindingMade, finding="X1", found=AGAINST), adverse(Kind.FINDING)),
    (event(decision.FindingMade, finding="X1"), Letter(Kind.NO_ACTION, "X1")),
    (event(appeal.AppealLodged, appeal="X1"), Letter(Kind.APPEAL_RECEIVED, "X1")),
    *(
        (
            event(appeal.AppealDecided, appeal="X1", outcome=outcome),
            Letter(Kind.APPEAL_OUTCOME, "X1", adverse=outcome is not appeal.Outcome.UPHELD),
        )
        for outcome in appeal.Outcome
    ),
    (event(expectation.ExpectationSet, limit="X1"), adverse(Kind.LIMITS)),
    (event(expectation.ExpectationVaried, limit="X1"), adverse(Kind.LIMITS)),
    (event(expectation.ExpectationVaried, limit="X1", by_appeal=True), None),
    (event(single_contact.SingleContactAppointed, limit="X1"), adverse(Kind.SINGLE_CONTACT)),
    (event(single_contact.SingleContactChanged, limit="X1"), adverse(Kind.SINGLE_CONTACT)),
    (event(expectation.ExpectationExtended, limit="X1"), adverse(Kind.REVIEW_OUTCOME)),
    (event(single_contact.SingleContactExtended, limit="X1"), adverse(Kind.REVIEW_OUTCOME)),
    (event(expectation.LimitReviewNotified, limit="X1"), Letter(Kind.REVIEW_NOTICE, "X1")),
    (event(expectation.LimitReviewAnswered, limit="X1"), adverse(Kind.REVIEW_OUTCOME)),
    (event(expectation.ExpectationEnded, limit="X1", cause=IN_NEED_OF_A_LETTER), Letter(Kind.LIMIT_ENDED, "X1")),
    (event(single_contact.SingleContactEnded, limit="X1", cause=IN_NEED_OF_A_LETTER), Letter(Kind.LIMIT_ENDED, "X1")),
    (event(expectation.ExpectationEnded, limit="X1", cause=IN_NO_NEED), None),
    (event(marker.MarkerPlaced, marker="X1"), adverse(Kind.MARKER)),
    (event(marker.ProvisionalMarkerPlaced, marker="X1"), adverse(Kind.MARKER)),
    (event(marker.ReviewNotified, marker="X1"), Letter(Kind.REVIEW_NOTICE, "X1")),
    (event(marker.MarkerKept, marker="X1"), adverse(Kind.REVIEW_OUTCOME)),
    (event(marker.ProvisionalMarkerRenewed, marker="X1"), adverse(Kind.REVIEW_OUTCOME)),
    (event(marker.MarkerRemoved, marker="X1", cause=IN_NEED_OF_A_LETTER), Letter(Kind.MARKER_ENDED, "X1")),
    (event(marker.MarkerRemoved, marker="X1", cause=IN_NEED_OF_A_LETTER, told=False), None),
    (event(marker.MarkerRemoved, marker="X1", cause=IN_NO_NEED), None),
    (event(marker.NoticeGiven, marker="X1"), None),
    (event(correspondence.LetterSent), None),
]


@pytest.mark.parametrize(("happened", "letter"), CALLED_FOR, ids=lambda each: type(each).__name__)
def test_what_happened_is_told_by_its_own_letter_and_says_whether_it_may_be_appealed(
    happened: Event, letter: Letter | None
) -> None:
    assert called_for(happened) == letter
