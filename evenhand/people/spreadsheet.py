"""Cells that a spreadsheet may open: it would run one that begins like a formula, whoever wrote it."""

import re

_RUN = ("=", "+", "-", "@", "\t", "\r")
# A number, a sum of money or a telephone number begins with a sign and runs nothing.
_FIGURES = re.compile(r"[+-]?[0-9][0-9 ().,/-]*")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what would be run; numbers and telephone numbers stay as they are."""
    if not cell.startswith(_RUN) or _FIGURES.fullmatch(cell):
        return cell
    return f"'{cell}"
