"""The box in the header and the answer card, as a colleague reads them; and somebody else at the home."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from evenhand.people.models import Home, Person, TenancyPerson, User
from evenhand.web import way
from tests.web.asking import words

SignIn = Callable[[User], Client]
NOTHING = "We hold no warning about this person. That is not a promise of safety: follow the lone-working procedure."


def card(client: Client, about: Person | Home) -> str:
    response = client.get(way.to_check(about))
    assert response.status_code == 200
    return words(response)


def asked(client: Client, typed: str) -> str:
    response = client.get("/check", {"q": typed})
    assert response.status_code == 200, response["Location"]
    return words(response)


def neighbour(home: Home, name: str = "Al Frost", **details: object) -> Person:
    """Somebody else at the home."""
    forename, surname = name.split()
    details.setdefault("date_of_birth", date(1975, 5, 5))
    made = Person.objects.create(
        source="housing", ref=name, forename=forename, surname=surname, search_name=name.lower(), **details
    )
    TenancyPerson.objects.create(tenancy=home.tenancies.get(), person=made, role="household_member")
    return made
