"""Which home, and which person, each of many visits is about: by exact keys only, all of them at once.

A visit matched to the wrong home would be given a false all-clear. So a name or a likeness is never enough, every key
that is given must agree with the others, and what is not certain is said to be so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection

from evenhand.people.text import compact, folded

_POSTCODE_AT_END = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2})$")
UPRN, HOME_REF, ADDRESS = "UPRN", "reference of the home", "address"
Homes = dict[int, tuple[int, ...]]
_FIGURES = re.compile(r"0*([0-9]{1,12})(?:\.0+)?")


class Where(NamedTuple):
    """The keys of one visit, as they are compared: any of them, at least one. Make it with `where`."""

    uprn: str = ""
    home_ref: str = ""
    line: str = ""
    postcode: str = ""
    person_ref: str = ""


class Match(NamedTuple):
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
    """What each is about, in the same order: one query for each kind of key that is given, however many there are."""
    keys = [(name, found) for name, found in _homes(asked) if found]
    people = _people({one.person_ref for one in asked if one.person_ref})
    if len(keys) == 1:
        # Most lists give every visit by the same kind of key, and of each there is one home.
        [(_, homes)] = keys
        plain = {place: Match(ids[0]) for place, ids in homes.items() if len(ids) == 1 and not asked[place].person_ref}
    else:
        plain = {}
    return [plain.get(place) or _judged(place, one, keys, people) for place, one in enumerate(asked)]


def _judged(place: int, one: Where, keys: list[tuple[str, Homes]], people: dict[str, list[int]]) -> Match:
    """The one home that every key agrees on, and the one person."""
    found = [(name, homes[place]) for name, homes in keys if place in homes]
    if len(found) == 1 and len(found[0][1]) == 1 and not one.person_ref:
        return Match(found[0][1][0])
    person, trouble, several = _person_of(one, people)
    every = {home for _, homes in found for home in homes}
    if len(every) == 1:
        return Match(every.pop(), person, trouble, several)
    if every:
        return Match(None, person, _disagreement([name for name, _ in found]), several=True)
    if one.uprn or one.home_ref or one.line:
        return Match(None, person, _none(one))
    return Match(None, person, trouble, several)


def _disagreement(keys: list[str]) -> str:
    said = "Several homes answer to this" if len(keys) == 1 else f"The {' and the '.join(keys)} are of different homes"
    return f"{said}. Give the {HOME_REF if UPRN in keys else UPRN} that is right, and no other."


def _none(one: Where) -> str:
    given = {UPRN: one.uprn, HOME_REF: one.home_ref, ADDRESS: one.line}
    said = [name for name, value in given.items() if value]
    if said == [ADDRESS]:
        how = "as the register has it, or give the UPRN" if one.postcode else "with its postcode, or give the UPRN"
        return f"No home has this address. Write it {how}."
    return f"No home has this {' or this '.join(said)}. Check it against the register."


def _person_of(one: Where, people: dict[str, list[int]]) -> tuple[int | None, str, bool]:
    if not one.person_ref:
        return None, "" if one.uprn or one.home_ref or one.line else "The row does not say where.", False
    found = people.get(one.person_ref.upper(), [])
    if len(found) == 1:
        return found[0], "", False
    if found:
        return None, "Several people have this reference, each in another system. Give the UPRN instead.", True
    return None, "No person has this reference. Check it against the register.", False


_UPRNS = """
    SELECT asked.place - 1, home.id, home.left_on IS NULL
    FROM unnest(%s::text[]) WITH ORDINALITY AS asked(uprn, place)
    JOIN people_home home ON home.uprn = asked.uprn AND home.uprn <> ''
"""
_REFS = """
    SELECT asked.place - 1, home.id, home.left_on IS NULL
    FROM unnest(%s::text[]) WITH ORDINALITY AS asked(ref, place)
    JOIN people_home home ON home.ref = asked.ref AND asked.ref <> ''
"""
_ADDRESSES = """
    SELECT asked.place - 1, home.id, home.left_on IS NULL, home.search_address, home.town, home.postcode
    FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked(line, postcode, place)
    JOIN people_home home
        ON home.search_postcode = asked.postcode AND asked.postcode <> '' AND asked.line <> ''
        AND starts_with(home.search_address, asked.line || ' ')
"""


def _homes(asked: Sequence[Where]) -> Iterator[tuple[str, Homes]]:
    """For each kind of key the homes that answer to it, by the place in `asked`."""
    yield UPRN, _staying(_rows(_UPRNS, [one.uprn for one in asked]))
    yield HOME_REF, _staying(_rows(_REFS, [one.home_ref for one in asked]))
    lines = _rows(_ADDRESSES, [one.line for one in asked], [one.postcode for one in asked])
    whole = (row for row in lines if _is_whole(asked[row[0]].line, *row[3:]))
    yield ADDRESS, _staying(row[:3] for row in whole)


def _rows(statement: str, *columns: list[str]) -> list[Any]:
    """What answers to the keys, each row beginning with the place of what was asked. Each column goes as one array."""
    if not any(columns[0]):
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)
        rows: list[Any] = cursor.fetchall()
        return rows


def _is_whole(line: str, address: str, town: str, postcode: str) -> bool:
    """Whether nothing of the home's address but its town and postcode is left unsaid: 1 Mill Lane is not its Flat 2."""
    rest = address.removeprefix(line).strip()
    code = folded(postcode)
    return rest in (code, f"{folded(town)} {code}".strip())


def _staying(rows: Iterable[tuple[int, int, bool]]) -> Homes:
    """The homes by place. Those that have left the register answer only where no other does."""
    here: dict[int, tuple[int, ...]] = {}
    left: dict[int, tuple[int, ...]] = {}
    for place, home, stays in rows:
        found = here if stays else left
        found[place] = (*found[place], home) if place in found else (home,)
    return left | here if left else here


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
