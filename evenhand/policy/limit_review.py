"""E1, E2: the customer is told, in good time, that a limit on contact or a single contact is about to be reviewed."""

from collections.abc import Iterator

from evenhand.policy.case import Case
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.expectation import LimitReviewNotified
from evenhand.policy.notice import respond_by
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless
from evenhand.policy.standing.expectation import Limit
from evenhand.policy.standing.single_contact import Contact


def objections_to_notifying(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    limit = _limit(case, subject)
    promise = Promise.E2 if isinstance(limit, Contact) else Promise.E1
    if limit is None or not limit.in_force(now.day):
        yield Objection("There is no such limit in force here.", promise)
    elif limit.notify_review_on is None or now.day < limit.notify_review_on:
        yield Objection("It is too early to tell the customer of the review.", promise)
    elif limit.review_notified:
        yield Objection("The customer has been told of the review.", promise)
    elif limit.change.ends_on:
        yield Objection("It was already reviewed: the letter about that tells the customer.", promise)


@unless(objections_to_notifying, reads="expectation single_contact")
def notify(case: Case, now: Occasion, subject: str | None = None) -> list[Event]:
    """Once before each review: when it is, when the limit ends, and that the customer can say what has changed."""
    limit = _limit(case, subject)
    assert limit
    days = {"review_on": limit.review_on, "ends_on": limit.ends_on}
    return [LimitReviewNotified(**stamp(now), limit=limit.id, respond_by=respond_by(now, limit.review_on), **days)]


def _limit(case: Case, subject: str | None) -> Limit | Contact | None:
    return case.expectation.get(subject) or case.single_contact.get(subject)
