"""Somebody who looks up many people outside their work is seen by those who watch over looking, and nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from evenhand.contacts.models import Contact
from evenhand.doors.looked import looked
from evenhand.people.models import Landlord, Person, User
from evenhand.people.models.look import LookKind
from tests.web.stories import START, Cast, Story

SignIn = Callable[[User], Client]


@pytest.fixture
def crowd(landlord: Landlord) -> list[Person]:
    """Eight people; more than five a day are many."""
    landlord.terms = {"checks_a_day": 5}
    landlord.save()
    return [Person.objects.create(source="housing", ref=f"N{n}", forename="Al", surname=f"No{n}") for n in range(8)]


def looks_up(user: User, people: list[Person]) -> None:
    for one in people:
        looked(user, LookKind.CHECK, f"housing:{one.ref}", one)


def rows(client: Client) -> list[list[object]]:
    answer = client.get("/looks/many")
    assert answer.status_code == 200
    found: list[list[object]] = answer.context["table"]["rows"]
    return found


def test_whoever_looked_up_many_is_shown_with_the_way_to_what_they_looked_at(
    crowd: list[Person], cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.protection)
    looks_up(cast.colleague, [*crowd, *crowd])
    looks_up(cast.manager, crowd[:2])
    looked(cast.colleague, LookKind.SEARCH, "Al")
    ((day, who, outside, looked_up, usual, searches),) = rows(client)
    assert (day, outside, looked_up, usual, searches) == ("3 March 2026", "8", "8", "5", "1")
    assert who == {"words": "Sam Okafor", "href": "/looks/?colleague=sam%40example.org"}
    shown = client.get("/looks/", {"colleague": "sam@example.org"}).content.decode()
    assert "housing:N7" in shown


def test_many_people_of_ones_own_work_are_nothing_to_show(
    crowd: list[Person], story: Story, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.protection)
    for one in crowd[:2]:
        Story(cast, one, story.home).report(by=cast.colleague)
    for number, one in enumerate(crowd[2:4]):
        at = datetime(START.year, START.month, START.day, 9, tzinfo=UTC)
        Contact.objects.create(id=number + 1, at=at, source="x", ref=f"K{number}", person=one)
    looks_up(cast.colleague, crowd)
    assert rows(client) == []
    looks_up(cast.manager, crowd)
    # Six of the eight are outside a manager's work: of the contacts, anybody may have taken the call.
    assert [row[1]["words"] for row in rows(client)] == ["Priya Nair"]  # type: ignore[index]


def test_homes_count_too_and_days_apart_do_not_add_up(
    crowd: list[Person], cast: Cast, as_: SignIn, days_later: Callable[[int], object]
) -> None:
    client = as_(cast.protection)
    for number in range(4):
        looked(cast.colleague, LookKind.CHECK, f"{number} Hill")
    looks_up(cast.colleague, crowd[:2])
    days_later(1)
    looks_up(cast.colleague, crowd[:5])
    client = as_(cast.protection)
    assert [(row[0], row[2]) for row in rows(client)] == [("3 March 2026", "6")]


def test_the_page_is_for_those_who_watch_over_looking(crowd: list[Person], cast: Cast, as_: SignIn) -> None:
    for user in (cast.protection, cast.senior, cast.director):
        assert as_(user).get("/looks/many").status_code == 200
    for user in (cast.colleague, cast.manager, cast.investigator, cast.administrator, cast.partner):
        assert as_(user).get("/looks/many").status_code == 403


def test_whoever_only_searches_is_shown_too_for_a_search_lists_people(
    crowd: list[Person], cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.protection)
    for letter in "abcdef":
        looked(cast.colleague, LookKind.SEARCH, f"Al No {letter}")
        looked(cast.colleague, LookKind.SEARCH, f"Al No {letter}")
        looked(cast.manager, LookKind.SEARCH, "the same words")
    ((_, who, outside, looked_up, _, searches),) = rows(client)
    assert who["words"] == "Sam Okafor" and (outside, looked_up, searches) == ("0", "0", "6")  # type: ignore[index]
