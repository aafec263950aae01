"""A contact log as real systems export it: exactly its bad rows are reported, its good rows load, nothing twice."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.contacts import months
from evenhand.contacts.models import Contact, ContactKey, Matter, Unmatched
from evenhand.people.models import Person, RegisterImport

MESSY = Path(__file__).parent / "data" / "messy"
BAD = [
    ("contacts.csv", 42, "at", "2026-13-45T10:00:00Z", True),
    ("contacts.csv", 92, "person_ref", "C9999999", False),
    ("contacts.csv", 93, "contact_ref", "K00000089", True),
    ("contacts.csv", 122, "channel", "fax", False),
    ("contacts.csv", 122, "minutes", "-3", False),
]
Import = Callable[..., RegisterImport]


@pytest.fixture
def people(db: None) -> None:
    with (MESSY / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        Person.objects.bulk_create(
            Person(source="housing", ref=row["person_ref"], surname=row["surname"]) for row in csv.DictReader(file)
        )


def test_every_bad_row_is_reported_by_file_line_and_column_and_no_other(bring_in: Import) -> None:
    record = bring_in(MESSY)
    assert list(record.rejected.values_list("file", "line", "column", "value", "whole_row")) == BAD
    assert all(row.reason.endswith(".") for row in record.rejected.all())


def test_good_rows_load_and_a_bad_optional_cell_drops_no_contact(bring_in: Import) -> None:
    record = bring_in(MESSY)
    assert (Contact.objects.count(), Matter.objects.count()) == (157, 64)
    counts = {"read": 159, "not loaded": 2, "added": 157, "changed": 0, "unchanged": 0, "waiting": 1}
    assert record.counts["contacts.csv"] == counts
    mended = Contact.objects.get(ref="K99999993")
    assert (mended.channel, mended.minutes, mended.direction, mended.specific) == ("", None, "in", True)
    assert months.strayed() == 0


def test_a_contact_of_somebody_we_do_not_know_waits(bring_in: Import) -> None:
    bring_in(MESSY)
    waiting = Unmatched.objects.get()
    assert waiting.person_ref == "C9999999"
    assert Contact.objects.get(pk=waiting.contact).person_id is None


def test_bringing_it_in_again_changes_nothing(bring_in: Import) -> None:
    bring_in(MESSY)
    before = [list(model.objects.order_by("pk").values()) for model in (Contact, Matter, ContactKey, Unmatched)]
    record = bring_in(MESSY)
    assert [list(model.objects.order_by("pk").values()) for model in (Contact, Matter, ContactKey, Unmatched)] == before
    for file in ("matters.csv", "contacts.csv"):
        assert (record.counts[file]["added"], record.counts[file]["changed"]) == (0, 0)
    assert record.rejected.count() == len(BAD)
