"""Whom, or which home, a machine means: every key that is given must fit, and a name is never one by itself.

A machine has keys where a person has guesses, so likeness is used for names alone, and only among the few that another
key has found. What is not certain is said to be so: an answer about the wrong person would be a false all-clear.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.database import planned
from evenhand.people import likeness, mailbox, telephone
from evenhand.people.text import compact, folded
from evenhand.sharing import matching
from evenhand.sharing.matching import Match

NOBODY = Match(trouble="Nobody has all of these.")
SEVERAL = Match(trouble="Several people have this. Send a second identifier.", several=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """The identifiers of one question, as they were sent; empty ones were not."""

    telephone: str = ""
    email: str = ""
    person_ref: str = ""
    tenancy_ref: str = ""
    uprn: str = ""
    home_ref: str = ""
    address: str = ""
    postcode: str = ""
    name: str = ""
    date_of_birth: date | None = None

    @property
    def of_home(self) -> bool:
        """Whether a home is named by a key of its own."""
        return bool(self.uprn or self.home_ref or self.address)

    @property
    def by_key(self) -> bool:
        """Whether a person is named by a key of their own."""
        return bool(self.telephone or self.email or self.person_ref or self.tenancy_ref)

    @property
    def is_telephone_alone(self) -> bool:
        """What a telephone system asks, thousands of times a day."""
        return bool(self.telephone) and self == Asked(telephone=self.telephone)


def match(asked: Asked, day: date) -> Match:
    """The one person, or home, or both, that every identifier fits; else why it is not certain.

    A home alone is asked for its own sake; with a person's key or a name, the home tells two of them apart.
    """
    home: int | None = None
    if asked.of_home:
        where = matching.where(uprn=asked.uprn, home_ref=asked.home_ref, address=asked.address, postcode=asked.postcode)
        found = matching.match([where])[0]
        if not found.found or not (asked.by_key or asked.name or asked.date_of_birth):
            return found
        home = found.home
    return _one_of(people(asked, home, day), home)


def _one_of(ids: Collection[int], home: int | None) -> Match:
    if not ids:
        return NOBODY
    if len(ids) > 1:
        return SEVERAL
    return Match(home=home, person=next(iter(ids)))


def people(asked: Asked, home: int | None, day: date) -> frozenset[int]:
    """Everyone who has all of these, by the records that stand for them. One query."""
    typed = folded(asked.name).split()
    if asked.name and not typed:
        return frozenset()
    conditions: list[str] = []
    values: dict[str, Any] = {} if home is None else {"day": day, "home": home}
    for sql, value in _conditions(asked, home):
        if value is None:
            return frozenset()
        name = f"value{len(values)}"
        conditions.append(sql.format(value=f"%({name})s"))
        values[name] = value
    with planned.cursor() as cursor:
        cursor.execute(_PEOPLE.format(conditions=" AND ".join(conditions)), values)
        rows = cursor.fetchall()
    return frozenset(
        stands for stands, search_name in rows if not typed or likeness.fit(typed, search_name.split()) is not None
    )


# A record joined into another answers by the one that stands for it: what holds of one holds of both. Looked up one by
# one: as a plain join in the recursion, PostgreSQL would read everybody.
_PEOPLE = """
    WITH RECURSIVE found(id, merged_into_id, search_name) AS (
        SELECT person.id, person.merged_into_id, person.search_name FROM people_person person WHERE {conditions}
        UNION
        SELECT other.id, other.merged_into_id, found.search_name
        FROM found CROSS JOIN LATERAL (
            SELECT id, merged_into_id FROM people_person WHERE id = found.merged_into_id OFFSET 0
        ) other
    )
    SELECT id, search_name FROM found WHERE merged_into_id IS NULL LIMIT 200
"""
_LIVES_HERE = """person.id IN (
    SELECT link.person_id FROM people_tenancyperson link JOIN people_tenancy tenancy ON tenancy.id = link.tenancy_id
    WHERE tenancy.home_id = %(home)s::bigint AND (tenancy.ended_on IS NULL OR tenancy.ended_on >= %(day)s::date)
    AND (link.ended_on IS NULL OR link.ended_on >= %(day)s::date)
    UNION SELECT visit.person_id FROM people_homevisit visit
    WHERE visit.home_id = %(home)s::bigint AND (visit.ended_on IS NULL OR visit.ended_on >= %(day)s::date))"""
_HAS_LIVED_AT = """person.id IN (
    SELECT link.person_id FROM people_tenancyperson link JOIN people_tenancy tenancy ON tenancy.id = link.tenancy_id
    JOIN people_home home ON home.id = tenancy.home_id WHERE home.search_postcode = {value}::text)"""
_OF_TENANCY = """person.id IN (
    SELECT link.person_id FROM people_tenancyperson link JOIN people_tenancy tenancy ON tenancy.id = link.tenancy_id
    WHERE tenancy.ref = ANY ({value}::text[]))"""


def _conditions(asked: Asked, home: int | None) -> list[tuple[str, object]]:
    """Each identifier as a condition and its value; a value of None can be nobody's."""
    found: list[tuple[str, object]] = []
    if asked.telephone:
        number = telephone.normalised(asked.telephone)
        found.append(("person.phones @> ARRAY[{value}::varchar]", number))
    if asked.email:
        found.append(("person.emails @> ARRAY[{value}::varchar]", mailbox.normalised(asked.email)))
    if asked.person_ref:
        found.append(("person.ref = ANY ({value}::text[])", _written(asked.person_ref)))
    if asked.tenancy_ref:
        found.append((_OF_TENANCY, _written(asked.tenancy_ref)))
    if asked.date_of_birth:
        found.append(("person.date_of_birth = {value}::date", asked.date_of_birth))
    if home is not None:
        found.append((f"{_LIVES_HERE} AND {{value}}::boolean", True))
    elif asked.postcode:
        found.append((_HAS_LIVED_AT, compact(asked.postcode)))
    if asked.name and not asked.by_key and home is None and not asked.postcode:
        # A name and a date of birth: the name is asked of the index, so that not everyone born that day is read.
        found.append(("{value}::text <%% person.search_name", folded(asked.name)))
    return found


def _written(reference: str) -> list[str]:
    """A reference as registers write theirs: as given, or in capitals."""
    given = reference.strip()
    return list(dict.fromkeys([given, given.upper()]))
