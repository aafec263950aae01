"""Whoever stands at a door says what is dangerous there; those who look after homes look again, and end it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.people import hazards
from evenhand.people.hazards import Act
from evenhand.people.models import Change, Home, HomeHazard, Look, Person, Tenancy, User
from evenhand.people.text import unbroken
from evenhand.policy.hazard import Hazard
from evenhand.web import way
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
DOG = {"kind": Hazard.ANIMAL.value, "detail": "In the yard, by the back gate"}


def at(name: str, home: Home, *more: int) -> str:
    return reverse(name, args=[way.HOMES.sign(str(home.pk)), *more])


@pytest.fixture
def dog(cast: Cast, home: Home, story: Story) -> HomeHazard:
    return hazards.record(home, Hazard.ANIMAL, DOG["detail"], Act(cast.colleague, story.moment.at, START))


def test_any_colleague_records_a_hazard_and_whoever_checks_the_home_is_told(
    cast: Cast, home: Home, tenant: Person, as_: SignIn
) -> None:
    browser = as_(cast.colleague)
    assert browser.post(at("hazard.record", home), DOG).status_code == 302

    for there in (way.to_check(home), way.to_check(tenant)):
        card = browser.get(there).content.decode()
        assert "Ask for the animal to be shut away before you go in." in card
    assert way.to_hazards(home) in browser.get(way.to_check(home)).content.decode()
    assert "by the back gate" in browser.get(at("home.hazards", home)).content.decode()
    (change,) = Change.objects.all()
    assert (change.kind, change.about, change.by) == ("home", home.address, cast.colleague)


def test_the_same_hazard_is_not_recorded_twice(cast: Cast, home: Home, dog: HomeHazard, as_: SignIn) -> None:
    answer = as_(cast.duty).post(at("hazard.record", home), DOG)

    assert "recorded at this home already" in answer.content.decode()
    assert HomeHazard.objects.count() == 1


def test_another_hazard_is_described(cast: Cast, home: Home, tenant: Person, as_: SignIn) -> None:
    answer = as_(cast.colleague).post(at("hazard.record", home), {"kind": Hazard.OTHER.value})

    assert "Say what the hazard is" in answer.content.decode()


def test_whoever_saw_it_again_says_so_and_it_waits_another_year(
    cast: Cast, home: Home, dog: HomeHazard, as_: SignIn, days_later: Callable[[int], date]
) -> None:
    seen_on = days_later(300)
    browser = as_(cast.colleague)
    page = browser.get(at("hazard.still_there", home, dog.pk)).content.decode()
    assert "by the back gate" in page
    assert browser.post(at("hazard.still_there", home, dog.pk), {"detail": "Now two"}).status_code == 302

    dog.refresh_from_db()
    assert (dog.seen_on, dog.seen_by, dog.detail) == (seen_on, cast.colleague, "Now two")
    assert dog.review_on == date(2027, 12, 28)


def test_only_those_who_look_after_homes_end_one_and_say_how_they_know(
    cast: Cast, home: Home, dog: HomeHazard, as_: SignIn
) -> None:
    there = at("hazard.end", home, dog.pk)
    assert as_(cast.colleague).get(there).status_code == 403
    assert there not in as_(cast.colleague).get(at("home.hazards", home)).content.decode()
    browser = as_(cast.planner)
    assert "Say how you know that it is gone" in browser.post(there, {"why": " "}).content.decode()
    assert browser.post(there, {"why": "The dog has died; Tom looked today."}).status_code == 302

    dog.refresh_from_db()
    assert (dog.ended_on, dog.ended_by) == (START, cast.planner)
    assert "No hazard is recorded" in browser.get(at("home.hazards", home)).content.decode()
    assert browser.get(there).status_code == 404


def test_a_hazard_comes_to_be_looked_at_again_after_a_year_or_when_a_tenancy_changes(
    cast: Cast, home: Home, tenant: Person, dog: HomeHazard, as_: SignIn
) -> None:
    browser = as_(cast.manager)
    assert "No hazard waits for a fresh look" in browser.get(reverse("hazards")).content.decode()

    Tenancy.objects.create(source="housing", ref="T9", home=home, started_on=START)
    HomeHazard.objects.update(seen_on=START - timedelta(days=1))

    listed = browser.get(reverse("hazards")).content.decode()
    assert unbroken(home.address) in listed and way.to_hazards(home) in listed
    assert "To look at again" in browser.get(at("home.hazards", home)).content.decode()


def test_nobody_looks_after_the_hazards_of_their_own_home(
    cast: Cast, home: Home, tenant: Person, dog: HomeHazard, as_: SignIn
) -> None:
    cast.manager.person = tenant
    cast.manager.save()
    browser = as_(cast.manager)

    assert browser.get(at("home.hazards", home)).status_code == 404
    assert browser.post(at("hazard.end", home, dog.pk), {"why": "It is mine."}).status_code == 404


def test_a_hazard_is_only_found_at_its_own_home(cast: Cast, home: Home, dog: HomeHazard, as_: SignIn) -> None:
    elsewhere = Home.objects.create(source="housing", ref="H2", address_line="9 Quay Street")

    assert as_(cast.manager).get(at("hazard.end", elsewhere, dog.pk)).status_code == 404
    assert as_(cast.manager).get(reverse("home.hazards", args=["made-up"])).status_code == 404


def test_a_look_at_the_hazards_of_a_home_is_kept(cast: Cast, home: Home, as_: SignIn) -> None:
    as_(cast.colleague).get(at("home.hazards", home))

    look = Look.objects.get(kind="home")
    assert (look.by, look.reference) == (cast.colleague, home.address)


def test_the_list_needs_as_many_queries_for_many_as_for_one(
    cast: Cast, home: Home, story: Story, as_: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    act = Act(cast.colleague, story.moment.at, START - timedelta(days=400))
    for number in range(30):
        there = Home.objects.create(source="housing", ref=f"X{number}", address_line=f"{number} Quay Street")
        hazards.record(there, Hazard.ASBESTOS, "", act)
    browser = as_(cast.senior)

    with django_assert_max_num_queries(6):  # type: ignore[attr-defined]
        first = browser.get(reverse("hazards")).content.decode()
    older = first.split('href="/hazards/?after=')[1].split('"')[0]
    second = browser.get(f"/hazards/?after={older}").content.decode()

    assert first.count("Quay Street: look again") == 25
    assert second.count("Quay Street: look again") == 5
