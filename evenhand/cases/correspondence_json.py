"""A letter's facts to and from what JSON can hold, so that they can be kept and the letter set again."""

import types
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

from evenhand.cases.correspondence import LetterData


def to_dict(data: LetterData) -> dict[str, Any]:
    """The letter's facts as JSON can hold them: days as ISO text, tuples as lists."""
    kept: dict[str, Any] = _plain(asdict(data))
    return kept


def from_dict(kept: dict[str, Any]) -> LetterData:
    """Read back what `to_dict` gave. Raises TypeError for a fact that no letter has."""
    data: LetterData = _build(LetterData, kept)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _build(shape: Any, value: Any) -> Any:
    if get_origin(shape) in (types.UnionType, Union):
        shape = next(each for each in get_args(shape) if each is not type(None))
        return None if value is None else _build(shape, value)
    if get_origin(shape) is tuple:
        return tuple(_build(get_args(shape)[0], each) for each in value)
    if shape is date:
        return date.fromisoformat(value)
    return _facts(shape, value) if is_dataclass(shape) else value


def _facts(shape: Any, kept: dict[str, Any]) -> Any:
    hints = get_type_hints(shape)
    unknown = kept.keys() - hints.keys()
    if unknown:
        raise TypeError(f"{shape.__name__} has no {', '.join(sorted(unknown))}.")
    return shape(
        **{each.name: _build(hints[each.name], kept[each.name]) for each in fields(shape) if each.name in kept}
    )
