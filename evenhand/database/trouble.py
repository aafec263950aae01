"""What kind of trouble the database, or a disk, is in: some passes by itself, some waits for somebody, some is a
fault of ours that no waiting mends.

PostgreSQL gives each error a code of five characters, of which the first two are its class (its manual, appendix A).
"""

import errno
from enum import Enum

import psycopg
from django.db import InterfaceError, InternalError, OperationalError
from procrastinate.exceptions import ConnectorException

UNANSWERED = (OperationalError, InterfaceError, InternalError, ConnectorException, OSError)
"""What is raised where the database, or a disk, did not do as it was asked, and `trouble_in` may tell why."""

WITHOUT_CODE = (OperationalError, InterfaceError, ConnectorException, psycopg.OperationalError, psycopg.InterfaceError)

CANNOT_WRITE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}


class Trouble(Enum):
    """Why the database did not do what was asked. The words are an operator's."""

    AWAY = "The database does not answer"
    CROWDED = "The database has too many connections, or too little memory"
    FULL = "The database’s disk is full: make room"
    BUSY = "Others held the same rows in the database"
    SLOW = "The database stopped what took it too long"

    @property
    def passes(self) -> bool:
        """Whether the same may be asked again. What took too long would take as long again."""
        return self is not Trouble.SLOW

    @property
    def for_all(self) -> bool:
        """Whether everything else that is asked would fail as well."""
        return self in (Trouble.AWAY, Trouble.CROWDED, Trouble.FULL)


_BY_CODE = {
    "53100": Trouble.FULL,
    **dict.fromkeys(("57014", "25P04"), Trouble.SLOW),
    # Ended by an administrator, by a crash, because it starts or stops, because nobody used it; a copy that only reads,
    # until it takes the place of the one that was lost.
    **dict.fromkeys(("57P01", "57P02", "57P03", "57P05", "25P03", "25006"), Trouble.AWAY),
    # Two changes that cannot both be, a deadlock, a lock that was not to be had in time.
    **dict.fromkeys(("40001", "40P01", "55P03"), Trouble.BUSY),
}
_BY_CLASS = {"08": Trouble.AWAY, "53": Trouble.CROWDED}
_CROWDED = ("too many clients", "too many connections", "connection slots are reserved")


def trouble_in(error: BaseException) -> Trouble | None:
    """The trouble behind what was raised, by Django, psycopg or whoever raised theirs on; None where it is none of the
    database's, or is a fault of ours."""
    while (code := getattr(error, "sqlstate", None)) is None and error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, OSError) and error.errno in CANNOT_WRITE:
        return Trouble.FULL
    if code is not None:
        return _BY_CODE.get(code) or _BY_CLASS.get(code[:2])
    # A connection that could not be made, or was lost, has no code; one that was refused has only words.
    if not isinstance(error, WITHOUT_CODE):
        return None
    return Trouble.CROWDED if any(words in str(error) for words in _CROWDED) else Trouble.AWAY


def will_pass(error: BaseException) -> bool:
    """Whether what was asked may be asked again, and may then be done."""
    trouble = trouble_in(error)
    return trouble is not None and trouble.passes
