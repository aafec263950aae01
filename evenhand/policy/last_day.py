"""D2: from when a letter counts as delivered, and until when what it tells may be appealed: worked out here alone."""

from datetime import date

from evenhand.policy.case import Case
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.occasion import Occasion
from evenhand.policy.standing.correspondence import Letter
from evenhand.policy.standing.told import Told


def deemed(now: Occasion, delivery: Delivery) -> date:
    """The day on which a letter that goes now, this way, counts as delivered."""
    match delivery:
        case Delivery.POST:
            return now.terms.working_days_after(now.day, now.terms.deemed_delivery_days)
        case Delivery.EMAIL:
            return now.terms.working_days_after(now.day, 1)
        case _:
            return now.day


def of(case: Case, now: Occasion, letter: Letter, delivered_on: date) -> date | None:
    """The last day to appeal what the letter tells, once it is delivered; None where there is nothing to appeal.

    A day that the customer was given before only moves later, so this is never earlier than that one.
    """
    if not letter.appealable:
        return None
    counted = now.terms.working_days_after(delivered_on, now.terms.appeal_lodge_days)
    return max(counted, before.appeal_by) if (before := told_of(case, letter.about)).appeal_by else counted


def told_of(case: Case, about: str) -> Told:
    """How far the customer was told of a finding, a limit, a single contact or a marker."""
    limit = case.expectation.get(about) or case.single_contact.get(about)
    found = case.decision.get(about) or limit or case.marker.get(about)
    return found.told if found else Told()


def begun(case: Case, about: str, letter: str) -> date | None:
    """Since when the customer knows of what this letter tells; None where it is the first to tell of it, as of a
    limit that was changed."""
    limit = case.expectation.get(about) or case.single_contact.get(about)
    if limit and limit.change.letter == letter:
        return None
    return told_of(case, about).deemed_on
