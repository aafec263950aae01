"""What a command says when something outside it breaks it off: the database, a disk, a file. Never a trace."""

import errno
from pathlib import Path

from evenhand.database.place import DatabaseTrouble
from evenhand.database.trouble import Trouble, trouble_in
from evenhand.environment import BadSetting

WHAT_TO_DO = {
    Trouble.AWAY: "Check that it runs, and that DATABASE_URL names it; then run this again.",
    Trouble.CROWDED: "Wait a moment, then run this again.",
    Trouble.FULL: "Then run this again.",
    Trouble.BUSY: "Run this again.",
    Trouble.SLOW: "Raise its statement_timeout for this role, then run this again.",
}
BY_CODE = {
    "42P01": "The database has not the tables of this release. Run evenhand migrate first.",
    "42703": "The database has not the tables of this release. Run evenhand migrate first.",
    "42501": "The role that this came as may not do that. Give the tables’ owner in DATABASE_OWNER_URL.",
}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def words_of(error: BaseException) -> str | None:
    """What to say and what to do about it; None for what only whoever writes Evenhand can mend."""
    if isinstance(error, DatabaseTrouble | BadSetting):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return _of_a_file(error)
    if trouble := trouble_in(error):
        return f"{trouble.value}. {WHAT_TO_DO[trouble]}{_in_its_words(error)}"
    cause = error
    while getattr(cause, "sqlstate", None) is None and cause.__cause__ is not None:
        cause = cause.__cause__
    if words := BY_CODE.get(getattr(cause, "sqlstate", None) or ""):
        return words + _in_its_words(error)
    return None


def _of_a_file(error: OSError) -> str:
    where = f"{Path(str(error.filename))}: " if error.filename else ""
    if error.errno in NO_ROOM:
        return f"{where}no room is left there. Make room, then run this again."
    return f"{where}{error.strerror}. Put that right, then run this again."


def _in_its_words(error: BaseException) -> str:
    """What the server, or whoever looked for it, said; a password is never in it."""
    while error.__cause__ is not None:
        error = error.__cause__
    said = " ".join(str(error).split())
    return f"\nIt said: {said}" if said else ""
