"""A customer who rang daily, beside forty who did not: what the tests of demand's pages begin with."""

from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.contacts import months, suggesting
from evenhand.contacts.models import Contact, Matter
from evenhand.people.models import Landlord, Person
from evenhand.policy.demand.terms import DemandTerms
from tests.web.stories import START

OPENED = START - timedelta(days=60)


def said(person: Person, day: date, matter: Matter | None, number: int, **more: object) -> Contact:
    usual: dict[str, object] = {
        "direction": "in",
        "channel": "phone",
        "minutes": 9,
        "team": "Repairs",
        "exempt_kind": "",
        "caller": "self",
        "new_information": False,
        "because_of_need": False,
        "specific": True,
        "asked_for_senior": False,
        "offered_colleague": False,
    }
    moment = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    return Contact(
        id=number, at=moment, source="log", ref=str(number), person=person, matter=matter, **{**usual, **more}
    )


@pytest.fixture
def neighbours(tenant: Person) -> list[Person]:
    """Forty others with one repair each, who rang once."""
    return forty_others()


@pytest.fixture
def daily(tenant: Person, neighbours: list[Person], landlord: Landlord) -> Person:
    """Jo Bell rang daily about a repair that was in time, and three times about one that was late."""
    return rang_daily(tenant)


def forty_others() -> list[Person]:
    months.make([datetime(2026, n, 1, tzinfo=UTC) for n in (1, 2, 3)] + [datetime(2025, 12, 1, tzinfo=UTC)])
    others = [Person.objects.create(source="housing", ref=f"N{n}", surname=f"Other{n}") for n in range(40)]
    for n, other in enumerate(others):
        said(other, OPENED + timedelta(days=n % 25), repair(other, 28), 1000 + n).save(force_insert=True)
    return others


def repair(person: Person, promised: int, **days: date) -> Matter:
    usual = {"told_on": OPENED, "respond_by": OPENED + timedelta(days=promised)}
    usual |= {name: usual["respond_by"] for name in ("responded_on", "closed_on", "done_on")}
    ref = f"{person.ref}-{Matter.objects.count()}"
    return Matter.objects.create(
        source="log", ref=ref, person=person, kind="repair", opened_on=OPENED, **{**usual, **days}
    )


def rang_daily(tenant: Person) -> Person:
    in_time, late = repair(tenant, 28), repair(tenant, 5, closed_on=START, responded_on=START, done_on=START)
    days = [OPENED + timedelta(days=n) for n in range(25)]
    Contact.objects.bulk_create(said(tenant, day, in_time, n) for n, day in enumerate(days))
    Contact.objects.bulk_create(said(tenant, day, late, 100 + n) for n, day in enumerate(days[7:10]))
    suggesting.measure_everybody(START, datetime(2026, 3, 3, 3, tzinfo=UTC), DemandTerms())
    return tenant
