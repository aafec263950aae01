"""Statements asked many times a second: planned once a connection, where planning costs more than answering."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

# Records that were joined with others are few. Reckoned with ten times as many at each step, as the planner does by
# itself, a question about one person would make room for a quarter of a million.
PLANNING = "SET plan_cache_mode = force_generic_plan; SET recursive_worktable_factor = 0.1"


_NAMED = re.compile(r"%\((\w+)\)s")


@cache
def _numbered(statement: str) -> tuple[str, tuple[str, ...]]:
    """The statement as the database takes it, its values by number, and their names in that order."""
    names = tuple(dict.fromkeys(_NAMED.findall(statement)))
    return _NAMED.sub(lambda named: f"${names.index(named[1]) + 1}", statement).replace("%%", "%"), names


class _Prepared(psycopg.RawCursor[Any]):
    """Takes a statement apart once: the driver would each time, wherever one is long."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        statement, names = _numbered(query)
        return super().execute(statement, [params[name] for name in names], **{**options, "prepare": True})


@contextmanager
def cursor() -> Iterator[CursorWrapper]:
    """A cursor as Django's own, errors and counting alike, but its values go beside the statement and not inside it.

    The text of the statement must therefore be the same each time, and say the type of a value where nothing else does.
    """
    connection.ensure_connection()
    if connection.connection.prepare_threshold is None:
        # Django prepares nothing of its own, so this is said for our statements alone: plan once, whatever the values.
        connection.connection.prepare_threshold = 0
        connection.connection.execute(PLANNING)
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with _Prepared(connection.connection) as bare:
        yield wrap(bare)  # type: ignore[arg-type]
