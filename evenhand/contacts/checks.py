"""Checked with the database, as `evenhand check --database default` does: every contact lies in its month."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning
from django.db import connections

STRAYED = (
    "Some contacts lie in no month of their own. Run `evenhand import-contacts` once more: it makes the months and "
    "takes them in."
)


def every_contact_lies_in_its_month(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **more: Any
) -> list[CheckMessage]:
    """The net under the months is empty; what fell there would keep its month from being made in the usual way."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT to_regclass('contacts_contact_default') IS NOT NULL")
            if not cursor.fetchone()[0]:
                continue
            cursor.execute("SELECT EXISTS (SELECT FROM contacts_contact_default)")
            if cursor.fetchone()[0]:
                found.append(Warning(STRAYED, id="contacts.W001"))
    return found
