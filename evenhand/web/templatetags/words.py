"""How days, times and states are written on every page: "3 December 2026", "2:30pm", "2 days overdue"."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import template
from django.utils import timezone

from evenhand.people import text

register = template.Library()


def local_day(when: date) -> date:
    """The day of a date, or of a moment where the landlord is."""
    return timezone.localtime(when).date() if isinstance(when, datetime) else when


@register.filter
def day(when: date | None) -> str:
    """A date or a moment as its day: "3 December 2026"; nothing for nothing."""
    if not when:
        return ""
    the_day = local_day(when)
    return f"{the_day.day} {the_day:%B %Y}"


@register.filter
def weekday(when: date | None) -> str:
    """A date or a moment with the name of its day: "Thursday 3 December 2026"; nothing for nothing."""
    return f"{local_day(when):%A} {day(when)}" if when else ""


@register.filter
def clock(when: datetime | time | None) -> str:
    """A moment or a time of day: "2:30pm", "9am", "midday", "midnight"; nothing for None."""
    if when is None:
        return ""
    at = timezone.localtime(when).time() if isinstance(when, datetime) else when
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'}"


@register.filter
def moment(when: datetime | None) -> str:
    """A moment as its day and time where the landlord is: "3 December 2026, 2:30pm"; nothing for nothing."""
    return f"{day(when)}, {clock(when)}" if when else ""


def days_in_words(count: int) -> str:
    """ "1 day", "3 days"."""
    return "1 day" if count == 1 else f"{count} days"


@register.filter
def until(deadline: date | None, today: date) -> str:
    """How far off a deadline is on the day given: "in 3 days", "tomorrow", "today", "2 days overdue"."""
    if not deadline:
        return ""
    left = (local_day(deadline) - local_day(today)).days
    if left < 0:
        return f"{days_in_words(-left)} overdue"
    return {0: "today", 1: "tomorrow"}.get(left, f"in {days_in_words(left)}")


@register.filter
def urgency(deadline: date | None, today: date) -> str:
    """Which kind of badge a deadline wears: "danger" when overdue, "due" within 2 days, otherwise none."""
    if not deadline:
        return ""
    left = (local_day(deadline) - local_day(today)).days
    return "danger" if left < 0 else "due" if left <= 2 else ""


register.filter("unbroken", text.unbroken)


@register.inclusion_tag("components/badge.html")
def badge(words: str, kind: str = "") -> dict[str, str]:
    """A state in words, with an icon: kind is "danger", "due", "good", "accent" or "" for plain."""
    return {"words": words, "kind": kind}


@register.inclusion_tag("components/badge.html")
def deadline(when: date | None, today: date) -> dict[str, str]:
    """A badge saying how far off a deadline is, in the kind its urgency calls for; nothing for nothing."""
    return {"words": until(when, today), "kind": urgency(when, today)}


@register.simple_tag
def heading_of(columns: Sequence[dict[str, Any]], number: int) -> str:
    """The words above a table's column, said again beside each cell where a telephone stacks them."""
    return str(columns[number]["words"]) if number < len(columns) else ""
