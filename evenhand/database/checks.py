"""What `evenhand check` says about the database's roles."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import connections

from evenhand.database import rights


def two_roles(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Going live, the role that serves must not be the one that owns the record."""
    if settings.APPLICATION_ROLE:
        return []
    return [
        Warning(
            "One database role does everything, so a mistake in the web or the worker could change the record.",
            hint="Give the owner’s address in DATABASE_OWNER_URL and a role of less rights in DATABASE_URL. "
            "docs/database.md has the lines to type.",
            id="evenhand.W001",
        )
    ]


def nothing_to_change_history_with(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """The role we come as may add to what has happened, never change it (`evenhand check --database default`)."""
    if not databases or not settings.APPLICATION_ROLE or settings.ACTING_AS_OWNER:
        return []
    return [
        Error(
            f"The application’s role has a right it must not have: {right}.",
            hint="Run “evenhand migrate”, which puts the rights in order.",
            id="evenhand.E001",
        )
        for name in databases
        for right in rights.excess(connections[name], settings.APPEND_ONLY_TABLES)
    ]
