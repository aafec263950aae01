"""D1, D2: how far the customer has been told of one decision, and until when they may appeal it.

Findings, limits and markers each carry one of these; the days are only ever read from the events that fixed them.
"""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.policy.events.correspondence import FormatDelivered, LetterIssued, ReceiptProved
from evenhand.policy.events.event import Event


@dataclass(frozen=True, slots=True)
class Told:
    deemed_on: date | None = None
    appeal_by: date | None = None

    def may_appeal_on(self, day: date) -> bool:
        """Until its letter fixes a last day there is none; after it, an appeal is late."""
        return self.appeal_by is None or day <= self.appeal_by


TELLING = (LetterIssued, FormatDelivered, ReceiptProved)
"""No other event changes what the customer was told."""


def moved(told: Told, about: str, event: Event) -> Told:
    """`told` of the decision `about`, once this has happened. A last day only ever moves later."""
    match event:
        case LetterIssued(appealable=True, awaits_format=False) if event.about == about:
            first = told.deemed_on or event.deemed_on
            return replace(told, deemed_on=first, appeal_by=_later(told.appeal_by, event.appeal_by))
        case FormatDelivered(delivered_on=on, appeal_by=date()) if event.about == about:
            # Until it can be read nothing was told: neither the time to appeal nor a limit starts before.
            return replace(told, deemed_on=told.deemed_on or on, appeal_by=_later(told.appeal_by, event.appeal_by))
        case ReceiptProved() if event.about == about:
            return replace(told, appeal_by=_later(told.appeal_by, event.appeal_by))
    return told


def read_on(event: Event) -> tuple[str, date | None]:
    """Which letter the event is of, and from which day it may count as read; None while that is still to come."""
    match event:
        case LetterIssued(letter=letter, awaits_format=False, deemed_on=on):
            return letter, on
        case FormatDelivered(letter=letter, delivered_on=on):
            return letter, on
        case LetterIssued(letter=letter) | ReceiptProved(letter=letter):
            return letter, None
    raise TypeError(f"{event!r} is of no letter")


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other
