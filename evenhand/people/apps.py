from django.apps import AppConfig
from django.core.checks import Tags, register

from evenhand.people import checks


class PeopleConfig(AppConfig):
    name = "evenhand.people"
    label = "people"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(checks.terms_are_within_bounds, Tags.database)
        register(checks.files_are_looked_through, Tags.security, deploy=True)
