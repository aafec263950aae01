"""Turns the policy's enums into the choices of a column and the check that holds them in the database."""

from enum import StrEnum
from typing import Any

from django.db import models


def choices(kinds: type[StrEnum]) -> list[tuple[str, str]]:
    """(stored, shown) for each member; what is stored is the policy's own word."""
    return [(kind.value, kind.value[0].upper() + kind.value[1:]) for kind in kinds]


def word(
    kinds: type[StrEnum], *, default: StrEnum | str | None = None, blank: bool = False
) -> "models.CharField[str, str]":
    """A column that holds one word of a closed list, or nothing if `blank`."""
    options: dict[str, Any] = {} if default is None else {"default": default}
    return models.CharField(max_length=60, choices=choices(kinds), blank=blank, **options)


def only(kinds: type[StrEnum], column: str, name: str, *, empty: bool = False) -> models.CheckConstraint:
    """The database's own check that `column` holds one of the words (or, if `empty`, nothing)."""
    words = [kind.value for kind in kinds] + ([""] if empty else [])
    return models.CheckConstraint(condition=models.Q(**{f"{column}__in": words}), name=name)
