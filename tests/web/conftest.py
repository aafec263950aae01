"""Colleagues of every role, a tenant at home, a clock to set, and stories to begin from (tests/web/stories.py)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from evenhand.people import colleague
from evenhand.people.models import Home, Landlord, Person, Team, Tenancy, TenancyPerson, User
from evenhand.people.roles import held_by
from evenhand.people.text import address_to_search, name_to_search
from evenhand.policy.staff import Role
from tests.races.twice import every_form_arrives_twice
from tests.web.stories import START, Cast, Story

__all__ = ["every_form_arrives_twice"]

NAMES = {
    "colleague": ("Sam", "Okafor", Role.COLLEAGUE),
    "duty": ("Dawn", "Price", Role.DUTY),
    "investigator": ("Tom", "Hughes", Role.INVESTIGATOR),
    "manager": ("Priya", "Nair", Role.MANAGER),
    "other_manager": ("Olu", "Adeyemi", Role.MANAGER),
    "senior": ("Sian", "Morgan", Role.SENIOR_MANAGER),
    "other_senior": ("Nadia", "Rahman", Role.SENIOR_MANAGER),
    "director": ("Derek", "Wu", Role.DIRECTOR),
    "partner": ("Petra", "Lang", Role.CUSTOMER_PARTNER),
    "planner": ("Carol", "Dunn", Role.PLANNER),
    "protection": ("Dilys", "Owen", Role.DATA_PROTECTION),
    "administrator": ("Adam", "Kaye", Role.ADMINISTRATOR),
    "independent": ("Irene", "Fox", Role.INDEPENDENT),
}


@pytest.fixture
def cast(db: None) -> Cast:
    """One colleague of each kind; each who works here holds the plain colleague's role too."""
    team = Team.objects.create(name="Tenancies", telephone="0113 496 0000", email="tenancies@example.org")
    return Cast(
        **{
            part: colleague.join(f"{first.lower()}@example.org", first, last, held_by([role]), team=team)
            for part, (first, last, role) in NAMES.items()
        }
    )


@pytest.fixture
def landlord(db: None) -> Landlord:
    """Whose letters these are."""
    return Landlord.objects.create(
        name="Zedham Homes",
        address="1 Mill Lane\nZedham\nZH1 1AA",
        telephone="0113 496 0001",
        emergency_telephone="0113 496 0999",
        email="hello@example.org",
        complaints_route="Ring 0113 496 0001 or write to us.",
        advocacy="Citizens Advice can find you an advocate.",
        legal_advice="The Law Centre, 0113 496 0002.",
    )


@pytest.fixture
def home(db: None) -> Home:
    return Home.objects.create(
        source="housing",
        ref="H1",
        uprn="100000000001",
        address_line="3 Ferry Row",
        town="Zedham",
        postcode="ZH1 4JQ",
        search_address=address_to_search("3 Ferry Row", "Zedham", "ZH1 4JQ"),
        search_postcode="zh14jq",
    )


@pytest.fixture
def tenant(home: Home) -> Person:
    """Jo Bell, 46, tenant of 3 Ferry Row."""
    person = Person.objects.create(
        source="housing",
        ref="P1",
        title="Ms",
        forename="Jo",
        surname="Bell",
        date_of_birth=date(1980, 1, 1),
        phone="07700 900123",
        phones=["+447700900123"],
        email="jo.bell@example.com",
        emails=["jo.bell@example.com"],
        search_name=name_to_search("Jo", "Bell"),
    )
    tenancy = Tenancy.objects.create(source="housing", ref="T1", home=home, started_on=date(2019, 4, 1))
    TenancyPerson.objects.create(tenancy=tenancy, person=person, role="tenant", started_on=date(2019, 4, 1))
    return person


@pytest.fixture
def story(cast: Cast, tenant: Person, home: Home, landlord: Landlord) -> Story:
    """A case about the tenant, not yet reported: `story.report()`, `story.ready()`, `story.mark()` …"""
    return Story(cast, tenant, home)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`clock(day)` or `clock(day, hour)`: what time it is for every page from now on. It begins on the stories' day."""

    def at(day: date, hour: int = 15) -> None:
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(START)
    return at


@pytest.fixture
def as_(clock: Callable[..., None]) -> Callable[[User], Client]:
    """`as_(cast.manager)`: a browser in which that colleague has signed in, on the day the clock says."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def days_later(clock: Callable[..., None]) -> Callable[[int], date]:
    """`days_later(5)`: the clock moved on from the stories' first day."""

    def moved(days: int) -> date:
        day = START + timedelta(days=days)
        clock(day)
        return day

    return moved
