"""Which home, and which person, each of many visits is about: by exact keys only, all of them in two queries.

A visit matched to the wrong home would be given a false all-clear. So a name or a likeness is never enough, every key
that is given must agree with the others, and what is not certain is said to be so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from evenhand.people.text import compact, folded

_POSTCODE_AT_END = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2})$")
_FIGURES = re.compile(r"0*([0-9]{1,12})(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class Where:
    """The keys of one visit, as they are compared: any of them, at least one. Make it with `where`."""

    uprn: str = ""
    home_ref: str = ""
    line: str = ""
    postcode: str = ""
    person_ref: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What was found. `trouble` says why it is not certain; then `several` tells too many from none."""

    home: int | None = None
    person: int | None = None
    trouble: str = ""
    several: bool = False

    @property
    def found(self) -> bool:
        return not self.trouble


def where(
    *, uprn: str = "", home_ref: str = "", address: str = "", town: str = "", postcode: str = "", person_ref: str = ""
) -> Where:
    """The keys of a visit as a person or a system wrote them: noughts lost or added, an address in one line or two."""
    number = _FIGURES.fullmatch(uprn.strip()) if uprn else None
    if address:
        line, code = folded(f"{address} {town}" if town else address), compact(postcode)
        if found := _POSTCODE_AT_END.search(line):
            line, code = line[: found.start()].rstrip(), code or compact(found[1])
        return Where(number[1] if number else "", home_ref.strip(), line, code, person_ref.strip())
    return Where(number[1] if number else "", home_ref.strip(), person_ref=person_ref.strip())


def match(asked: Sequence[Where]) -> list[Match]:
    """What each is about, in the same order. At most two queries, however many there are."""
    homes = _homes(asked) if any(one.uprn or one.home_ref or one.line for one in asked) else {}
    people = _people({one.person_ref for one in asked if one.person_ref})
    nowhere: dict[str, tuple[int, ...]] = {}
    return [_judged(one, homes.get(place, nowhere), people) for place, one in enumerate(asked)]


def _judged(one: Where, homes: dict[str, tuple[int, ...]], people: dict[str, list[int]]) -> Match:
    """The one home that every key agrees on, and the one person."""
    person, trouble, several = _person_of(one, people)
    home: int | None = None
    if one.uprn or one.home_ref or one.line:
        given = [key for key, value in _KEYS.items() if getattr(one, value)]
        found = {key: homes[key] for key in given if key in homes}
        every = {home for ids in found.values() for home in ids}
        if len(every) == 1:
            home = every.pop()
        elif every:
            return Match(None, person, _disagreement(list(found)), several=True)
        else:
            return Match(None, person, _none(one, given))
    return Match(home, person, trouble, several)


_KEYS = {"UPRN": "uprn", "reference of the home": "home_ref", "address": "line"}


def _disagreement(keys: list[str]) -> str:
    said = "Several homes answer to this" if len(keys) == 1 else f"The {' and the '.join(keys)} are of different homes"
    return f"{said}. Give the {'reference of the home' if 'UPRN' in keys else 'UPRN'} that is right, and no other."


def _none(one: Where, given: list[str]) -> str:
    if given == ["address"]:
        how = "as the register has it, or give the UPRN" if one.postcode else "with its postcode, or give the UPRN"
        return f"No home has this address. Write it {how}."
    return f"No home has this {' or this '.join(given)}. Check it against the register."


def _person_of(one: Where, people: dict[str, list[int]]) -> tuple[int | None, str, bool]:
    if not one.person_ref:
        return None, "" if one.uprn or one.home_ref or one.line else "The row does not say where.", False
    found = people.get(one.person_ref.upper(), [])
    if len(found) == 1:
        return found[0], "", False
    if found:
        return None, "Several people have this reference, each in another system. Give the UPRN instead.", True
    return None, "No person has this reference. Check it against the register.", False


# Homes that have left the register answer only where no other does.
_HOMES = """
    SELECT asked.place, 'UPRN', home.id, home.left_on IS NULL, '', '', ''
    FROM unnest(%s::int[], %s::text[]) AS asked(place, uprn)
    JOIN people_home home ON home.uprn = asked.uprn AND home.uprn <> ''
    UNION ALL
    SELECT asked.place, 'reference of the home', home.id, home.left_on IS NULL, '', '', ''
    FROM unnest(%s::int[], %s::text[]) AS asked(place, ref)
    JOIN people_home home ON home.ref = asked.ref
    UNION ALL
    SELECT asked.place, 'address', home.id, home.left_on IS NULL, home.search_address, home.town, home.postcode
    FROM unnest(%s::int[], %s::text[], %s::text[]) AS asked(place, line, postcode)
    JOIN people_home home
        ON home.search_postcode = asked.postcode AND starts_with(home.search_address, asked.line || ' ')
"""


def _homes(asked: Sequence[Where]) -> dict[int, dict[str, tuple[int, ...]]]:
    """For each place in `asked`, the homes that answer to each of its keys."""
    uprns = [(place, one.uprn) for place, one in enumerate(asked) if one.uprn]
    refs = [(place, one.home_ref) for place, one in enumerate(asked) if one.home_ref]
    lines = [(place, one.line, one.postcode) for place, one in enumerate(asked) if one.line and one.postcode]
    columns = [*_columns(uprns, 2), *_columns(refs, 2), *_columns(lines, 3)]
    found: dict[int, dict[str, list[tuple[int, bool]]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_HOMES, columns)
        for place, key, home, stays, address, town, postcode in cursor.fetchall():
            if key != "address" or _is_whole(asked[place].line, address, town, postcode):
                found[place].setdefault(key, []).append((home, stays))
    return {place: {key: _staying(homes) for key, homes in keys.items()} for place, keys in found.items()}


def _columns(
    rows: list[tuple[int | str, ...]] | list[tuple[int, str]] | list[tuple[int, str, str]], width: int
) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


def _is_whole(line: str, address: str, town: str, postcode: str) -> bool:
    """Whether nothing of the home's address but its town and postcode is left unsaid: 1 Mill Lane is not its Flat 2."""
    rest = address.removeprefix(line).strip()
    code = folded(postcode)
    return rest in (code, f"{folded(town)} {code}".strip())


def _staying(homes: list[tuple[int, bool]]) -> tuple[int, ...]:
    stay = tuple(home for home, stays in homes if stays)
    return stay or tuple(home for home, _ in homes)


def _people(refs: Iterable[str]) -> dict[str, list[int]]:
    """The people of each reference, in capitals."""
    wanted = {ref for given in refs for ref in (given, given.upper())}
    if not wanted:
        return {}
    found: dict[str, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ref, id FROM people_person WHERE ref = ANY(%s)", [list(wanted)])
        for ref, person in cursor.fetchall():
            found[ref.upper()].append(person)
    return found
