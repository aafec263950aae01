"""Events as facts that JSON can keep, and back, without losing or guessing anything.

A member of an enumeration is kept by its name, because its words may be reworded; a set is kept sorted, so that one
event always makes the same bytes. Whatever does not fit the type that the event's class declares is an error.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from evenhand.policy.events.catalogue import KINDS, kind_of
from evenhand.policy.events.event import Event

APART = frozenset({"at", "on", "by"})
"""What every event has, which the record keeps beside the facts."""


class Unreadable(ValueError):
    """Something that is not what the kind of event declares, and where in it."""


class Form(NamedTuple):
    """How values of one declared type become plain, and plain ones become values again."""

    plain: Callable[[Any], Any]
    rich: Callable[[Any], Any]


def to_plain(event: Event) -> dict[str, Any]:
    """The facts of an event, without its moment, day and actor. Raises `Unreadable` for a value of another type."""
    kind_of(event)
    return _plain_fields(type(event), event, skip=APART)


def from_plain(kind: str, at: datetime, on: date, by: str, facts: Mapping[str, Any]) -> Event:
    """The event once kept as these facts.

    A fact that is missing takes the default of its field, which later versions of a class give to what they add.
    Raises `Unreadable` for an unknown kind or fact, a missing fact without default, or a value of another type.
    """
    if kind not in KINDS:
        raise Unreadable(f"There is no event of the kind {kind!r}.")
    made: Event = _rich_fields(KINDS[kind], facts, {"at": at, "on": on, "by": by})
    return made


def _plain_fields(kind: type, made: Any, skip: frozenset[str] = frozenset()) -> dict[str, Any]:
    return {
        name: _said_where(kind, name, form.plain, getattr(made, name))
        for name, form in _forms(kind).items()
        if name not in skip
    }


def _rich_fields(kind: type, facts: Any, apart: Mapping[str, Any]) -> Any:
    if not isinstance(facts, Mapping):
        raise Unreadable(f"not an object: {facts!r}")
    forms = _forms(kind)
    if unknown := facts.keys() - (forms.keys() - apart.keys()):
        raise Unreadable(f"{kind.__name__} has no {', '.join(sorted(map(str, unknown)))}.")
    if missing := _required(kind) - facts.keys() - apart.keys():
        raise Unreadable(f"{kind.__name__} lacks {', '.join(sorted(missing))}.")
    values = {name: _said_where(kind, name, forms[name].rich, value) for name, value in facts.items()}
    return kind(**apart, **values)


def _said_where(kind: type, name: str, turn: Callable[[Any], Any], value: Any) -> Any:
    try:
        return turn(value)
    except Unreadable as wrong:
        raise Unreadable(f"{kind.__name__}.{name}: {wrong}") from wrong


@cache
def _forms(kind: type) -> dict[str, Form]:
    hints = get_type_hints(kind)
    return {field.name: _form(hints[field.name]) for field in fields(kind)}


@cache
def _required(kind: type) -> frozenset[str]:
    return frozenset(f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING)


def _form(hint: Any) -> Form:
    """The form of a declared type. One that is not listed here fails when the module's tests read every class."""
    origin, within = get_origin(hint), get_args(hint)
    if origin is UnionType and NoneType in within and len(within) == 2:
        return _optional(_form(next(each for each in within if each is not NoneType)))
    if origin is frozenset:
        return _set(_form(within[0]))
    if origin is tuple and within[-1:] == (...,):
        return _row(_form(within[0]))
    if origin is tuple:
        return _pair([_form(each) for each in within])
    if hint in (str, int, bool):
        return Form(lambda value: _exactly(hint, value), lambda value: _exactly(hint, value))
    if hint in (date, time, datetime):
        return Form(lambda value: _exactly(hint, value).isoformat(), lambda text: _from_iso(hint, text))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Form(lambda value: _exactly(hint, value).name, lambda name: _member(hint, name))
    if isinstance(hint, type) and is_dataclass(hint):
        return Form(
            lambda value: _plain_fields(hint, _exactly(hint, value)), lambda facts: _rich_fields(hint, facts, {})
        )
    raise TypeError(f"No form for {hint!r}.")


def _optional(form: Form) -> Form:
    return Form(
        lambda value: None if value is None else form.plain(value),
        lambda value: None if value is None else form.rich(value),
    )


def _set(form: Form) -> Form:
    return Form(
        lambda value: sorted(form.plain(each) for each in _exactly(frozenset, value)),
        lambda value: frozenset(form.rich(each) for each in _exactly(list, value)),
    )


def _row(form: Form) -> Form:
    return Form(
        lambda value: [form.plain(each) for each in _exactly(tuple, value)],
        lambda value: tuple(form.rich(each) for each in _exactly(list, value)),
    )


def _pair(forms: list[Form]) -> Form:
    def as_many(kind: type, value: Any) -> Any:
        if len(_exactly(kind, value)) != len(forms):
            raise Unreadable(f"not {len(forms)} long: {value!r}")
        return value

    return Form(
        lambda value: [form.plain(each) for form, each in zip(forms, as_many(tuple, value), strict=True)],
        lambda value: tuple(form.rich(each) for form, each in zip(forms, as_many(list, value), strict=True)),
    )


def _exactly(kind: type, value: Any) -> Any:
    """A truth value is no number here, and a moment is no day, though Python would let them pass."""
    if type(value) is not kind:
        raise Unreadable(f"not {kind.__name__}: {value!r}")
    return value


def _from_iso(kind: Any, text: Any) -> Any:
    try:
        value = kind.fromisoformat(_exactly(str, text))
    except ValueError as wrong:
        raise Unreadable(f"not {kind.__name__}: {text!r}") from wrong
    if value.isoformat() != text:
        raise Unreadable(f"not {kind.__name__} as it is written here: {text!r}")
    return value


def _member(kind: type[Enum], name: Any) -> Enum:
    try:
        return kind[_exactly(str, name)]
    except KeyError as wrong:
        raise Unreadable(f"not {kind.__name__}: {name!r}") from wrong
