"""What every event has."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from evenhand.policy.occasion import Occasion


@dataclass(frozen=True, kw_only=True)
class Event:
    """`at` is the moment in UTC, `on` the landlord's local day, `by` the opaque id of who acted."""

    at: datetime
    on: date
    by: str


class Stamp(TypedDict):
    at: datetime
    on: date
    by: str


def stamp(now: Occasion) -> Stamp:
    """The three fields that every event takes from its occasion."""
    return {"at": now.at, "on": now.day, "by": now.by.id}
