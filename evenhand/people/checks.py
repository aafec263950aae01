"""What `evenhand check` says of this floor: whether the landlord's terms are within bounds, with the database, as
`evenhand migrate` and `evenhand check --database default` do; and, with --deploy, whether the virus scanner answers.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Info, Warning
from django.db import connections
from django.utils import timezone

from evenhand.people import terms, virus
from evenhand.people.virus import Standing


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


def files_are_looked_through(app_configs: Sequence[AppConfig] | None, **more: Any) -> list[CheckMessage]:
    """Going live: whether there is a virus scanner, whether it answers, and whether it learns of new viruses."""
    state = virus.state(timezone.localdate())
    match state.standing:
        case Standing.OFF:
            words = "Files that colleagues send are not looked through for viruses."
            return [Info(words, hint=f"{HOW} CLAMD_URL says where the scanner is.", id="files.I001")]
        case Standing.AWAY:
            words = "The virus scanner does not answer, so every file that is sent is refused."
            return [Warning(words, hint=f"Is it running, and is CLAMD_URL its address? {HOW}", id="files.W001")]
        case Standing.OLD:
            words = f"The virus scanner knows no viruses since {state.signatures}."
            return [Warning(words, hint="Its list is fetched by freshclam: see whether that runs.", id="files.W002")]
    return []


HOW = "docs/operate.md shows how it is set up."
