"""A register as real systems export it: exactly its bad rows are reported, its good rows load, nothing loads twice."""

from collections.abc import Callable
from pathlib import Path

from evenhand.people.models import Home, Person, RegisterImport, Tenancy, TenancyPerson

MESSY = Path(__file__).parent.parent / "data" / "messy"
BAD = [
    ("people.csv", 12, "person_ref", "C0000010", True),
    ("people.csv", 22, "person_ref", "", True),
    ("people.csv", 32, "date_of_birth", "31/02/1980", False),
    ("people.csv", 32, "phone", "not a number", False),
    ("people.csv", 32, "email", "not-an-email", False),
    ("people.csv", 32, "language", "xx", False),
    ("people.csv", 32, "communication_needs", "telepathy", False),
    ("tenancies.csv", 7, "home_ref", "P999999", True),
    ("tenancies.csv", 8, "ended_on", "2024-01-01", True),
]
Import = Callable[..., RegisterImport]


def test_every_bad_row_is_reported_by_file_line_and_column_and_no_other(bring_in: Import) -> None:
    record = bring_in(MESSY)
    assert list(record.rejected.values_list("file", "line", "column", "value", "whole_row")) == BAD
    assert all(row.reason.endswith(".") for row in record.rejected.all())


def test_good_rows_load_and_a_bad_optional_cell_drops_nobody(bring_in: Import) -> None:
    record = bring_in(MESSY)
    loaded = (Home.objects, Person.objects, Tenancy.objects, TenancyPerson.objects)
    assert [table.count() for table in loaded] == [30, 68, 30, 67]
    assert record.counts["people.csv"] == {"read": 70, "not loaded": 2, "added": 68, "changed": 0, "unchanged": 0}
    mended = Person.objects.get(ref="C9999998")
    assert (mended.forename, mended.surname) == ("Bad", "Date")
    assert (mended.date_of_birth, mended.phones, mended.emails, mended.language) == (None, [], [], "")
    assert not mended.needs.exists()


def test_bringing_it_in_again_changes_nothing(bring_in: Import) -> None:
    bring_in(MESSY)
    before = list(Person.objects.order_by("pk").values())
    record = bring_in(MESSY)
    assert list(Person.objects.order_by("pk").values()) == before
    for file in ("homes.csv", "people.csv", "tenancies.csv", "tenancy_people.csv"):
        counts = record.counts[file]
        assert (counts["added"], counts["changed"]) == (0, 0)
    assert record.counts["needs"] == {"begun": 0, "ended": 0}
    assert record.rejected.count() == len(BAD)
