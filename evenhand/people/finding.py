"""Finding someone or somewhere by the little one knows: a name, a number, an address, in any spelling."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet

from evenhand.people import mailbox, reading, telephone
from evenhand.people.models import Home, Person, Tenancy, TenancyPerson, User
from evenhand.people.text import compact, folded

MOST = 10
_FIGURES = re.compile(r"[0-9]{6,12}")


@dataclass(frozen=True, slots=True)
class Found:
    """What answers to the words: people by what they are called, homes by where they are."""

    people: list[Person]
    homes: list[Home]


def find(words: str, most: int = MOST) -> Found:
    """People and homes that answer to the words, at most so many of each.

    A person answers by name (former names too), telephone number, e-mail or reference; a home by any part of its
    address, postcode, UPRN or reference; a tenancy's reference finds both. Each person comes once, by the record that
    stands for them. If nothing has every word typed, those that read nearly the same.
    """
    words = words.strip()
    if not folded(words):
        return Found([], [])
    people, homes = _called(words, most), _at(words, most)
    if not people and not homes:
        people = _nearly(Person.objects.select_related("merged_into"), "search_name", words, most)
        homes = _nearly(Home.objects.all(), "search_address", words, most)
    return Found(list(dict.fromkeys(map(reading.kept_record, people))), homes)


def people(words: str, day: date, most: int = MOST) -> list[Person]:
    """People who answer to the words, or else who on the day live at or visit the homes that do."""
    found = find(words, most)
    rows = found.people or _living_at(found.homes, day)
    return list(dict.fromkeys(map(reading.kept_record, rows)))[:most]


def homes(words: str, most: int = MOST) -> list[Home]:
    """Homes that answer to the words."""
    return find(words, most).homes


def colleagues(words: str, most: int = MOST) -> list[User]:
    """Colleagues who work here now, by name or e-mail; several names may be parted by commas."""
    found: dict[int, User] = {}
    for name in words.split(","):
        matching = Q()
        for word in folded(name).split():
            matching &= Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
        if matching:
            rows: QuerySet[User] = User.objects.filter(matching, is_active=True)
            found |= {user.pk: user for user in rows.order_by("first_name", "last_name")[:most]}
    return list(found.values())


def where_they_live(person: Person, day: date) -> str:
    """One line that tells two people of one name apart: the address they live at or visit."""
    home = reading.homes(person, day).first()
    return home.address if home else "no address held"


def _called(words: str, most: int) -> list[Person]:
    """People by exactly this, by name."""
    rows = Person.objects.filter(_known_as(words)).select_related("merged_into")
    return list(rows.order_by("surname", "forename", "id")[:most])


def _known_as(words: str) -> Q:
    """Who has this e-mail address, or else this number, reference or name."""
    if address := mailbox.normalised(words):
        return Q(emails__contains=[address])
    if number := telephone.normalised(words):
        return Q(phones__contains=[number]) | Q(ref__in=_references(words))
    known = _all_words(words, "search_name") | Q(ref__in=_references(words))
    # The tenancies are asked first, alone: in one join with the rest, every person would be looked at.
    holders = TenancyPerson.objects.filter(tenancy__in=_tenancies(words)).values_list("person_id", flat=True)
    return known | Q(pk__in=list(holders))


def _at(words: str, most: int) -> list[Home]:
    """Homes that have every word, or this postcode, number or reference."""
    told = _all_words(words, "search_address") | Q(ref__in=_references(words)) | Q(pk__in=_tenancies(words).values())
    if postcode := compact(words):
        told |= Q(search_postcode=postcode)
    if _FIGURES.fullmatch(words.strip()):
        told |= Q(uprn=str(int(words))) & ~Q(uprn="")
    return list(Home.objects.filter(told).order_by("search_address", "id")[:most])


def _tenancies(words: str) -> dict[int, int]:
    """The tenancies of this reference, each with its home."""
    return dict(Tenancy.objects.filter(ref__in=_references(words)).values_list("pk", "home_id"))


def _references(words: str) -> set[str]:
    """The references that this may be: registers write theirs in capitals, people do not."""
    return {words.strip(), words.strip().upper()} - {""}


def _all_words(words: str, column: str) -> Q:
    """Every word somewhere in the column, in any order; nothing for nothing."""
    matching = Q()
    for word in folded(words).split():
        matching &= Q(**{f"{column}__contains": word})
    return matching


def _nearly(rows: QuerySet[Any], column: str, words: str, most: int) -> list[Any]:
    """Rows whose text reads nearly like the words, the likest first."""
    like = TrigramWordSimilarity(folded(words), column)
    found = rows.filter(**{f"{column}__trigram_word_similar": folded(words)}).annotate(likeness=like)
    return list(found.order_by("-likeness", "pk")[:most])


def _living_at(places: list[Home], day: date) -> list[Person]:
    living = TenancyPerson.objects.filter(
        reading.live_on(day), reading.live_on(day, "tenancy__"), tenancy__home__in=places
    )
    visiting = Q(visits__home__in=places) & (Q(visits__ended_on=None) | Q(visits__ended_on__gte=day))
    found = Person.objects.filter(Q(pk__in=living.values("person")) | visiting).distinct()
    return list(found.select_related("merged_into").order_by("surname", "forename", "id"))
