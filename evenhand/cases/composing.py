"""Wording and facts made into one letter: which statements are said, and with what words, before any layout.

The wording's own `**stars**` mark what prints bold and `{names}` are filled with facts. Facts are put in after the
stars were read, so that nothing a person wrote can ever act as markup.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from evenhand.cases.correspondence import LetterData
from evenhand.cases.letter_folder import LETTERS
from evenhand.cases.letter_kind import Format, Kind
from evenhand.cases.wording import Condition, Register, Section, Statement, nation_facts, wording_of
from evenhand.cases.writing import normalise, printable

PLACE = re.compile(r"\{([a-z][a-z_]*(?:\.[a-z][a-z_]*)*)\}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\b", re.IGNORECASE)
_NOTHING = (None, "", (), False)


class LetterIncomplete(ValueError):
    """The letter would speak of a fact that is not there. `missing` names each, with its statement."""

    def __init__(self, kind: Kind, missing: list[str]) -> None:
        super().__init__(f"The letter “{kind}” lacks: {'; '.join(missing)}.")
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one weight."""

    text: str
    is_strong: bool = False


Paragraph = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One statement, filled in: paragraphs, then a list, then a table of facts, each of which may be empty."""

    id: str
    paragraphs: tuple[Paragraph, ...]
    items: tuple[Paragraph, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    is_boxed: bool = False
    picture: str = ""

    @property
    def text(self) -> str:
        """The words alone, a line for each paragraph, item and row."""
        lines = ["".join(run.text for run in each) for each in (*self.paragraphs, *self.items)]
        return "\n".join([*lines, *(f"{label}: {value}" for label, value in self.rows)])


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its blocks."""

    heading: str
    blocks: tuple[Block, ...]
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with all its words, ready for a layout."""

    title: str
    parts: tuple[Part, ...]
    facts: LetterData
    links: dict[str, str]
    """What a layout may make a link of, and where it leads: the landlord's and advisers' own addresses, no others."""


def compose(kind: Kind, shape: Format, data: LetterData, folder: Path = LETTERS) -> Letter:
    """Fill the wording of `kind` with `data`, in the register of `shape`.

    Raises LetterIncomplete when a statement that is due speaks of a fact that is absent, WordingError when the
    landlord's files cannot be used. The same input gives the same letter.
    """
    wording = wording_of(kind, folder)
    clean = cleaned(data, printable if shape.is_pdf else normalise)
    nation = nation_facts(data.landlord.nation, folder)
    filling = _Filling({**_facts(clean), **nation}, Register.of(shape))
    title = filling.line(wording.title[filling.register], "title")
    parts = [filling.part(each) for each in wording.sections if filling.holds(each.condition)]
    if filling.missing:
        raise LetterIncomplete(kind, list(dict.fromkeys(filling.missing)))
    ours = [asdict(each) for each in (clean.landlord, clean.sender, clean.single_contact) if each]
    return Letter(title, tuple(part for part in parts if part.blocks), clean, dict(_links([*ours, *nation.values()])))


def in_words(value: Any) -> str:
    """A fact as a letter says it: "3 December 2026", "email, letter and visit", plain text as it is."""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, tuple | list):
        return listed([in_words(each) for each in value])
    return str(value)


def listed(names: list[str], joined_by: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    return f"{', '.join(names[:-1])} {joined_by} {names[-1]}" if len(names) > 1 else "".join(names)


class _Filling:
    """Puts facts into words and notes every fact that is missing."""

    def __init__(self, facts: dict[str, Any], register: Register) -> None:
        self.facts, self.register = facts, register
        self.missing: list[str] = []

    def holds(self, condition: Condition) -> bool:
        found = [self._find(name) not in _NOTHING for name in condition.when]
        return all(found) and all(self._find(name) in _NOTHING for name in condition.unless)

    def part(self, section: Section) -> Part:
        blocks = tuple(self._block(each) for each in section.statements if self.holds(each.condition))
        return Part(self.line(section.heading[self.register], "heading"), blocks, section.picture)

    def line(self, words: str, where: str, item: Any = None) -> str:
        return PLACE.sub(lambda place: self._fact(place[1], where, item).replace("\n", " "), words).strip()

    def _block(self, said: Statement) -> Block:
        items = self._find(said.each) if said.each else ()
        if said.each and items in _NOTHING:
            self.missing.append(f"{said.each} (in {said.id})")
        return Block(
            id=said.id,
            paragraphs=self._paragraphs(said.words[self.register], said.id),
            items=tuple(self._runs(said.item[self.register], said.id, each)[0] for each in items or ()),
            rows=tuple((row.label, self.line(row.value, said.id)) for row in said.rows if self.holds(row.condition)),
            is_boxed=said.is_boxed,
            picture=said.picture,
        )

    def _paragraphs(self, words: str, where: str) -> tuple[Paragraph, ...]:
        """In easy read every line is an idea of its own; elsewhere a blank line parts paragraphs."""
        parted = r"\s*\n\s*" if self.register is Register.EASY else r"\s*\n\s*\n\s*"
        pieces = [" ".join(piece.split()) for piece in re.split(parted, words.strip())]
        return tuple(each for piece in pieces for each in self._runs(piece, where))

    def _runs(self, words: str, where: str, item: Any = None) -> tuple[Paragraph, ...]:
        """The words with facts filled in; a fact of several lines makes several paragraphs."""
        paragraphs: list[list[Run]] = [[]]
        for number, piece in enumerate(words.strip().split("**")):
            lines = PLACE.sub(lambda place: self._fact(place[1], where, item), piece).split("\n")
            for count, line in enumerate(lines):
                if count:
                    paragraphs.append([])
                if line:
                    paragraphs[-1].append(Run(line, number % 2 == 1))
        return tuple(tuple(each) for each in paragraphs if each) or ((),)

    def _fact(self, name: str, where: str, item: Any) -> str:
        value = self._find(name, item)
        if value in _NOTHING:
            self.missing.append(f"{name} (in {where})")
            return ""
        return in_words(value)

    def _find(self, name: str, item: Any = None) -> Any:
        first, *rest = name.split(".")
        value = item if first == "item" else self.facts.get(first)
        for step in rest:
            value = value.get(step) if isinstance(value, dict) else getattr(value, step, None)
        return value


def _facts(data: LetterData) -> dict[str, Any]:
    return {each.name: getattr(data, each.name) for each in fields(data)}


def cleaned(value: Any, clean: Any) -> Any:
    """The same facts with every text in the form this format can hold."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(cleaned(each, clean) for each in value)
    if hasattr(value, "__dataclass_fields__"):
        return type(value)(**{each.name: cleaned(getattr(value, each.name), clean) for each in fields(value)})
    return value


def _links(known: Iterable[dict[str, Any]]) -> Iterable[tuple[str, str]]:
    """Each email or web address in these facts, with its link."""
    for facts in known:
        for name, fact in facts.items():
            text = fact if isinstance(fact, str) else ""
            yield from ((each, f"mailto:{each}") for each in _EMAIL.findall(text))
            if name in ("website", "first", "second", "solicitor"):
                yield from ((each, f"https://{each}") for each in _SITE.findall(_EMAIL.sub("", text)))


def blocks(letter: Letter) -> Iterable[Block]:
    """Every statement of the letter, in order."""
    return (block for part in letter.parts for block in part.blocks)
