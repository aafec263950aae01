from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """Here only for `evenhand migrate`; it has no tables."""

    name = "evenhand.database"
    label = "evenhand_database"
