"""Questions as other systems ask them, and somebody else at the same home."""

from typing import Any

from evenhand.people.models import Home, Person, Tenancy, TenancyPerson
from evenhand.people.text import name_to_search
from tests.api.calling import System


def ask(system: System, **question: Any) -> dict[str, Any]:
    answer = system.post("check", question)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def neighbour(home: Home, forename: str = "Al", surname: str = "Bell", **known: Any) -> Person:
    """Someone who lives at the same home."""
    person = Person.objects.create(
        source="housing",
        ref=f"P{Person.objects.count() + 1}",
        forename=forename,
        surname=surname,
        search_name=name_to_search(forename, surname),
        **known,
    )
    TenancyPerson.objects.create(tenancy=Tenancy.objects.get(home=home), person=person, role="household_member")
    return person
