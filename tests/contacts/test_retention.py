"""Contacts that are too old become totals; what a case rests on, and what is young, stays whole."""

from collections.abc import Collection
from datetime import UTC, date, datetime

import pytest

from evenhand.contacts import ingest, months, retention
from evenhand.contacts.models import Contact, ContactKey, ContactTotal, Unmatched
from evenhand.people.models import Landlord, Person
from tests.contacts.conftest import DAY

pytestmark = pytest.mark.django_db
MATTER = {"matter_ref": "M1", "person_ref": "P1", "kind": "repair", "opened_on": "2024-10-01"}
THEN = date(2024, 12, 20)
OCTOBER = date(2024, 10, 1)


@pytest.fixture
def log(people: dict[str, Person]) -> dict[str, Person]:
    """Contacts of October and November 2024, as they came in at the time."""
    ingest.batch_of_matters([MATTER], "housing")
    of = {"channel": "phone", "direction": "in", "matter_ref": "M1"}
    rows: list[dict[str, object]] = [
        {"contact_ref": "K1", "at": "2024-10-03T10:00:00Z", "person_ref": "P1", "minutes": 5, **of},
        {"contact_ref": "K2", "at": "2024-10-31T23:59:59Z", "person_ref": "P1", "minutes": 6, **of},
        {"contact_ref": "K3", "at": "2024-10-09T10:00:00Z", "person_ref": "P1", **of},
        {"contact_ref": "K4", "at": "2024-10-09T10:00:00Z", "person_ref": "P2", "channel": "email"},
        {"contact_ref": "K5", "at": "2024-10-09T10:00:00Z", "telephone": "07700 900999"},
        {"contact_ref": "K6", "at": "2024-11-01T00:00:00Z", "person_ref": "P1", **of},
    ]
    assert ingest.batch(rows, "housing", today=THEN).added == 6
    return people


def forget(relied_on: Collection[int] = (), day: date = DAY) -> dict[date, int]:
    return retention.forget(day, relied_on)


def test_a_month_that_is_over_becomes_totals_by_person_channel_direction_and_kind(log: dict[str, Person]) -> None:
    assert forget() == {OCTOBER: 5}
    totals = ContactTotal.objects.filter(person=log["P1"]).values_list(
        "month", "channel", "direction", "matter_kind", "contacts", "timed", "minutes"
    )
    assert list(totals) == [(OCTOBER, "phone", "in", "repair", 3, 2, 11)]
    assert list(ContactTotal.objects.filter(person=None).values_list("contacts", "channel")) == [(1, "")]
    assert [contact.ref for contact in Contact.objects.all()] == ["K6"]
    assert [key.ref for key in ContactKey.objects.all()] == ["K6"]
    assert not Unmatched.objects.exists()


def test_its_partition_goes_with_it(log: dict[str, Person]) -> None:
    forget()
    assert months.kept() == [datetime(2024, 11, 1, tzinfo=UTC)]


def test_contacts_that_a_case_rests_on_stay_whole(log: dict[str, Person]) -> None:
    assert forget({log["P1"].pk}) == {OCTOBER: 2}
    assert Contact.objects.filter(person=log["P1"]).count() == 4
    assert not ContactTotal.objects.filter(person=log["P1"]).exists()
    assert forget() == {OCTOBER: 3}, "once the case is gone, they become totals too"


def test_forgetting_twice_adds_nothing(log: dict[str, Person]) -> None:
    forget()
    before = list(ContactTotal.objects.order_by("pk").values())
    assert forget() == {}
    assert list(ContactTotal.objects.order_by("pk").values()) == before


def test_what_was_forgotten_cannot_come_again(log: dict[str, Person]) -> None:
    forget()
    again = {"contact_ref": "K1", "at": "2024-10-03T10:00:00Z", "person_ref": "P1"}
    taken = ingest.batch([again], "housing", today=DAY)
    assert (taken.added, taken.wrong[0].reason) == (
        0, "Contacts before 1 November 2024 are kept only as totals."
    )  # fmt: skip


def test_the_landlord_decides_how_long_within_bounds(log: dict[str, Person]) -> None:
    Landlord.objects.create(name="Zedham Homes", terms={"contact_months": 36})
    assert forget() == {}
    Landlord.objects.update(terms={"contact_months": 13})
    assert sum(forget().values()) == 6
