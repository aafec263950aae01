"""Finding someone or somewhere by the little one knows: a name, a number, an address, in any spelling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from evenhand.people import finding_home, finding_person, reading
from evenhand.people.likeness import SLIP
from evenhand.people.models import Home, Person, Tenancy, TenancyPerson, User
from evenhand.people.question import taken_apart
from evenhand.people.text import folded
from evenhand.policy.staff import Role

MOST = 10


@dataclass(frozen=True, slots=True)
class Found:
    """What answers to the words: people by what they are called, homes by where they are.

    `more_people` and `more_homes` say that there are others. `nearly` are the keys of people whose names are only
    spelt nearly so. `by_contact` says that nothing but a telephone number or an email address was given: households
    share those, so several people found by one are not told apart by it.
    """

    people: list[Person]
    homes: list[Home]
    more_people: bool = False
    more_homes: bool = False
    nearly: frozenset[int] = frozenset()
    by_contact: bool = False


def find(words: str, most: int = MOST) -> Found:
    """People and homes that answer to the words, at most so many of each, the likest first.

    A person answers by name (former names too), telephone number, email or reference; a home by any part of its
    address, postcode, UPRN or reference; a tenancy's reference finds both. Two things typed must both fit: a number
    and a name, a name and a street. Each person comes once, by the record that stands for them. If nothing has every
    word typed, those that read nearly the same.
    """
    asked = taken_apart(words)
    if asked.is_empty:
        return Found([], [])
    people, homes = finding_person.by_contact(asked), []
    if not people:
        tenancies = dict(Tenancy.objects.filter(ref__in=asked.references).values_list("pk", "home_id"))
        people, homes = finding_person.answering(asked, tenancies), finding_home.answering(asked, tenancies)
    if not people and not homes and not asked.of_contact:
        people = finding_person.at_an_address(asked)
        if not people:
            people, homes = finding_person.nearly(words), finding_home.nearly(words)
        if not people:
            people = finding_person.by_one_name(asked)
    kept: dict[Person, int] = {}
    for person, how in finding_person.standing(people):
        kept.setdefault(person, how)
    return Found(
        list(kept)[:most],
        homes[:most],
        more_people=len(kept) > most,
        more_homes=len(homes) > most,
        nearly=frozenset(person.pk for person, how in kept.items() if how >= SLIP),
        by_contact=asked.of_contact and not asked.words and not asked.postcode,
    )


def people(words: str, day: date, most: int = MOST, *, surely: bool = False) -> list[Person]:
    """People who answer to the words, or else who on the day live at or visit the homes that do.

    `surely` leaves out those whose names are only spelt nearly so, where others have the very name.
    """
    found = find(words, most)
    if found.people:
        exact = [person for person in found.people if person.pk not in found.nearly]
        return exact if exact and surely else found.people
    there = _living_at(found.homes, day)
    return list(dict.fromkeys(person for person, _ in finding_person.standing([(each, 0) for each in there])))[:most]


def homes(words: str, most: int = MOST) -> list[Home]:
    """Homes that answer to the words."""
    return find(words, most).homes


def colleagues(words: str, most: int = MOST, roles: Iterable[Role] = ()) -> list[User]:
    """Colleagues who work here now and hold one of the roles (anyone if none), by parts of their name or email, with
    or without their accents; several names may be parted by commas.

    All are read, since there are thousands at most: so a name is found however it is spelt here.
    """
    asked = [folded(name).split() for name in words.split(",") if folded(name)]
    if not asked:
        return []
    called = [(user, f"{folded(user.name)} {folded(user.email)}") for user in working(roles)]
    fitting = ([user for user, said in called if all(word in said for word in name)][:most] for name in asked)
    return list(dict.fromkeys(user for found in fitting for user in found))


def working(roles: Iterable[Role] = ()) -> QuerySet[User]:
    """Everyone who works here now and holds one of the roles (anyone if none), by name."""
    found = User.objects.filter(is_active=True).order_by("first_name", "last_name", "username")
    named = [role.value for role in roles]
    return found.filter(roles__overlap=named) if named else found


def where_they_live(person: Person, day: date) -> str:
    """One line that tells two people of one name apart: the address they live at or visit."""
    home = reading.homes(person, day).first()
    return home.address if home else "no address held"


def _living_at(places: list[Home], day: date) -> list[Person]:
    living = TenancyPerson.objects.filter(
        reading.live_on(day), reading.live_on(day, "tenancy__"), tenancy__home__in=places
    )
    visiting = Q(visits__home__in=places) & (Q(visits__ended_on=None) | Q(visits__ended_on__gte=day))
    found = Person.objects.filter(Q(pk__in=living.values("person")) | visiting).distinct()
    return list(found.select_related("merged_into").order_by("surname", "forename", "id"))
