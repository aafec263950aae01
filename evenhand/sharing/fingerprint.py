"""Whether a control is still what it was: a digest of what it asks of anyone, and one of all that a system is told."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.cases.feed import Control


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`asks` changes with what to do and whom it is about; `says` also with its dates and what state it is in."""

    asks: str
    says: str


def fingerprint(control: Control, refs: Sequence[int]) -> Fingerprint:
    """In: the control as it is on a day, and the ids of every record of its person."""
    # What behaviour is expected is between the landlord and the customer: nobody else is told of it.
    details = {name: value for name, value in control.details.items() if name != "behaviour"}
    asks = [control.kind, control.person, control.home, list(refs), control.high, control.audience, details]
    dates = [day.isoformat() if day else None for day in (control.starts_on, control.ends_on, control.review_on)]
    state = [control.provisional, control.under_appeal, control.withheld]
    return Fingerprint(_digest(asks), _digest([asks, dates, state]))


def _digest(told: object) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
