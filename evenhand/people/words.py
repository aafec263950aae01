"""Searching by words in the database: the index that holds each word, those run together, and each word's slips.

The function `people_words` (migration 0010) makes the index from the folded text; what is asked of it is made here.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, F, Func, Q, Value

from evenhand.people.likeness import SHORTEST_SLIP, ways_to_part

STREETS = {
    "ave": "avenue",
    "av": "avenue",
    "bldg": "building",
    "cl": "close",
    "clo": "close",
    "cres": "crescent",
    "ct": "court",
    "crt": "court",
    "dr": "drive",
    "gdn": "garden",
    "gdns": "gardens",
    "grn": "green",
    "gr": "grove",
    "ho": "house",
    "hse": "house",
    "la": "lane",
    "ln": "lane",
    "pk": "park",
    "pl": "place",
    "rd": "road",
    "sq": "square",
    "st": "street",
    "str": "street",
    "terr": "terrace",
    "ter": "terrace",
    "wk": "walk",
    "wy": "way",
}
"""How streets are shortened when typed. Registers write them out, or not: either finds either."""
LONG = {long: short for short, long in STREETS.items()}
UNSAID = frozenset({"flat", "flats", "apartment", "apt", "unit", "room", "no", "number"})
"""Words of an address that one register says and another leaves out."""


class Indexed(Func):
    """The words of a column, exactly as the index has them, or it would not be used."""

    function = "people_words"
    output_field = SearchVectorField()


class Asked(Func):
    """Whether a column's words answer a question, which is given ready made: no dictionary comes between."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        sql, params = super().as_sql(*args, **kwargs)
        return f"({sql}::tsquery)", params


def answering(column: str, question: str) -> Asked:
    """A condition for `filter`: the column's words answer the question."""
    return Asked(Indexed(F(column)), Value(question))


def name_question(words: Sequence[str]) -> str:
    """Every word of a name: whole, begun, its initial, run together with the next, or with one slip."""
    plain = " & ".join(f"({_of_name(word)}{_or_its_initial(word) if len(words) > 1 else ''})" for word in words)
    return f"({plain}) | {_question(words, _of_name)}"


def address_question(words: Sequence[str]) -> str:
    """Every word of an address; numbers of houses whole, streets also as they are shortened."""
    told = [word for word in words if word not in UNSAID] or list(words)
    return _question(told, _of_address)


def any_of(words: Sequence[str]) -> str:
    """Any of the words, or the beginning of a longer one."""
    return " | ".join(map(_begun, words))


def each_begins(column: str, words: Sequence[str]) -> Q:
    """Every word begins a word of the column, in any order. For ranking: no index needs it."""
    found = Q()
    for word in words:
        found &= Q(**{f"{column}__startswith": word}) | Q(**{f"{column}__contains": f" {word}"})
    return found


def _question(words: Sequence[str], of: Callable[[str], str]) -> str:
    ways = (" & ".join(f"({of(word)})" for word in way) for way in ways_to_part(words))
    return " | ".join(f"({way})" for way in ways)


def _of_name(word: str) -> str:
    return " | ".join([_begun(word), *_slips(word)])


def _or_its_initial(word: str) -> str:
    return f" | {_just(word[0])}" if word.isalpha() and len(word) > 1 else ""


def _of_address(word: str) -> str:
    if word.isdecimal():
        return _just(word)
    others = [other for other in (STREETS.get(word), LONG.get(word)) if other]
    return " | ".join([_begun(word), *map(_just, others), *_slips(word)])


def _begun(word: str) -> str:
    return f"'{word}':*"


def _just(word: str) -> str:
    return f"'{word}'"


def _slips(word: str) -> list[str]:
    """The word with any one letter left out, as the index keeps its own: two that are one slip apart share one."""
    if len(word) < 2 or any(map(str.isdecimal, word)):
        return []
    without = [word[:at] + word[at + 1 :] for at in range(len(word))] if len(word) >= SHORTEST_SLIP else []
    return [f"'~{each}'" for each in dict.fromkeys([word, *without])]
