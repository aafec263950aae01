"""What is said of a visit in an email or on a printed list: its moment, and its instruction in a few sentences."""

from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from evenhand.policy.day_words import clock, day, day_of


def local(at: datetime) -> datetime:
    """A moment in the landlord's own time."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE))


def moment_in_words(at: datetime) -> str:
    """ "3 December 2026 at 2:30pm"; a visit without a time is said by its day alone."""
    here = local(at)
    on = day(day_of(here))
    return on if here.time() == time.min else f"{on} at {clock(here.time())}"


def in_words(answer: Mapping[str, str]) -> str:
    """The instruction, and what else whoever attends must know before they go."""
    said = [answer["instruction"]]
    said += [answer[name] for name in ("also know", "next step") if answer.get(name)]
    if answer.get("ask"):
        said.append(f"Ask {answer['ask']} if anything is unclear.")
    return " ".join(said)
