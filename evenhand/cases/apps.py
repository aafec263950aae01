from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, register


class CasesConfig(AppConfig):
    name = "evenhand.cases"
    label = "cases"
    verbose_name = "Cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(letters_say_what_they_must, "letters")
        register(letters_can_be_set, "letters", deploy=True)


# What sets letters takes its time to load, and every process starts with this module: it is loaded by what is checked.


def letters_say_what_they_must(app_configs: Sequence[AppConfig] | None, **more: Any) -> list[CheckMessage]:
    from evenhand.cases import checks

    return checks.letters_say_what_they_must(app_configs, **more)


def letters_can_be_set(app_configs: Sequence[AppConfig] | None, **more: Any) -> list[CheckMessage]:
    from evenhand.cases import checks

    return checks.letters_can_be_set(app_configs, **more)
