from django.apps import AppConfig
from django.core.checks import register

from evenhand.cases import checks


class CasesConfig(AppConfig):
    name = "evenhand.cases"
    label = "cases"
    verbose_name = "Cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(checks.letters_say_what_they_must, "letters")
        register(checks.letters_can_be_set, "letters", deploy=True)
