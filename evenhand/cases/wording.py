"""The words of the letters, read from the landlord's TOML files, one per kind of letter.

A file has a `title` and sections; a section has a heading and statements; a statement has an id, its words for the
standard letter and its words in easy read, side by side so that whoever edits one sees the other. `shared.toml` holds
the sections many letters have, `nations.toml` the Ombudsman and advisers of each nation. `docs/letters-editing.md`
describes the format for landlords.
"""

import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from evenhand.cases.letter_folder import LETTERS
from evenhand.cases.letter_kind import Format, Kind

NATIONS = ("england", "wales", "scotland", "northern-ireland")
_NATION_NEEDS = {
    "ombudsman": ("name", "telephone", "website", "address"),
    "advocate": ("name", "telephone", "website"),
    "legal_advice": ("first", "second", "solicitor"),
    "gas": ("telephone",),
    "ico": ("name", "telephone", "website"),
}
_LABELS = (
    "date", "reference", "page", "of", "dear", "yours", "qr", "table_what", "table_details", "easy_opening",
)  # fmt: skip


class Register(StrEnum):
    """How a statement is put: the standard wording (large print and plain text share it), or easy read."""

    STANDARD = "words"
    EASY = "easy"

    @classmethod
    def of(cls, shape: Format) -> "Register":
        return cls.EASY if shape is Format.EASY_READ else cls.STANDARD


class WordingError(ValueError):
    """The landlord's wording cannot be used. `problems` says in which file what is wrong, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when every fact of `when` is there and none of `unless` is."""

    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of facts."""

    label: str
    value: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a letter says, by an id that the policy can ask for."""

    id: str
    condition: Condition
    words: dict[Register, str]
    item: dict[Register, str] = field(default_factory=dict)
    each: str = ""
    rows: tuple[Row, ...] = ()
    is_boxed: bool = False
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what is said under it."""

    heading: dict[Register, str]
    condition: Condition
    statements: tuple[Statement, ...]
    picture: str = ""
    file: str = ""
    """The file it is written in, to name when something is wrong with it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter of one kind, before its facts are filled in."""

    title: dict[Register, str]
    sections: tuple[Section, ...]


def wording_of(kind: Kind, folder: Path = LETTERS) -> Wording:
    """The wording of this kind of letter as it stands in the folder now. Raises WordingError, naming file and fault."""
    return _read(*(_dated(folder / "wording" / f"{name}.toml") for name in (kind.value, "shared")))


@lru_cache(maxsize=64)
def _read(own: tuple[Path, int], shared: tuple[Path, int]) -> Wording:
    said, common = _parsed(*own), _parsed(*shared)
    return _Reader(own[0].name, common).wording(said)


def nation_facts(nation: str, folder: Path = LETTERS) -> dict[str, Any]:
    """The Ombudsman, the advisers and the regulator of personal data for this nation. Raises WordingError."""
    if nation not in NATIONS:
        raise WordingError([f"There is no nation “{nation}”. Choose one of: {', '.join(NATIONS)}."])
    tables = _tables(folder / "wording" / "nations.toml")
    facts = {**tables.get("every", {}), **tables.get(nation, {})}
    lacking = [
        f"{who}.{what}" for who, needs in _NATION_NEEDS.items() for what in needs if not facts.get(who, {}).get(what)
    ]
    if lacking:
        raise WordingError([f"nations.toml lacks {', '.join(lacking)} for {nation}."])
    return facts


def labels_of(folder: Path = LETTERS) -> dict[str, Any]:
    """The few words that the layouts themselves say. Raises WordingError."""
    labels = _tables(folder / "wording" / "labels.toml")
    lacking = [name for name in _LABELS if not labels.get(name)]
    if lacking:
        raise WordingError([f"labels.toml lacks {', '.join(lacking)}."])
    return labels


def _tables(file: Path) -> dict[str, Any]:
    return _parsed(*_dated(file))


def _dated(file: Path) -> tuple[Path, int]:
    """The file and when it was last changed. Raises WordingError where it is missing."""
    try:
        return file, file.stat().st_mtime_ns
    except FileNotFoundError:
        raise WordingError([f"{file.name} is missing from {file.parent}. Put the file back."]) from None


@lru_cache(maxsize=64)
def _parsed(file: Path, changed: int) -> dict[str, Any]:
    """`changed` makes an edited file read again."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise WordingError([f"{file.name} cannot be read: {fault}."]) from None


class _Reader:
    """Turns one file's tables into a Wording and gathers every fault before it refuses."""

    def __init__(self, file: str, shared: dict[str, Any]) -> None:
        self.file, self.shared = file, shared
        self.faults: list[str] = []

    def wording(self, own: dict[str, Any]) -> Wording:
        title = self._both(own, "title", "easy_title", "the letter")
        sections = tuple(self._section(each) for each in own.get("section", []))
        if not sections:
            self.faults.append(f"{self.file} has no [[section]].")
        if self.faults:
            raise WordingError(self.faults)
        return Wording(title, sections)

    def _section(self, given: dict[str, Any]) -> Section:
        if "use" not in given:
            return self._told(given)
        shared = self.shared.get("section", {}).get(given["use"])
        if shared is None:
            raise WordingError([f"{self.file} uses “{given['use']}”, which shared.toml does not have."])
        reader = _Reader("shared.toml", {})
        section = reader._told({**shared, **given})
        self.faults += reader.faults
        return section

    def _told(self, given: dict[str, Any]) -> Section:
        where = f"the section “{given.get('heading', '?')}”"
        statements = tuple(self._statement(each) for each in given.get("statement", []))
        if not statements:
            self.faults.append(f"{self.file}: {where} says nothing.")
        heading = self._both(given, "heading", "easy_heading", where)
        return Section(heading, _condition(given), statements, given.get("picture", ""), self.file)

    def _statement(self, given: dict[str, Any]) -> Statement:
        name = given.get("id", "")
        if not name:
            self.faults.append(f"{self.file}: a statement has no id: {str(given)[:60]}")
        where = f"the statement “{name}”"
        each = given.get("each", "")
        return Statement(
            id=name,
            condition=_condition(given),
            words=self._both(given, "words", "easy", where),
            item=self._both(given, "item", "easy_item", where) if each else {},
            each=each,
            rows=tuple(self._row(row, where) for row in given.get("rows", [])),
            is_boxed=given.get("box", False),
            picture=given.get("picture", ""),
        )

    def _row(self, given: dict[str, Any], where: str) -> Row:
        if not given.get("label") or not given.get("value"):
            self.faults.append(f"{self.file}: a row of {where} needs “label” and “value”.")
        return Row(given.get("label", ""), given.get("value", ""), _condition(given))

    def _both(self, given: dict[str, Any], standard: str, easy: str, where: str) -> dict[Register, str]:
        for key in (standard, easy):
            if not str(given.get(key, "")).strip():
                self.faults.append(f"{self.file}: {where} needs “{key}”.")
        return {Register.STANDARD: given.get(standard, ""), Register.EASY: given.get(easy, "")}


def _condition(given: dict[str, Any]) -> Condition:
    return Condition(_names(given.get("when", ())), _names(given.get("unless", ())))


def _names(given: Any) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
