from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Brings the commands of the demonstration; it has no tables."""

    name = "evenhand.demo"
