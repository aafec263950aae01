"""The homes that a question means, the likest first."""

from collections.abc import Mapping

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, IntegerField, Q, Value, When

from evenhand.people import words
from evenhand.people.models import Home
from evenhand.people.question import Question
from evenhand.people.text import folded

READ = 60


def answering(asked: Question, tenancies: Mapping[int, int]) -> list[Home]:
    """Homes that have every word, or this postcode, UPRN or reference. In: the tenancies meant, and their homes."""
    known = Q(ref__in=asked.references) | Q(pk__in=tenancies.values())
    if asked.uprns:
        known |= Q(uprn__in=asked.uprns) & ~Q(uprn="")
    first = [When(known, then=Value(0))]
    if asked.begins:
        known |= Q(search_postcode__startswith=asked.begins)
        first.append(When(search_address__contains=f" {asked.begins} ", then=Value(1)))
    at = Q(search_postcode=asked.postcode) if asked.postcode else Q()
    if asked.words and not asked.of_contact:
        at &= Q(words.answering("search_address", words.address_question(asked.words)))
        first.append(When(words.each_begins("search_address", asked.words), then=Value(1)))
    known |= at
    rank = Case(*first, default=Value(2), output_field=IntegerField())
    return list(Home.objects.filter(known).annotate(rank=rank).order_by("rank", "search_address", "id")[:READ])


def nearly(text: str) -> list[Home]:
    """Homes whose addresses read nearly like the text, the likest first; a house number is right or wrong."""
    like = TrigramWordSimilarity(folded(text), "search_address")
    found = Home.objects.filter(search_address__trigram_word_similar=folded(text)).annotate(likeness=like)
    numbers = {word for word in folded(text).split() if word.isdecimal()}
    return [home for home in found.order_by("-likeness", "pk")[:READ] if numbers <= {*home.search_address.split()}]
