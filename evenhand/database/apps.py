from django.apps import AppConfig
from django.core.checks import Tags, register

from evenhand.database import checks


class DatabaseConfig(AppConfig):
    """Here for `evenhand migrate`, `evenhand prepare` and the checks; it has no tables."""

    name = "evenhand.database"
    label = "evenhand_database"

    def ready(self) -> None:
        register(checks.two_roles, Tags.security, deploy=True)
        register(checks.nothing_to_change_history_with, Tags.database)
