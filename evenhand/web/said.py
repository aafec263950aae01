"""What a sentence of the timeline is made of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from evenhand.policy.events.correspondence import LetterKind
from evenhand.web.names import Names


@dataclass(frozen=True, slots=True)
class Said:
    """`quote` is what someone said or wrote; `weighty` is a turn of the case, which the timeline shows as such."""

    title: str
    text: str = ""
    quote: str = ""
    weighty: bool = False


@dataclass(frozen=True, slots=True)
class Teller:
    """Whom the ids in a log stand for, and which letters it speaks of."""

    names: Names = field(default_factory=Names)
    letters: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, actor: str) -> str:
        return self.names[actor]

    def letter(self, id: str) -> str:
        """A letter's kind in words."""
        return self.letters.get(id, id)


Sentence = Callable[[Any, Teller], Said]


def listed(words: Iterable[object], last: str = "and") -> str:
    """Several things in a sentence: "shouting, threats and violence"."""
    every = [str(word) for word in words]
    if len(every) < 2:
        return every[0] if every else "nothing"
    return f"{', '.join(every[:-1])} {last} {every[-1]}"


def letter(kind: LetterKind | str) -> str:
    """A kind of letter in words."""
    return LetterKind(kind).words


def full(words: str) -> str:
    """Someone's words as a sentence, so that another can follow."""
    tidy = words.strip()
    return tidy if tidy.endswith((".", "!", "?", "…", ".”")) or not tidy else f"{tidy}."


def curly(words: str) -> str:
    """Words of our own that are kept with a straight apostrophe, as they are shown."""
    return words.replace("'", "’")


BEGINS_HOW = ("By ", "In ", "On ", "At ", "With ", "Through ", "Over ")


def inside(words: str) -> str:
    """How something was done, within a sentence: "By telephone" is "by telephone"; a name keeps its capital."""
    return words[0].lower() + words[1:] if words.startswith(BEGINS_HOW) else words


def begun(words: str) -> str:
    """Words as they stand on their own, with a capital; an address of email stays as it is."""
    return words if "@" in words.partition(" ")[0] else words[:1].upper() + words[1:]
