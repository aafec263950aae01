"""`evenhand check` looks at the letters too: a landlord who edits them learns at once what a customer would miss."""

from collections.abc import Callable, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

HINT = "docs/letters-editing.md says how the files are written."
PROBLEMS = "evenhand.cases.letter_check.problems"
"""Named and not imported: what sets letters takes its time to load, and every process starts with this module."""


def letters_say_what_they_must(app_configs: Sequence[AppConfig] | None, **more: Any) -> list[CheckMessage]:
    """The wording is whole and says what the policy owes the customer (D1, D2); quick, so at every check."""
    return [Error(each, hint=HINT, id="letters.E001") for each in _problems(pages=False)]


def letters_can_be_set(app_configs: Sequence[AppConfig] | None, **more: Any) -> list[CheckMessage]:
    """Each kind of letter can be set in each format; slower, so at `check --deploy`."""
    quick = set(_problems(pages=False))
    return [Error(each, hint=HINT, id="letters.E002") for each in _problems(pages=True) if each not in quick]


def _problems(*, pages: bool) -> list[str]:
    problems: Callable[..., list[str]] = import_string(PROBLEMS)
    return problems(pages=pages)
