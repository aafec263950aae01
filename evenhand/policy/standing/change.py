"""Rule 7, D1: a fresh decision on a limit, which holds only from when the customer was told of it."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.correspondence import LetterDrafted
from evenhand.policy.events.expectation import ExpectationExtended, Plan
from evenhand.policy.events.single_contact import SingleContactExtended


@dataclass(frozen=True, slots=True)
class Change:
    """What was decided and not told yet; once an extension is told late, the days it left open."""

    plan: Plan | None = None
    ends_on: date | None = None
    review_on: date | None = None
    notify_review_on: date | None = None
    letter: str = ""
    """The letter that tells of it, once drafted."""
    open_after: date | None = None
    open_until: date | None = None

    @classmethod
    def of_an_extension(cls, event: ExpectationExtended | SingleContactExtended) -> "Change":
        return cls(ends_on=event.ends_on, review_on=event.review_on, notify_review_on=event.notify_review_on)

    @property
    def waits(self) -> bool:
        """Whether its letter has yet to be approved, or read."""
        return self.plan is not None or self.ends_on is not None

    def told_by(self, event: LetterDrafted) -> "Change":
        """The first letter drafted after the decision is the one that tells of it."""
        return replace(self, letter=event.letter) if self.waits and not self.letter else self

    def between(self, ended_on: date, told_on: date) -> "Change":
        """What is left of an extension once it is told: open days if the limit had ended before it was."""
        late = told_on > ended_on
        return Change(open_after=ended_on, open_until=told_on) if late else Change()

    def leaves_open(self, day: date) -> bool:
        """Whether the day fell between the old end and the telling of the extension."""
        return bool(self.open_after and self.open_until and self.open_after < day < self.open_until)
