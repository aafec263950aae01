"""Rule 7: when the customer hears that a limit, a single contact or a marker is about to be looked at again."""

from datetime import date

from evenhand.policy.occasion import Occasion


def notice_on(now: Occasion, review_on: date, begins: date) -> date | None:
    """The day on which the customer is told of a review to come.

    None when it is no later than the day the limit begins, whose own letter already says when it is looked at.
    """
    day = now.terms.working_days_after(review_on, -now.terms.review_notice_days)
    return day if day > begins else None


def respond_by(now: Occasion, review_on: date) -> date:
    """By when the customer is asked to say what has changed: in good time before the review, and never after it."""
    half = now.terms.working_days_after(now.day, now.terms.review_notice_days // 2)
    return max(now.day, min(half, review_on))
