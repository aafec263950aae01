"""What is wrong with a landlord's letters, found before a customer's letter depends on it."""

import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from evenhand.cases.composing import PLACE, LetterIncomplete
from evenhand.cases.correspondence import LetterData
from evenhand.cases.letter_folder import LETTERS
from evenhand.cases.letter_kind import Format, Kind
from evenhand.cases.sample_letters import sample
from evenhand.cases.typesetting import statements, typeset
from evenhand.cases.wording import (
    NATIONS,
    Condition,
    Register,
    Section,
    Statement,
    WordingError,
    nation_facts,
    wording_of,
)
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.statement import EMERGENCY, OBJECTION_ANSWER, must_say


def problems(folder: Path = LETTERS, *, pages: bool = True) -> list[str]:
    """Every fault of the wording and layouts in this folder, one sentence each; empty when all letters can be set.

    Reads every wording, looks up every fact it names, composes an invented letter of each kind in each format, and
    asks that it says what the policy's `must_say` owes the customer. With `pages` the layouts are tried too, which
    takes a second or two more (large print and plain text have the standard words, so they wait for that).
    """
    found = [each for kind in Kind for each in _of_kind(kind, folder)]
    if not found:
        found = [each for kind in Kind for each in _unfit(kind, folder, pages)]
    return list(dict.fromkeys([*_of_nations(folder), *found]))


def missing(required: list[str], said: dict[str, str]) -> list[str]:
    """The required statement ids that a letter, as `typesetting.statements` gives it, does not say or says emptily."""
    return [name for name in required if not said.get(name, "").strip()]


def _of_nations(folder: Path) -> Iterator[str]:
    for nation in NATIONS:
        try:
            nation_facts(nation, folder)
        except WordingError as fault:
            yield from fault.problems


def _unfit(kind: Kind, folder: Path, pages: bool) -> Iterator[str]:
    for shape in Format if pages else (Format.STANDARD, Format.EASY_READ):
        name = f"{kind.value}, {shape.value.replace('_', ' ')}"
        yield from (f"{name}: {fault}" for fault in faults(kind, shape, folder, pages=pages))


def faults(kind: Kind, shape: Format, folder: Path = LETTERS, *, pages: bool = True) -> Iterator[str]:
    """What is wrong with one kind of letter in one format, in words: it cannot be set, or leaves out what it owes."""
    data = example(kind)
    is_appealable = data.appeal is not None and data.appeal.last_day is not None
    owed = sorted(owed_by(kind, appealable=is_appealable))
    try:
        if pages:
            typeset(kind, shape, data, folder)
        left_out = missing(owed, statements(kind, shape, data, folder))
    except (LetterIncomplete, WordingError) as fault:
        yield str(fault)
    else:
        yield from (f"the letter no longer says “{each}”, which it must. Put it back." for each in left_out)


def owed_by(kind: Kind, *, appealable: bool) -> frozenset[str]:
    """The statements that a letter of this kind may not leave out while a limit on contact holds."""
    if kind is Kind.OBJECTION_ANSWER:
        return OBJECTION_ANSWER | EMERGENCY
    return must_say(LetterKind(kind.value), appealable=appealable, limits_contact=True)


def example(kind: Kind) -> LetterData:
    """The invented letter of a kind that is looked at, with all that a letter of that kind may have to say."""
    return replace(sample(kind), limits_contact=True)


def _of_kind(kind: Kind, folder: Path) -> Iterator[str]:
    try:
        wording, known = wording_of(kind, folder), nation_facts("england", folder)
        pictures = tomllib.loads((folder / "pictures" / "meaning.toml").read_text(encoding="utf-8"))
    except WordingError as fault:
        yield from fault.problems
        return
    except (FileNotFoundError, tomllib.TOMLDecodeError) as fault:
        yield f"pictures/meaning.toml cannot be read: {fault}"
        return
    drawn = {name for name in pictures if (folder / "pictures" / f"{name}.svg").is_file()}
    for words in wording.title.values():
        yield from _Look(f"{kind.value}.toml", known, drawn).words(words, "the title")
    for section in wording.sections:
        yield from _Look(section.file, known, drawn).section(section)


class _Look:
    """Looks at the words of one file: every fact they name must be one that letters have."""

    def __init__(self, file: str, nation: dict[str, Any], pictures: set[str]) -> None:
        self.file, self.nation, self.pictures = file, nation, pictures

    def section(self, section: Section) -> Iterator[str]:
        where = f"the section “{section.heading[Register.STANDARD]}”"
        for words in section.heading.values():
            yield from self.words(words, where)
        yield from self._condition(section.condition, where)
        yield from self._picture(section.picture, where)
        for statement in section.statements:
            yield from self._statement(statement)

    def _statement(self, said: Statement) -> Iterator[str]:
        where = f"the statement “{said.id}”"
        item = _element(_fact(LetterData, said.each)) if said.each else None
        if said.each and item is None:
            yield f"{self.file}: {where} goes through “{said.each}”, which is not a list that letters have."
        for words in said.words.values():
            yield from self.words(words, where)
        for words in said.item.values():
            yield from self.words(words, where, item)
        for row in said.rows:
            yield from self.words(row.value, where)
            yield from self._condition(row.condition, where)
        yield from self._condition(said.condition, where)
        yield from self._picture(said.picture, where)

    def words(self, words: str, where: str, item: Any = None) -> Iterator[str]:
        for place in PLACE.finditer(words):
            if not self._is_known(place[1], item):
                yield f"{self.file}: {where} asks for {{{place[1]}}}, which no letter has. Check how it is spelt."
        if set(PLACE.sub("", words)) & {"{", "}"}:
            yield f"{self.file}: {where} has a stray brace. A fact is written {{like.this}}, without spaces."
        if words.count("**") % 2:
            yield f"{self.file}: {where} opens bold with ** and does not close it."

    def _condition(self, condition: Condition, where: str) -> Iterator[str]:
        for name in (*condition.when, *condition.unless):
            if not self._is_known(name):
                yield f"{self.file}: {where} depends on “{name}”, which no letter has."

    def _picture(self, name: str, where: str) -> Iterator[str]:
        if name and name not in self.pictures:
            yield f"{self.file}: {where} shows “{name}”, which is not in pictures/ and meaning.toml both."

    def _is_known(self, name: str, item: Any = None) -> bool:
        first, _, rest = name.partition(".")
        if first == "item":
            return item is not None and _fact(item, rest) is not None
        if first in self.nation:
            return rest in self.nation[first]
        return _fact(LetterData, name) is not None


def _fact(shape: Any, name: str) -> Any:
    """The type of a fact by its dotted name, or None when there is no such fact."""
    for step in name.split(".") if name else ():
        shape = _bare(shape)
        if not is_dataclass(shape):
            return None
        known = get_type_hints(shape) if step in {each.name for each in fields(shape)} else {}
        shape = known.get(step) or (str if isinstance(getattr(shape, step, None), property) else None)
    return _bare(shape)


def _bare(shape: Any) -> Any:
    if get_origin(shape) is UnionType:
        return next(each for each in get_args(shape) if each is not type(None))
    return shape


def _element(shape: Any) -> Any:
    return get_args(shape)[0] if get_origin(shape) is tuple else None
