"""When a visit is: a date and a time as scheduling systems write them, in the landlord's own time."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from evenhand.people.register.cell import Unfit, day_of

GRACE = timedelta(hours=1)
"""How long after its time a visit may still begin: whoever waits at the door is still told."""
EARLIEST, LATEST = timedelta(days=1), timedelta(days=31)
"""How long ago, and how far ahead, a visit may be that is answered for."""
TOO_FAR = "Ask about visits from yesterday until 31 days from now: what is held later is not known yet."
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PARTS_OF_A_DAY = {
    "": (time(0), time(23, 59)),
    "all day": (time(0), time(23, 59)),
    "any time": (time(0), time(23, 59)),
    "am": (time(8), time(13)),
    "morning": (time(8), time(13)),
    "pm": (time(12), time(18)),
    "afternoon": (time(12), time(18)),
    "evening": (time(17), time(21)),
}
"""A part of a day: when a visit in it begins at the earliest, and at the latest."""
_DAY = r"(\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)|\d{1,2} [a-z]{3,9} \d{4})"
_DAY_FIRST = re.compile(_DAY + r"(?:t|,? at |,? )?(.*)")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?:[:.]\d\d(?:\.\d+)?)? ?(am|pm|z|\+\d\d:?\d\d)?")
_FOUR_FIGURES = re.compile(r"(\d\d)(\d\d)")
_RANGE = re.compile(r" ?(?:-|–|to|until) ?")
_MIDNIGHTS = ("00:00:00.000", "00:00:00", "00:00")
_WORDS = "Write it like 2026-12-03 14:30."


@dataclass(frozen=True, slots=True)
class When:
    """A visit begins at `at`, and may still begin `until`."""

    at: datetime
    until: datetime


def when(day: str, clock: str, zone: tzinfo) -> When:
    """When a visit is. In: what the date and the time columns say, either of which may hold both. Raises `Unfit`."""
    said = " ".join(f"{day} {clock}".lower().split())
    if not said:
        raise Unfit(f"There is no date. {_WORDS}")
    found = _DAY_FIRST.fullmatch(" ".join(clock.lower().split())) or _DAY_FIRST.fullmatch(said)
    if not found:
        raise Unfit(f"This is not a date and a time. {_WORDS}")
    on = _day(found[1])
    rest = _without_midnight(found[2].strip())
    if rest in PARTS_OF_A_DAY:
        first, last = PARTS_OF_A_DAY[rest]
        return When(datetime.combine(on, first, zone), datetime.combine(on, last, zone))
    first_said, *later = _RANGE.split(rest)
    at = _moment(on, first_said, zone)
    until = max(at, _moment(on, later[0], zone)) if len(later) == 1 else at + GRACE
    return When(at, until)


def _without_midnight(rest: str) -> str:
    """A database says midnight for a day that has no time, and before a time that has a column of its own."""
    for midnight in _MIDNIGHTS:
        if rest == midnight or rest.startswith(f"{midnight} "):
            return rest.removeprefix(midnight).strip()
    return rest


def _day(said: str) -> date:
    if " " in said:
        number, name, year = said.split()
        if name[:3] not in MONTHS:
            raise Unfit(f"There is no month called {name}. {_WORDS}")
        said = f"{number}/{MONTHS.index(name[:3]) + 1}/{year}"
    elif not said[:4].isdecimal():
        number, month, year = re.split("[/.-]", said)
        said = f"{number}/{month}/{year if len(year) == 4 else f'20{year}'}"
    return day_of(said)


def _moment(on: date, said: str, zone: tzinfo) -> datetime:
    four = _FOUR_FIGURES.fullmatch(said)
    found = _TIME.fullmatch(f"{four[1]}:{four[2]}" if four else said)
    if not found:
        raise Unfit(f"This is not a time of day. {_WORDS}")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3] or ""
    if half in ("am", "pm") and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59 or (half in ("am", "pm") and int(found[1]) == 0):
        raise Unfit(f"There is no such time of day. {_WORDS}")
    if half and half not in ("am", "pm"):
        offset = "+00:00" if half == "z" else half
        return datetime.fromisoformat(f"{on.isoformat()}T{hour:02}:{minute:02}{offset}").astimezone(zone)
    return datetime.combine(on, time(hour, minute), zone)
