"""Rule 6: whether the customer was warned, or someone senior agreed that they need not be, and until when it counts."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.correspondence import FormatDelivered, LetterIssued, LetterKind
from evenhand.policy.events.event import Event
from evenhand.policy.events.incident import PersonIdentified
from evenhand.policy.events.warning import WarningGiven, WarningSkipApproved, WarningSkipProposed, WarningSkipRefused
from evenhand.policy.terms import months_after

MONTHS = 12
"""How long a warning or an approval counts that was recorded before it said so itself."""


@dataclass(frozen=True, slots=True)
class Warning:
    id: str
    until: date
    warned_on: date | None = None
    """The day its first letter counts as delivered, in a format that the customer can read."""

    def counts(self, day: date) -> bool:
        """Whether the customer had it before this day, and it is not out of date."""
        return self.warned_on is not None and self.warned_on < day <= self.until


@dataclass(frozen=True, slots=True)
class Warned:
    given: int = 0
    warnings: tuple[Warning, ...] = ()
    skip_proposed_by: str | None = None
    answer_skip_by: date | None = None
    skipped_until: date | None = None

    def counting(self, day: date) -> Warning | None:
        """The latest warning that counts on this day."""
        return next((w for w in reversed(self.warnings) if w.counts(day)), None)

    def skipped(self, day: date) -> bool:
        """Whether someone senior agreed to go without one, and that is not out of date."""
        return self.skipped_until is not None and day <= self.skipped_until

    def settled(self, day: date) -> bool:
        """Rule 6: whether contact may be limited."""
        return self.skipped(day) or self.counting(day) is not None

    def under_way(self, day: date) -> bool:
        """Whether one was given and is not out of date, though its letter may still wait."""
        return any(day <= w.until for w in self.warnings)


def moved(thread: Warned, event: Event) -> Warned:
    match event:
        case WarningGiven(warning=id, counts_until=until):
            new = Warning(id, until or months_after(event.on, MONTHS))
            return replace(thread, given=thread.given + 1, warnings=(*thread.warnings, new))
        case LetterIssued(kind=LetterKind.WARNING, awaits_format=False, about=id, deemed_on=on):
            return _delivered(thread, id, on)
        case FormatDelivered(about=id, delivered_on=on):
            return _delivered(thread, id, on)
        case PersonIdentified():
            return Warned(thread.given)  # somebody else had any warning there was
        case WarningSkipProposed(by=by, answer_by=answer_by):
            return replace(thread, skip_proposed_by=by, answer_skip_by=answer_by)
        case WarningSkipApproved(counts_until=until):
            return replace(thread, skipped_until=until or months_after(event.on, MONTHS), skip_proposed_by=None)
        case WarningSkipRefused():
            return replace(thread, skip_proposed_by=None)
    return thread


def _delivered(thread: Warned, id: str, on: date) -> Warned:
    if not any(w.id == id and w.warned_on is None for w in thread.warnings):
        return thread
    return replace(thread, warnings=tuple(replace(w, warned_on=on) if w.id == id else w for w in thread.warnings))
