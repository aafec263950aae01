"""An event of which a test says only what matters to it."""

from dataclasses import MISSING, Field, fields
from datetime import UTC, date, datetime
from enum import Enum
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import Plan
from tests.policy.answers import BY_LETTER
from tests.policy.stories import MONDAY

Kind = TypeVar("Kind", bound=Event)
PLAIN: dict[object, object] = {
    str: "",
    bool: False,
    int: 0,
    date: MONDAY,
    datetime: datetime(2026, 2, 2, 9, tzinfo=UTC),
    Plan: BY_LETTER,
}


def event(kind: type[Kind], /, **said: Any) -> Kind:
    """What the test does not say is plain: no words, none of them, that Monday."""
    unsaid = {f.name: _plain(f.type) for f in fields(kind) if f.name not in said and _is_asked(f)}
    return kind(**said, **unsaid)


def _is_asked(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _plain(kind: Any) -> object:
    if kind in PLAIN:
        return PLAIN[kind]
    if isinstance(kind, UnionType) and type(None) in get_args(kind):
        return None
    if get_origin(kind) in (tuple, frozenset):
        return get_origin(kind)()
    assert issubclass(kind, Enum), kind
    return next(iter(kind))
