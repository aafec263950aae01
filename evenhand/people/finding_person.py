"""The people that a question means, each with how far what was typed is from their name (see `likeness`)."""

from collections.abc import Iterable, Mapping, Sequence

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, IntegerField, Q, Value, When

from evenhand.people import likeness, words
from evenhand.people.models import Person, TenancyPerson
from evenhand.people.question import Question
from evenhand.people.text import folded

READ = 120
"""How many rows are read at most before the likest of them are taken."""
LONG = 4
"""How many letters a name has at least that may stand for somebody nearly on its own."""
Ranked = list[tuple[Person, int]]


def by_contact(asked: Question) -> Ranked:
    """People by number or address of mail; whatever else was typed must fit them too. One query where nothing was."""
    if not asked.of_contact:
        return []
    known = Q()
    if asked.numbers:
        known &= Q(phones__contains=list(asked.numbers))
    if asked.mailboxes:
        known &= Q(emails__contains=list(asked.mailboxes))
    rows = list(Person.objects.filter(known).select_related("merged_into").order_by("surname", "forename", "id")[:READ])
    told = [*asked.words, *([asked.postcode] if asked.postcode else [])]
    return [(row, 0) for row in _fitting(told, rows)] if told else [(row, 0) for row in rows]


def answering(asked: Question, tenancies: Mapping[int, int]) -> Ranked:
    """People by reference, or by name; whatever else was typed must fit them too.

    In: the question, and the tenancies whose references it gives, each with its home. Out: the likest first.
    """
    place = asked.place
    if place and asked.words:
        there = {f"tenancy_links__tenancy__home__{name}": value for name, value in place.items()}
        rows = Person.objects.filter(**there).distinct().order_by("surname", "forename", "id")
        if named := _named_somewhere(asked, list(rows.select_related("merged_into")[:READ])):
            return named
    return _by_name_or_reference(asked, tenancies)


def _by_name_or_reference(asked: Question, tenancies: Mapping[int, int]) -> Ranked:
    known = Q(ref__in=asked.references)
    if tenancies:
        # The tenancies are asked first, alone: in one join with the rest, every person would be looked at.
        known |= Q(pk__in=list(TenancyPerson.objects.filter(tenancy__in=tenancies).values_list("person_id", flat=True)))
    ranks = [When(known, then=Value(0))]
    if asked.words and not asked.place and not asked.of_contact:
        known |= Q(words.answering("search_name", words.name_question(asked.words)))
        ranks.append(When(words.each_begins("search_name", asked.words), then=Value(1)))
    rank = Case(*ranks, default=Value(2), output_field=IntegerField())
    rows = Person.objects.filter(known).select_related("merged_into").annotate(rank=rank)
    fitting = []
    names = [word for word in asked.words if word.upper() not in asked.references]
    for row in rows.order_by("rank", "surname", "forename", "id")[:READ]:
        by_reference = row.rank == 0
        how = likeness.fit(names if by_reference else asked.words, row.search_name.split())
        if how is not None:
            fitting.append((row, 0 if by_reference else how))
    return sorted(fitting, key=lambda each: each[1])


def at_an_address(asked: Question) -> Ranked:
    """A name and a street together: those of whom some words are the name, and the rest the address."""
    long = [word for word in asked.words if len(word) > 1 and not word.isdecimal()]
    if len(asked.words) < 2 or not long:
        return []
    either = Q()
    for word in long:
        street = words.STREETS.get(word, word)
        either &= Q(person__search_name__contains=word) | Q(tenancy__home__search_address__contains=street)
    found = TenancyPerson.objects.filter(
        either,
        words.answering("person__search_name", words.any_of(long)),
        words.answering("tenancy__home__search_address", words.any_of(long)),
    )
    links = found.select_related("person__merged_into", "tenancy__home").order_by("person__surname", "person_id")
    there = [link for link in links[:READ] if _named(asked, link.person) and _fits(asked.words, link)]
    return [(link.person, 0) for link in there]


def nearly(text: str) -> Ranked:
    """People whose names read nearly like the text, the likest first."""
    like = TrigramWordSimilarity(folded(text), "search_name")
    found = Person.objects.filter(search_name__trigram_word_similar=folded(text)).annotate(likeness=like)
    rows = found.select_related("merged_into").order_by("-likeness", "pk")[:READ]
    return [(row, likeness.SLIP) for row in rows]


def by_one_name(asked: Question) -> Ranked:
    """People of whom one long word is a name, with a slip or without, and the others begin as their other names do.

    So a short name beside a surname that is spelt wrongly finds them: "Terry Brathwaite" is Terence Braithwaite.
    """
    long = [word for word in asked.words if len(word) >= LONG and word.isalpha()]
    if len(asked.words) < 2 or asked.postcode or not long:
        return []
    either = Q()
    for word in long:
        either |= Q(words.answering("search_name", words.name_question([word])))
    rows = Person.objects.filter(either).select_related("merged_into").order_by("surname", "forename", "id")[:READ]
    return [(row, likeness.SLIP) for row in rows if any(_goes_by(word, asked.words, row) for word in long)]


def _goes_by(word: str, typed: Sequence[str], row: Person) -> bool:
    """Whether the word is one of their names, and each other word begins with the letter of another of them."""
    held = row.search_name.split()
    named = [other for other in held if likeness.of_words(word, other) is not None]
    begin = {other[0] for other in held if other not in named}
    return bool(named) and all(other[0] in begin for other in typed if other != word)


def _named_somewhere(asked: Question, rows: list[Person]) -> Ranked:
    """Of these, whom all the words fit, at least one of them by name."""
    return [(row, 0) for row in _fitting(asked.words, [row for row in rows if _named(asked, row)])]


def _named(asked: Question, row: Person) -> bool:
    """Whether at least one of the words is their name."""
    return any(likeness.fit([word], row.search_name.split()) is not None for word in asked.words)


def _fitting(told: Sequence[str], rows: list[Person]) -> list[Person]:
    """Those for whom every word fits their name or one address they have or had. One query."""
    links = TenancyPerson.objects.filter(person__in=rows).select_related("person", "tenancy__home")
    living = {link.person_id for link in links if _fits(told, link)}
    return [row for row in rows if row.pk in living or likeness.fit(told, row.search_name.split()) is not None]


def _fits(told: Sequence[str], link: TenancyPerson) -> bool:
    """Whether every word is in a person's name or in this address of theirs; the postcode is there in one word too."""
    home = link.tenancy.home
    held = [*link.person.search_name.split(), *home.search_address.split(), home.search_postcode]
    return (
        likeness.fit([words.STREETS.get(word, word) if word not in held else word for word in told], held) is not None
    )


def standing(found: Iterable[tuple[Person, int]]) -> Ranked:
    """Each by the record that stands for them. As many queries as records are joined one into another, at most."""
    rows = list(found)
    while ids := {row.merged_into_id for row, _ in rows if row.merged_into_id is not None}:
        into = {row.merged_into_id: row.merged_into for row, _ in rows if "merged_into" in row._state.fields_cache}
        if missing := ids - into.keys():
            into |= Person.objects.in_bulk(missing)
        rows = [(into.get(row.merged_into_id or 0) or row, how) for row, how in rows]
    return rows
