"""Text as machines send it: bounded, and without control characters, which no database and no page can hold.

The bounds stand in the schema, so that a client made from it refuses what we would.
"""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, StringConstraints

_ONE_LINE = r"^[^\u0000-\u001F\u007F-\u009F]*$"
_LINES = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$"

Code = Annotated[str, StringConstraints(max_length=60, pattern=_ONE_LINE)]
"""A reference, or one word of a list."""
Line = Annotated[str, StringConstraints(max_length=320, pattern=_ONE_LINE)]
"""A name, an address, a number."""
Cell = Annotated[str, StringConstraints(max_length=1_000, pattern=_ONE_LINE)]
"""A cell of a register, judged like one of a file: what is too long for its column is reported, not refused."""
Words = Annotated[str, StringConstraints(max_length=20_000, pattern=_LINES)]
"""Sentences, which may have lines."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)


def _written_as_day(value: object) -> object:
    """A number would be read as a moment since 1970, which is never what a birthday means."""
    if isinstance(value, date) or value is None or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("This is not a date. Write dates like 2026-12-31.")


def _written_as_moment(value: object) -> object:
    if isinstance(value, datetime) or value is None or (isinstance(value, str) and _MOMENT.fullmatch(value)):
        return value
    raise ValueError("This is not a moment. Write moments like 2026-12-31T14:30:00Z.")


Day = Annotated[date, BeforeValidator(_written_as_day)]
"""A day, as 2026-12-31 alone."""
Moment = Annotated[AwareDatetime, BeforeValidator(_written_as_moment)]
"""A moment with its offset from UTC."""
