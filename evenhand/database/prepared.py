"""Whether everything stands ready to serve: told in milliseconds, without Django, so that a second start is quick."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from evenhand import environment
from evenhand.environment import PACKAGE

TABLE = "evenhand_prepared"
BRING_TABLES = ("django", "django-allauth", "procrastinate")


def mark_of_tables() -> str:
    """A mark of all that shapes the tables and the rights on them."""
    digest = hashlib.sha256("".join(version(package) for package in BRING_TABLES).encode())
    for file in [
        PACKAGE / "settings.py",
        PACKAGE / "database" / "rights.py",
        *sorted(PACKAGE.glob("*/migrations/*.py")),
    ]:
        digest.update(str(file.relative_to(PACKAGE)).encode() + file.read_bytes())
    return digest.hexdigest()


def mark_of_static() -> str:
    """A mark of the style sheets, scripts and pictures that are to be laid out for browsers."""
    digest = hashlib.sha256("".join(version(package) for package in (*BRING_TABLES, "whitenoise")).encode())
    for file in sorted(path for path in (PACKAGE / "static" / "built").rglob("*") if path.is_file()):
        found = file.stat()
        digest.update(f"{file.relative_to(PACKAGE)} {found.st_size} {found.st_mtime_ns}".encode())
    return digest.hexdigest()


def static_note() -> Path:
    """Where we note which static files were laid out last."""
    return environment.var_folder() / "static" / ".laid-out"


def static_is_ready() -> bool:
    """Whether the files last laid out are the ones at hand."""
    return static_note().is_file() and static_note().read_text() == mark_of_static()


def provenance(described: dict[str, Any]) -> str:
    """What the database was begun as: "demo", "real", or "" while it has no tables or nobody has said."""
    return next(asked(described, "SELECT kind FROM people_provenance ORDER BY at LIMIT 1"), "")


def tables_are_ready(described: dict[str, Any]) -> bool:
    """Whether the tables were last brought up to date by this very release."""
    return next(asked(described, "SELECT mark FROM evenhand_prepared"), "") == mark_of_tables()


def asked(described: dict[str, Any], question: LiteralString) -> Iterator[str]:
    """The first column of the answers; none where the table is missing or not for us. `described`: as Django has it."""
    options = {name: value for name, value in described["OPTIONS"].items() if name != "pool"}
    keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    address = {key: described[name] for key, name in keys.items() if described.get(name)}
    with psycopg.connect(**address, **options) as connection:
        try:
            yield from (str(row[0]) for row in connection.execute(question))
        except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
            return
