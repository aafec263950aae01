"""How days, times and lists are written in a sentence: "3 December 2026", "2:30pm", "by email or by letter"."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta


def day_of(at: datetime) -> date:
    """The local day of a moment that is already in the landlord's local time."""
    return date(at.year, at.month, at.day)


def day(on: date) -> str:
    """ "3 December 2026" """
    return f"{on.day} {on:%B %Y}"


def when(at: datetime, now: datetime | None) -> str:
    """A coming moment, seen from now, both local: "from 2pm today", "from tomorrow", "from Wednesday 2 December 2026,
    9am". A day that is open from its beginning is given without a time. Without `now`, nobody knows when it is read."""
    on, today = day_of(at), day_of(now) if now else None
    hour = "" if at.hour == at.minute == 0 else clock(at.time())
    if on == today:
        return f"from {hour} today"
    name = "tomorrow" if today and on - today == timedelta(days=1) else f"{on:%A} {day(on)}"
    return f"from {name}{f', {hour}' if hour else ''}"


def clock(at: time) -> str:
    """ "2:30pm", "9am", "midday", "midnight" """
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'}"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """ "one", "one and two", "one, two and three"; nothing for nothing."""
    each = list(parts)
    return f" {last} ".join([", ".join(each[:-1]), each[-1]]) if len(each) > 1 else "".join(each)


def capital(words: str) -> str:
    """The words with a capital to begin with."""
    return words[:1].upper() + words[1:]


def sentence(words: str) -> str:
    """The words as a sentence: a capital to begin with and a stop at the end."""
    words = words.strip()
    return words and capital(words) + ("" if words[-1] in ".!?" else ".")
