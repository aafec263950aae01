"""Checked with the database, as `evenhand migrate` and `evenhand check --database default` do: the landlord's terms."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import connections

from evenhand.people import terms


def terms_are_within_bounds(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **more: Any
) -> list[CheckMessage]:
    """Every term that the landlord set is known and within the policy's bounds; otherwise no act could be recorded."""
    landlord = apps.get_model("people", "Landlord")
    found: list[CheckMessage] = []
    for alias in databases or ():
        if landlord._meta.db_table not in connections[alias].introspection.table_names():
            continue
        kept = landlord.objects.using(alias).values_list("terms", flat=True)
        found += [Error(each, id="terms.E001") for stored in kept for each in terms.problems(stored)]
    return found
