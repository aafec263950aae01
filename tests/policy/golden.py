"""Keeps `golden_events.json`: every shape and word in which an event was ever stored. They are added to, never changed.

python -m tests.policy.golden      adds those of today that are not in it yet
"""

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from evenhand.policy.events.catalogue import KINDS
from evenhand.policy.events.event import Event
from evenhand.policy.events.expectation import Plan
from evenhand.policy.events.plain import to_plain

FILE = Path(__file__).with_name("golden_events.json")
APART = {"at": datetime(2026, 3, 2, 9, 30, tzinfo=UTC), "on": date(2026, 3, 2), "by": "colleague:1"}
PLAIN = {str: "words", int: 2, bool: True, date: date(2026, 3, 3), time: time(9, 30)}

Shape = dict[str, Any]


def sample(kind: type[Any], *, whole: bool, apart: dict[str, Any] | None = None) -> Any:
    """One of its kind: `whole` has something in every field, otherwise nothing wherever nothing may be."""
    hints = get_type_hints(kind)
    given = apart or {}
    rest = {f.name: _value(hints[f.name], whole) for f in fields(kind) if f.name not in given}
    return kind(**given, **rest)


def _value(hint: Any, whole: bool) -> Any:
    within = get_args(hint)
    if NoneType in within:
        return _value(next(each for each in within if each is not NoneType), whole) if whole else None
    if get_origin(hint) is frozenset:
        return frozenset({_value(within[0], whole)}) if whole else frozenset()
    if get_origin(hint) is tuple and within[-1] is ...:
        return (_value(within[0], whole),) if whole else ()
    if get_origin(hint) is tuple:
        return tuple(_value(each, whole) for each in within)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)[-1 if whole else 0]
    return sample(hint, whole=whole) if is_dataclass(hint) else PLAIN[hint]


def samples() -> list[tuple[str, Event]]:
    return [(name, sample(kind, whole=whole, apart=APART)) for name, kind in KINDS.items() for whole in (True, False)]


def lists() -> dict[str, type[Enum]]:
    """Every list of words that an event chooses from, by name."""
    found: dict[str, type[Enum]] = {}
    for kind in (*KINDS.values(), Plan):
        for hint in get_type_hints(kind).values():
            found |= {_name(each): each for each in _within(hint) if issubclass(each, Enum)}
    return found


def _name(members: type[Enum]) -> str:
    return f"{members.__module__.rpartition('.')[2]}.{members.__name__}"


def _within(hint: Any) -> list[type]:
    inner = [each for part in get_args(hint) for each in _within(part)]
    return [hint, *inner] if isinstance(hint, type) and not get_args(hint) else inner


def kept() -> dict[str, Any]:
    """`shapes`: a list of kinds with their facts. `words`: the names of each list's members."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {"shapes": [], "words": {}}
    return found


def shapes() -> list[Shape]:
    found: list[Shape] = kept()["shapes"]
    return found


def add_what_is_new_today() -> None:
    known, words = shapes(), kept()["words"]
    fresh = [shape for name, event in samples() if (shape := {"kind": name, "facts": to_plain(event)}) not in known]
    for name, members in lists().items():
        words[name] = sorted({*words.get(name, []), *(member.name for member in members)})
    lines = [json.dumps(shape, ensure_ascii=False, sort_keys=True) for shape in known + fresh]
    said = [f"{json.dumps(name)}: {json.dumps(words[name])}" for name in sorted(words)]
    FILE.write_text('{"shapes": [\n' + ",\n".join(lines) + '\n],\n"words": {\n' + ",\n".join(said) + "\n}}\n", "utf-8")


if __name__ == "__main__":
    add_what_is_new_today()
