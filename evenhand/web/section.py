"""A part of a tab: a heading, facts, someone's words, and links to what may be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from evenhand.cases.reading import CaseFile
from evenhand.doors.permission import may_open, who_may_open
from evenhand.doors.verb_words import words_of
from evenhand.policy.events.event import Event
from evenhand.policy.independence import either
from evenhand.policy.staff import Actor, Role
from evenhand.web import way
from evenhand.web.role_words import ORDER
from evenhand.web.said import begun

ONLY_IF_NAMED = {Role.INDEPENDENT}
"""Whoever comes from outside for one case is nobody to turn to in another."""
E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Section:
    """`badges` are (words, kind); `rows` (key, value); `quotes` (whose or which words, the words); `links` (words,
    address); `empty` says what there would be, where there is nothing else; `others` who may do what the viewer may
    not."""

    heading: str
    badges: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    quotes: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    text: str = ""
    empty: str = ""
    others: tuple[str, ...] = ()
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


def open_to(viewer: Actor, section: Section) -> Section:
    """The section with only the links that the viewer may follow, and who may do the rest."""
    mine = tuple((words, href) for words, href in section.links if may_open(viewer, href))
    theirs: dict[tuple[Role, ...], list[str]] = {}
    for words, href in section.links:
        who = who_may_open(href)
        if who and (words, href) not in mine:
            theirs.setdefault(tuple(role for role in ORDER if role in who - ONLY_IF_NAMED), []).append(words)
    others = tuple(f"{begun(either(who))} can: {'; '.join(map(in_lower, words))}." for who, words in theirs.items())
    return replace(section, links=mine, others=others)


def in_lower(words: str) -> str:
    """The words of a link within a sentence."""
    return words[:1].lower() + words[1:]


def of_kind(file: CaseFile, kind: type[E]) -> Iterator[E]:
    """What of this kind the viewer may see happened, in order."""
    return (entry.event for entry in file.entries if isinstance(entry.event, kind))
