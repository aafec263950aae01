"""The demonstration's files, with their days moved on, so that what they tell is always of late."""

import re
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
LAST = date(2026, 10, 31)
"""The last day the files tell of."""
WEEK = 7
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d(?=[T,\n]|$)")


def moved(text: str, days: int) -> str:
    """The same text with every day in it so many days later."""
    return _DAY.sub(lambda found: (date.fromisoformat(found[0]) + timedelta(days=days)).isoformat(), text)


def contact_log(today: date, folder: Path) -> None:
    """Writes the contact log to a folder. Its year ends within the last week, and each contact keeps its weekday."""
    weeks = (today - LAST).days // WEEK
    for file in (HERE / "contacts").glob("*.csv"):
        (folder / file.name).write_text(moved(file.read_text(encoding="utf-8"), weeks * WEEK), encoding="utf-8")


def visits(today: date) -> str:
    """A list of tomorrow's visits, as a scheduling system would write it: CSV."""
    text = (HERE / "visits" / "visits.csv").read_text(encoding="utf-8")
    return moved(text, (today - LAST).days + 1)
