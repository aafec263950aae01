"""People, homes and colleagues to test with."""

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest

from evenhand.people import colleague
from evenhand.people.models import Home, Person, Tenancy, TenancyPerson, User
from evenhand.people.text import address_to_search, name_to_search
from evenhand.policy.staff import Role

_number = count(1)


@pytest.fixture
def person(db: None) -> Callable[..., Person]:
    def make(forename: str = "Denise", surname: str = "Hartley", **details: object) -> Person:
        ref = f"C{next(_number)}"
        search = name_to_search(forename, surname)
        return Person.objects.create(
            source="housing", ref=ref, forename=forename, surname=surname, search_name=search, **details
        )

    return make


@pytest.fixture
def home(db: None) -> Callable[..., Home]:
    def make(address_line: str = "3 Ferry Row", postcode: str = "ZH1 4JQ", **details: object) -> Home:
        return Home.objects.create(
            source="housing",
            ref=f"H{next(_number)}",
            address_line=address_line,
            postcode=postcode,
            search_address=address_to_search(address_line, "", postcode),
            search_postcode=postcode.replace(" ", "").lower(),
            **details,
        )

    return make


@pytest.fixture
def lives_at(db: None) -> Callable[..., Tenancy]:
    """`lives_at(home, {person: role, …})` makes a tenancy of them."""

    def make(home: Home, roles: dict[Person, str], **dates: date) -> Tenancy:
        tenancy = Tenancy.objects.create(source="housing", ref=f"T{next(_number)}", home=home, **dates)
        for someone, role in roles.items():
            TenancyPerson.objects.create(tenancy=tenancy, person=someone, role=role)
        return tenancy

    return make


@pytest.fixture
def works_here(db: None) -> Callable[..., User]:
    def make(*roles: Role, **details: object) -> User:
        name = f"colleague{next(_number)}"
        return colleague.join(f"{name}@example.org", "Kofi", "Asante", list(roles) or [Role.COLLEAGUE], **details)

    return make
