"""A part of a tab: a heading, facts, someone's words, and links to what may be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from evenhand.cases.reading import CaseFile
from evenhand.doors.verb_words import words_of
from evenhand.policy.events.event import Event
from evenhand.web import way
from evenhand.web.said import begun

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Section:
    """`badges` are (words, kind); `rows` (key, value); `quotes` (whose or which words, the words); `links` (words,
    address); `empty` says what there would be, where there is nothing else."""

    heading: str
    badges: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    text: str = ""
    empty: str = ""
    table: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> list[dict[str, str]]:
        """The facts as the summary list shows them; what was left empty is left out."""
        return [{"key": key, "value": begun(value)} for key, value in self.facts if value]

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(whose, words) for whose, words in self.quotes if words.strip()]


def links(file: CaseFile, *verbs: str, subject: str | None = None) -> tuple[tuple[str, str], ...]:
    """The pages of these verbs, as far as there are any: each says for itself what stands in the way."""
    found = ((words_of(verb), way.to_verb(file.reference, verb, subject)) for verb in verbs)
    return tuple((words, href) for words, href in found if href)


def of_kind(file: CaseFile, kind: type[E]) -> Iterator[E]:
    """What of this kind the viewer may see happened, in order."""
    return (entry.event for entry in file.entries if isinstance(entry.event, kind))
