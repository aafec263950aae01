"""Hazards belong to homes: they hold from a day to a day, and are looked at again when a tenancy changes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.people import hazards
from evenhand.people.hazards import Act
from evenhand.people.models import Home, HomeHazard, Tenancy, User
from evenhand.people.refusal import NotDone
from evenhand.policy.hazard import Hazard

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)
A_DAY = timedelta(days=1)


@pytest.fixture
def home() -> Home:
    return Home.objects.create(source="housing", ref="H1", address_line="3 Ferry Row")


@pytest.fixture
def act() -> Act:
    return acted(TODAY)


def acted(day: date) -> Act:
    by = User.objects.get_or_create(username="sam@example.org")[0]
    return Act(by, datetime(day.year, day.month, day.day, 10, tzinfo=UTC), day)


def due(home: Home, day: date) -> list[date]:
    return [each.due_on for each in hazards.at([home.pk], day)]


def test_a_hazard_holds_from_the_day_it_is_recorded_until_the_day_it_is_ended(home: Home, act: Act) -> None:
    made = hazards.record(home, Hazard.ASBESTOS, "Ceiling of the hall", act)
    hazards.end(made, "Taken out and tested.", acted(TODAY + 5 * A_DAY))

    holds = [bool(due(home, TODAY + days * A_DAY)) for days in (-1, 0, 4, 5)]

    assert holds == [False, True, True, False]


def test_it_is_looked_at_again_after_a_year(home: Home, act: Act) -> None:
    hazards.record(home, Hazard.ASBESTOS, "", act)

    assert due(home, TODAY) == [date(2027, 3, 3)]


def test_it_is_looked_at_again_when_somebody_moves_in_or_out(home: Home, act: Act) -> None:
    hazards.record(home, Hazard.ANIMAL, "", act)
    moved = TODAY + 30 * A_DAY
    tenancy = Tenancy.objects.create(source="housing", ref="T1", home=home, started_on=moved)

    assert due(home, moved - A_DAY) == [date(2027, 3, 3)]
    assert due(home, moved) == [moved]

    Tenancy.objects.filter(pk=tenancy.pk).update(started_on=date(2019, 4, 1), ended_on=moved)
    assert due(home, moved) == [date(2027, 3, 3)]
    assert due(home, moved + A_DAY) == [moved]


def test_a_fresh_look_after_the_move_settles_it(home: Home, act: Act) -> None:
    made = hazards.record(home, Hazard.ANIMAL, "", act)
    moved = TODAY + 30 * A_DAY
    Tenancy.objects.create(source="housing", ref="T1", home=home, started_on=moved)
    hazards.still_there(made, "A collie", acted(moved))

    assert due(home, moved + A_DAY) == [date(2027, 4, 2)]
    assert HomeHazard.objects.get().detail == "A collie"


def test_a_move_elsewhere_changes_nothing_here(home: Home, act: Act) -> None:
    hazards.record(home, Hazard.ANIMAL, "", act)
    elsewhere = Home.objects.create(source="housing", ref="H2", address_line="9 Quay Street")
    Tenancy.objects.create(source="housing", ref="T1", home=elsewhere, started_on=TODAY + A_DAY)

    assert due(home, TODAY + 2 * A_DAY) == [date(2027, 3, 3)]


def test_one_that_was_ended_is_neither_seen_again_nor_ended_again(home: Home, act: Act) -> None:
    made = hazards.record(home, Hazard.ACCESS, "", act)
    hazards.end(made, "A ramp was built.", act)

    with pytest.raises(NotDone, match="ended before"):
        hazards.still_there(made, "", act)
    with pytest.raises(NotDone, match="ended before"):
        hazards.end(made, "Again.", act)
    hazards.record(home, Hazard.ACCESS, "", act)


def test_two_of_a_kind_are_two_where_they_are_described_apart(home: Home, act: Act) -> None:
    hazards.record(home, Hazard.ANIMAL, "A collie", act)
    hazards.record(home, Hazard.ANIMAL, "A parrot", act)
    with pytest.raises(NotDone, match="already"):
        hazards.record(home, Hazard.ANIMAL, "a collie ", act)

    assert len(due(home, TODAY)) == 2
