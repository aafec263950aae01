"""E1, E2, D1: from when until when a limit holds. A single contact counts as a limit, so both read these rules here."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from evenhand.policy.standing.change import Change
from evenhand.policy.standing.told import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days of a limit or a single contact, and how far the customer was told of them."""

    planned_start: date
    ends_on: date
    review_on: date
    notify_review_on: date | None = None
    review_notified: bool = False
    told: Told = field(default_factory=Told)
    ended: bool = False
    answer_by: date | None = None
    change_by: date | None = None
    """It no longer suits the person, or its colleague left; and by when it is changed."""
    change: Change = field(default_factory=Change)

    @property
    def starts_on(self) -> date | None:
        """The first day in force: the planned day, or when its letter counts as delivered if that is later (D1)."""
        return max(self.planned_start, self.told.deemed_on) if self.told.deemed_on else None

    def in_force(self, day: date) -> bool:
        begun = self.starts_on is not None and self.starts_on <= day <= self.ends_on
        return begun and not self.ended and not self.change.leaves_open(day)

    def extended(self, told_on: date) -> Self:
        """With the end, the review and its notice that were decided afresh, now that the customer was told."""
        fresh = self.change
        assert fresh.ends_on and fresh.review_on
        return replace(
            self,
            ends_on=fresh.ends_on,
            review_on=fresh.review_on,
            notify_review_on=fresh.notify_review_on,
            review_notified=False,
            change=fresh.between(self.ends_on, told_on),
        )

    def is_live(self, day: date) -> bool:
        """In force, or set and yet to begin."""
        return not self.ended and day <= self.ends_on
