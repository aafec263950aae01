"""Text as machines send it: bounded, and without control characters, which no database and no page can hold.

The bounds stand in the schema, so that a client made from it refuses what we would.
"""

from typing import Annotated

from pydantic import StringConstraints

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
