"""Rule 6: whether the customer was warned, or someone senior agreed that they need not be."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.correspondence import FormatDelivered, LetterIssued, LetterKind
from evenhand.policy.events.event import Event
from evenhand.policy.events.incident import PersonIdentified
from evenhand.policy.events.warning import WarningGiven, WarningSkipApproved, WarningSkipProposed, WarningSkipRefused


@dataclass(frozen=True, slots=True)
class Warned:
    given: int = 0
    warned_on: date | None = None
    """The day the first warning counts as delivered."""
    skip_proposed_by: str | None = None
    answer_skip_by: date | None = None
    skipped: bool = False
    awaits_format: str | None = None
    """The warning whose letter waits for the format the customer can read."""

    def by(self, day: date) -> bool:
        """Whether the customer had the warning before this day."""
        return self.warned_on is not None and self.warned_on < day


def moved(thread: Warned, event: Event) -> Warned:
    match event:
        case WarningGiven():
            return replace(thread, given=thread.given + 1)
        case LetterIssued(kind=LetterKind.WARNING, awaits_format=True, about=about):
            return replace(thread, awaits_format=about)
        case LetterIssued(kind=LetterKind.WARNING, deemed_on=on) if thread.warned_on is None:
            return replace(thread, warned_on=on)
        case FormatDelivered(about=about, delivered_on=on) if about == thread.awaits_format:
            return replace(thread, warned_on=thread.warned_on or on, awaits_format=None)
        case PersonIdentified():
            return Warned(thread.given)  # somebody else had any warning there was
        case WarningSkipProposed(by=by, answer_by=answer_by):
            return replace(thread, skip_proposed_by=by, answer_skip_by=answer_by)
        case WarningSkipApproved():
            return replace(thread, skipped=True, skip_proposed_by=None)
        case WarningSkipRefused():
            return replace(thread, skip_proposed_by=None)
    return thread
