"""D1: which letter an event calls for, what it is about, and what it must say.

The statements are those of `letters/wording`: a landlord may put them in other words and cannot leave them out.
"""

from dataclasses import dataclass

from evenhand.policy.events.appeal import AppealDecided, AppealLodged, Outcome
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.counter_allegation import AllegationResolved
from evenhand.policy.events.decision import FindingMade
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import (
    ExpectationEnded,
    ExpectationExtended,
    ExpectationSet,
    ExpectationVaried,
    LimitReviewAnswered,
    LimitReviewNotified,
)
from evenhand.policy.events.investigation import CustomerInvited
from evenhand.policy.events.legal_action import StepServed
from evenhand.policy.events.marker import (
    MarkerKept,
    MarkerPlaced,
    MarkerRemoved,
    ProvisionalMarkerPlaced,
    ProvisionalMarkerRenewed,
    ReviewNotified,
)
from evenhand.policy.events.single_contact import (
    SingleContactAppointed,
    SingleContactChanged,
    SingleContactEnded,
    SingleContactExtended,
)
from evenhand.policy.events.support import ReferralMade
from evenhand.policy.events.warning import WarningGiven


@dataclass(frozen=True, slots=True)
class Letter:
    """`about` is the id of what is told. An adverse letter may not wait; an appealable one fixes a last day."""

    kind: LetterKind
    about: str
    adverse: bool = False
    appealable: bool = False


def called_for(event: Event) -> Letter | None:
    """The letter that this event calls for, or None. Exactly one event calls for each letter."""
    return _before_decision(event) or _decision(event) or _limit(event) or _marker(event)


def _before_decision(event: Event) -> Letter | None:
    match event:
        case CustomerInvited(reminder=True):
            return Letter(LetterKind.REMINDER, "account")
        case CustomerInvited():
            return Letter(LetterKind.INVITATION, "account")
        case ReferralMade(referral=id):
            return Letter(LetterKind.REFERRAL, id)
        case WarningGiven(warning=id):
            return Letter(LetterKind.WARNING, id, adverse=True)
        case AllegationResolved():
            return Letter(LetterKind.COUNTER_ALLEGATION_OUTCOME, "allegation")
        case StepServed(step=id):
            return Letter(LetterKind.LEGAL, id, adverse=True)
    return None


def _decision(event: Event) -> Letter | None:
    match event:
        case FindingMade(finding=id) if event.is_adverse:
            return Letter(LetterKind.FINDING, id, adverse=True, appealable=True)
        case FindingMade(finding=id):
            return Letter(LetterKind.NO_ACTION, id)
        case AppealLodged(appeal=id):
            return Letter(LetterKind.APPEAL_RECEIVED, id)
        case AppealDecided(appeal=id, outcome=outcome):
            return Letter(LetterKind.APPEAL_OUTCOME, id, adverse=outcome is not Outcome.UPHELD)
    return None


def _limit(event: Event) -> Letter | None:
    match event:
        case ExpectationSet(limit=id):
            return Letter(LetterKind.LIMITS, id, adverse=True, appealable=True)
        case ExpectationVaried(limit=id, by_appeal=False):
            return Letter(LetterKind.LIMITS, id, adverse=True, appealable=True)
        case SingleContactAppointed(limit=id) | SingleContactChanged(limit=id):
            return Letter(LetterKind.SINGLE_CONTACT, id, adverse=True, appealable=True)
        case ExpectationExtended(limit=id) | SingleContactExtended(limit=id):
            return Letter(LetterKind.REVIEW_OUTCOME, id, adverse=True, appealable=True)
        case LimitReviewNotified(limit=id):
            return Letter(LetterKind.REVIEW_NOTICE, id)
        case LimitReviewAnswered(limit=id):
            return Letter(LetterKind.REVIEW_OUTCOME, id, adverse=True, appealable=True)
        case ExpectationEnded(limit=id, cause=cause) | SingleContactEnded(limit=id, cause=cause):
            return Letter(LetterKind.LIMIT_ENDED, id) if cause.needs_letter else None
    return None


def _marker(event: Event) -> Letter | None:
    match event:
        case MarkerPlaced(marker=id) | ProvisionalMarkerPlaced(marker=id):
            return Letter(LetterKind.MARKER, id, adverse=True, appealable=True)
        case ReviewNotified(marker=id):
            return Letter(LetterKind.REVIEW_NOTICE, id)
        case MarkerKept(marker=id) | ProvisionalMarkerRenewed(marker=id):
            return Letter(LetterKind.REVIEW_OUTCOME, id, adverse=True, appealable=True)
        case MarkerRemoved(marker=id, cause=cause, told=True):
            return Letter(LetterKind.MARKER_ENDED, id) if cause.needs_letter else None
    return None
