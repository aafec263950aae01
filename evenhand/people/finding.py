"""Finding someone or somewhere by the little one knows: a name, a number, an address, in any spelling."""

from datetime import date

from django.db.models import Q, QuerySet

from evenhand.people import mailbox, reading, telephone
from evenhand.people.models import Home, Person, TenancyPerson, User
from evenhand.people.text import compact, folded

MOST = 10


def people(words: str, day: date, most: int = MOST) -> list[Person]:
    """People by name (former names too), telephone number, e-mail, reference, address or postcode, best known first.

    In: what was typed; the landlord's day, for who lives where. Out: at most `most`, each person once, by the record
    that stands for them.
    """
    named = _all_words(words, "search_name")
    if number := telephone.normalised(words):
        found = Person.objects.filter(phones__contains=[number])
    elif address := mailbox.normalised(words):
        found = Person.objects.filter(emails__contains=[address])
    elif named:
        found = Person.objects.filter(named | Q(ref__iexact=words.strip()))
    else:
        return []
    rows = list(found.select_related("merged_into").order_by("surname", "forename", "id")[:most])
    if not rows:
        rows = _living_at(homes(words, most), day)
    return list(dict.fromkeys(reading.kept_record(person) for person in rows))[:most]


def homes(words: str, most: int = MOST) -> list[Home]:
    """Homes by any part of their address, by postcode, reference or UPRN."""
    at = _all_words(words, "search_address")
    if not at:
        return []
    told = Q(search_postcode=compact(words)) | Q(uprn=words.strip()) | Q(ref__iexact=words.strip())
    return list(Home.objects.filter(at | told).order_by("search_address", "id")[:most])


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


def _all_words(words: str, column: str) -> Q:
    """Every word somewhere in the column, in any order; nothing for nothing."""
    matching = Q()
    for word in folded(words).split():
        matching &= Q(**{f"{column}__contains": word})
    return matching


def _living_at(places: list[Home], day: date) -> list[Person]:
    living = TenancyPerson.objects.filter(
        reading.live_on(day), reading.live_on(day, "tenancy__"), tenancy__home__in=places
    )
    visiting = Q(visits__home__in=places) & (Q(visits__ended_on=None) | Q(visits__ended_on__gte=day))
    found = Person.objects.filter(Q(pk__in=living.values("person")) | visiting).distinct()
    return list(found.select_related("merged_into").order_by("surname", "forename", "id"))
