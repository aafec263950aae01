"""A register that is too old says so; one never brought in cannot be."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from evenhand.people.models import Person, RegisterImport
from evenhand.people.register import batch
from evenhand.people.register.freshness import stale_since
from evenhand.policy.terms import Terms

pytestmark = pytest.mark.django_db
BROUGHT_IN = date(2026, 11, 20)
"""A Friday."""
TERMS = Terms(register_days=3)


def brought_in(day: date = BROUGHT_IN, **details: object) -> None:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    told = {"source": "housing", "folder": "x", "started_at": at, "ended_at": at, "state": "done", "whole": True}
    RegisterImport.objects.create(**{**told, **details})


@pytest.fixture(autouse=True)
def housed() -> Person:
    """Somebody whom the housing system knows, so that its age matters."""
    return Person.objects.create(source="housing", ref="P1")


def test_the_working_days_since_the_last_import_decide() -> None:
    brought_in()
    assert stale_since(date(2026, 11, 25), TERMS) is None
    assert stale_since(date(2026, 11, 26), TERMS) == BROUGHT_IN


@pytest.mark.parametrize(
    "details",
    [{"state": "refused"}, {"dry_run": True}, {"brings": "contacts"}, {"whole": False}],
    ids=lambda d: next(iter(d)),
)
def test_what_loaded_no_register_makes_it_no_newer(details: dict[str, object]) -> None:
    brought_in()
    brought_in(date(2026, 12, 1), **details)
    assert stale_since(date(2026, 12, 1), TERMS) == BROUGHT_IN


def test_a_landlord_who_never_brought_one_in_has_none_that_is_old() -> None:
    assert stale_since(date(2026, 12, 1), Terms()) is None


def test_a_source_that_comes_every_night_does_not_make_another_any_newer() -> None:
    Person.objects.create(source="garages", ref="G1")
    brought_in()
    brought_in(date(2026, 12, 1), source="garages")
    assert stale_since(date(2026, 12, 1), TERMS) == BROUGHT_IN


def test_a_source_of_which_nobody_is_left_holds_nothing_up(housed: Person) -> None:
    Person.objects.create(source="garages", ref="G1")
    brought_in()
    brought_in(date(2026, 12, 1), source="garages")
    Person.objects.filter(pk=housed.pk).update(left_on=BROUGHT_IN)
    assert stale_since(date(2026, 12, 1), TERMS) is None


def test_a_source_that_only_ever_sent_single_rows_grows_old_from_the_first() -> None:
    brought_in(whole=False)
    brought_in(date(2026, 12, 1), whole=False)
    assert stale_since(date(2026, 12, 1), TERMS) == BROUGHT_IN


PERSON = dict.fromkeys(
    ("title", "forename", "surname", "date_of_birth", "phone", "email", "language", "communication_needs")
)


@pytest.mark.parametrize(
    "sent",
    [
        {"alerts": [{"person_ref": "nobody", "code": "VA"}]},
        {"people": [{"person_ref": "P1", **PERSON, "surname": "Bell"}]},
        {"people": [{"person_ref": "", **PERSON}]},
    ],
    ids=["an alert of nobody", "one row", "a refused row"],
)
@pytest.mark.parametrize("source", ["housing", "oldflags"])
def test_rows_that_are_sent_singly_make_an_old_register_no_newer(source: str, sent: dict[str, list[Any]]) -> None:
    brought_in()
    at = datetime(2026, 12, 1, 12, tzinfo=UTC)
    batch.write(sent, source=source, sent_by="1", at=at, day=at.date())
    assert stale_since(at.date(), TERMS) == BROUGHT_IN
