"""D1: whether what a letter tells is still so. One that is overtaken is not sent any more, and kept with the reason.

The outcome of an appeal, the end of a limit or a marker, a legal step that was served: such a letter always goes.
"""

from datetime import date

from evenhand.policy.case import Case
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.standing.correspondence import Letter, Post

KNOWS = "support warning correspondence decision expectation single_contact marker appeal handling"
"""The threads that say whether a letter is overtaken."""
OF_WHAT_HOLDS = frozenset(
    {
        LetterKind.FINDING,
        LetterKind.LIMITS,
        LetterKind.SINGLE_CONTACT,
        LetterKind.MARKER,
        LetterKind.REVIEW_NOTICE,
        LetterKind.REVIEW_OUTCOME,
    }
)
"""Letters that tell of a finding, a limit, a single contact or a marker, and are wrong once it is no more."""
ASKS_FOR_THE_ACCOUNT = frozenset({LetterKind.INVITATION, LetterKind.REMINDER})
UNSENT = frozenset({Post.DRAFT, Post.ISSUED, Post.UNCERTAIN, Post.RETURNED})

DIED = "The person has died, so the letter is not sent."
ENDED = "What the letter tells no longer stands."
ANOTHER_PERSON = "The case is about another person now, so the letter is not for them."
DECIDED = "The case is decided, so the letter no longer asks for their account."
APPEAL_DECIDED = "The appeal is decided, so the letter is out of date: the letter about the outcome says all of it."
APPEAL_WITHDRAWN = "The customer withdrew the appeal, so the letter is out of date."
NOT_AGREED = "The customer no longer agrees to that referral."


def why(case: Case, letter: Letter, day: date | None = None) -> str:
    """Why the letter is not to be sent any more, in words; empty while it is. `day` counts what merely ran out, too.

    What has overtaken a letter never comes back, so this is never said of one that may have to go later.
    """
    if case.handling.person_died:
        return DIED
    if letter.is_for_another:
        return ANOTHER_PERSON
    if letter.kind in OF_WHAT_HOLDS:
        return "" if still_stands(case, letter.about, day) else ENDED
    if letter.kind in ASKS_FOR_THE_ACCOUNT:
        return "" if case.decision.undecided else DECIDED
    if letter.kind is LetterKind.APPEAL_RECEIVED:
        return _appeal(case, letter)
    referral = case.support.get(letter.about) if letter.kind is LetterKind.REFERRAL else None
    return NOT_AGREED if referral and referral.withdrawn else ""


def still_stands(case: Case, about: str, day: date | None = None) -> bool:
    """Whether the finding, limit, single contact or marker that a letter tells of is still so."""
    if finding := case.decision.get(about):
        return finding.stands
    if limit := case.expectation.get(about) or case.single_contact.get(about):
        return limit.is_live(day) if day else not limit.ended
    marker = case.marker.get(about)
    return marker is not None and marker.stands


def was_told(case: Case, about: str) -> bool:
    """Whether the customer had been told of the limit, single contact or marker whose end a letter tells."""
    limit = case.expectation.get(about) or case.single_contact.get(about)
    found = limit or case.marker.get(about)
    return found is not None and found.told.deemed_on is not None


def _appeal(case: Case, letter: Letter) -> str:
    appeal = case.appeal.get(letter.about)
    if appeal is None or appeal.open:
        return ""
    return APPEAL_DECIDED if appeal.outcome else APPEAL_WITHDRAWN
