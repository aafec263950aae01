"""Turns the policy's enums into the choices of a column and the check that holds them in the database."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from evenhand.people.models.register import RegisterImport


def choices(kinds: type[StrEnum]) -> list[tuple[str, str]]:
    """(stored, shown) for each member; what is stored is the policy's own word."""
    return [(kind.value, kind.value[0].upper() + kind.value[1:]) for kind in kinds]


def word(
    kinds: type[StrEnum], *, default: StrEnum | str | None = None, blank: bool = False
) -> "models.CharField[str, str]":
    """A column that holds one word of a closed list, or nothing if `blank`."""
    options: dict[str, Any] = {} if default is None else {"default": default}
    return models.CharField(max_length=60, choices=choices(kinds), blank=blank, **options)


def brought_by() -> "models.ForeignKey[RegisterImport | None, RegisterImport | None]":
    """The import that last changed the row. Imports are never deleted, so none is checked."""
    return models.ForeignKey(
        "people.RegisterImport",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )


def only(kinds: type[StrEnum], column: str, name: str, *, empty: bool = False) -> models.CheckConstraint:
    """The database's own check that `column` holds one of the words (or, if `empty`, nothing)."""
    words = [kind.value for kind in kinds] + ([""] if empty else [])
    return models.CheckConstraint(condition=models.Q(**{f"{column}__in": words}), name=name)
