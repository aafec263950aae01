"""What somebody typed to find a person or a home, taken apart: numbers, addresses of mail, references, words."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evenhand.people import mailbox, telephone
from evenhand.people.text import compact, folded, tidy

_MAIL = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+")
_RUN = re.compile(r"(?<!\w)\+?\(?[0-9][0-9 ().\u00a0-]{7,}[0-9](?!\w)")
_FIGURES = re.compile(r"(?<!\w)[0-9]{4,24}(?!\w)")
_POSTCODE = re.compile(r"(?<!\w)([a-z]{1,2}[0-9][a-z0-9]?)\s*([0-9][a-z]{2})(?!\w)", re.IGNORECASE)
_BEGUN_POSTCODE = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?(?:[0-9][a-z]{0,2})?")
_ABROAD = re.compile(r"44[1-9][0-9]{9}")
LONGEST_UPRN = 12
LONGEST_HOUSE_NUMBER = 6
MOST_WORDS = 8
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Question:
    """The parts of a question. All that are given must fit: a second identifier narrows the first.

    `numbers` are E.164, `mailboxes` in lower case, `postcode` whole and compact ("ze23ha"), `begins` the beginning of
    one ("ze2"), `uprns` without leading noughts, `references` in capitals, `words` folded; a word may be a reference
    too.
    """

    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    postcode: str = ""
    begins: str = ""
    uprns: tuple[str, ...] = ()
    references: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.numbers or self.mailboxes or self.postcode or self.uprns or self.references)

    @property
    def place(self) -> dict[str, Any]:
        """The home that is named exactly, as a condition on it: by its whole postcode or its UPRN; empty if none is."""
        if self.postcode:
            return {"search_postcode": self.postcode}
        numbers = [uprn for uprn in self.uprns if len(uprn) > LONGEST_HOUSE_NUMBER]
        return {"uprn__in": numbers} if numbers else {}

    @property
    def of_contact(self) -> bool:
        """Whether it gives a telephone number or an email address."""
        return bool(self.numbers or self.mailboxes)


def taken_apart(text: str) -> Question:
    """The parts of what was typed, in any order and however they are written."""
    whole = tidy(text)[:LONGEST]
    references = () if " " in whole or not whole else (whole.upper(),)
    mailboxes, rest = _taken_out(_MAIL, whole, lambda told: mailbox.normalised(told.strip(".'\"")))
    uprns = [found.lstrip("0") for found in _FIGURES.findall(rest)]
    numbers, rest = _taken_out(_RUN, rest, _number)
    postcodes, rest = _taken_out(_POSTCODE, rest, compact)
    # What is but figures is a number of some kind; no name or house is so long.
    plain = (
        _FIGURES.sub(lambda run: " " if len(run[0]) > LONGEST_HOUSE_NUMBER else run[0], rest)
        if not whole.isdecimal()
        else ""
    )
    words = tuple(folded(plain).split())[:MOST_WORDS]
    begun = compact(rest)
    return Question(
        words=words,
        numbers=tuple(numbers),
        mailboxes=tuple(mailboxes),
        postcode=postcodes[0] if postcodes else "",
        begins=begun if _BEGUN_POSTCODE.fullmatch(begun) else "",
        uprns=tuple(dict.fromkeys(each for each in uprns if 0 < len(each) <= LONGEST_UPRN)),
        references=tuple(dict.fromkeys([*references, *_references(whole)])),
    )


def _references(text: str) -> list[str]:
    """The parts of a text that may be a register's reference: they have a figure, and are no house number."""
    parts = (part.strip(",;.()").upper() for part in text.split())
    return [part for part in parts if len(part) > 3 and any(map(str.isdecimal, part)) and "@" not in part]


def _number(run: str) -> str | None:
    """A run of figures as a telephone number; one that begins otherwise than a number does is a UPRN or a reference."""
    figures = "".join(filter(str.isdecimal, run))
    if _ABROAD.fullmatch(figures):
        return f"+{figures}"
    if run.lstrip("(").startswith(("+", "0")) or len(figures) == 10:
        return telephone.normalised(run)
    return None


def _taken_out(what: re.Pattern[str], text: str, read: Callable[[str], str | None]) -> tuple[list[str], str]:
    """What a pattern finds and `read` can read, each once, and the text without it."""
    found: dict[str, None] = {}

    def keep(match: re.Match[str]) -> str:
        told = read(match[0])
        if told is None:
            return match[0]
        found[told] = None
        return " "

    rest = what.sub(keep, text)
    return list(found), rest
