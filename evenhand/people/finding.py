"""Finds people and homes from whatever someone has: a name, number, address or reference, in any spelling."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet

from evenhand.people import mailbox, telephone
from evenhand.people.models import Home, Person, Tenancy, TenancyPerson
from evenhand.people.reading import kept_record
from evenhand.people.text import compact, folded, tidy

MOST = 20
_FIGURES = re.compile(r"[0-9]{6,12}")
_POSTCODE = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?[0-9][a-z]{2}")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. `more` says that there is more than is given: ask for something narrower."""

    people: list[Person]
    homes: list[Home]
    more: bool = False


def find(question: str, most: int = MOST) -> Found:
    """People and homes that answer to a question, at most so many of each, the likeliest first.

    An e-mail address, a telephone number or a reference is looked for as it is; anything else in names and addresses,
    every word of it, in any order, and if nothing has them all, in those that read nearly the same. Records that were
    joined come as the one that stands for them. Former names find a person.
    """
    asked = tidy(question)
    words = folded(asked)
    if not words:
        return Found([], [])
    people, homes = _exactly(asked)
    if not people and not homes:
        people = _of_words(Person.objects.all(), "search_name", words, most)
        homes = _of_words(Home.objects.all(), "search_address", words, most)
    kept = list(dict.fromkeys(kept_record(person) for person in people))
    return Found(kept[:most], homes[:most], len(kept) > most or len(homes) > most)


def _exactly(asked: str) -> tuple[list[Person], list[Home]]:
    """Who and what has this e-mail address, number, postcode or reference."""
    if address := mailbox.normalised(asked):
        return list(Person.objects.filter(emails__contains=[address]).order_by("pk")), []
    named = Q(ref__in={asked, asked.upper()}) if " " not in asked else Q(pk__in=[])
    # The tenancies come first, alone: asked in one join with the rest, every row would be looked at.
    tenancies = dict(Tenancy.objects.filter(named).values_list("pk", "home_id"))
    holders = TenancyPerson.objects.filter(tenancy__in=tenancies).values_list("person_id", flat=True)
    people, homes = named | Q(pk__in=list(holders)), named | Q(pk__in=tenancies.values())
    if number := telephone.normalised(asked):
        people |= Q(phones__contains=[number])
    if _FIGURES.fullmatch(asked):
        homes |= Q(uprn=str(int(asked))) & ~Q(uprn="")
    if _POSTCODE.fullmatch(compact(asked)):
        homes |= Q(search_postcode=compact(asked))
    return (
        list(Person.objects.filter(people).order_by("pk")[: MOST * 2]),
        list(Home.objects.filter(homes).order_by("search_address", "pk")[: MOST * 2]),
    )


def _of_words(rows: QuerySet[Any], column: str, words: str, most: int) -> list[Any]:
    """The rows whose folded text has every word, or else those that read nearly the same."""
    has_all = Q()
    for word in words.split():
        has_all &= Q(**{f"{column}__contains": word})
    likest = TrigramWordSimilarity(words, column)
    found = [*rows.filter(has_all).annotate(likeness=likest).order_by("-likeness", "pk")[: most + 1]]
    if found:
        return found
    nearly = rows.filter(**{f"{column}__trigram_word_similar": words}).annotate(likeness=likest)
    return [*nearly.order_by("-likeness", "pk")[: most + 1]]
