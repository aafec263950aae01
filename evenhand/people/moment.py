"""Now, as whatever does something knows it: doors ask the clock, and everything below is told."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, as a door knows it: the moment in UTC and the landlord's own day."""

    at: datetime
    day: date
