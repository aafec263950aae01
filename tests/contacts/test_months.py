"""Every month of contacts has its place before anything is written, although the application owns nothing."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from evenhand.contacts import checks, months
from evenhand.contacts.models import Contact

pytestmark = pytest.mark.django_db
JULY = datetime(2026, 7, 15, 12, tzinfo=UTC)


def write(id: int, at: datetime) -> Contact:
    return Contact.objects.create(id=id, at=at, source="housing", ref=f"K{id}", channel="phone", direction="in")


def partition_of(id: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM contacts_contact WHERE id = %s", [id])
        return str(cursor.fetchone()[0])


def test_the_application_makes_a_month_it_does_not_own() -> None:
    assert months.make([JULY, JULY.replace(day=31, hour=23)]) == 1
    assert months.make([JULY]) == 0
    write(1, JULY)
    assert partition_of(1) == "contacts_contact_2026_07"
    assert months.strayed() == 0


def test_a_month_begins_at_midnight_in_utc() -> None:
    months.make([datetime(2026, 6, 1, tzinfo=UTC), JULY])
    write(1, datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC))
    write(2, datetime(2026, 7, 1, tzinfo=UTC))
    assert [partition_of(1), partition_of(2)] == ["contacts_contact_2026_06", "contacts_contact_2026_07"]


def test_what_was_written_before_its_month_was_made_moves_into_it() -> None:
    write(1, JULY)
    assert months.strayed() == 1
    months.make([JULY])
    assert (months.strayed(), partition_of(1)) == (0, "contacts_contact_2026_07")


def test_a_contact_outside_every_month_is_told_of_when_the_set_up_is_checked() -> None:
    assert checks.every_contact_lies_in_its_month(None, ["default"]) == []
    write(1, JULY)
    assert [each.id for each in checks.every_contact_lies_in_its_month(None, ["default"])] == ["contacts.W001"]
    assert checks.every_contact_lies_in_its_month(None, None) == []


def test_months_ahead_stand_ready_over_the_turn_of_the_year() -> None:
    months.make_ahead(datetime(2026, 12, 31, 23, tzinfo=UTC))
    assert [f"{month:%Y-%m}" for month in months.kept()][-3:] == ["2026-12", "2027-01", "2027-02"]


def test_a_month_with_a_contact_in_it_cannot_be_dropped() -> None:
    months.make([JULY])
    kept = write(1, JULY)
    assert not months.drop(JULY)
    kept.delete()
    assert months.drop(JULY)
    assert JULY.replace(day=1, hour=0) not in months.kept()


def test_no_month_is_made_for_a_year_that_cannot_be_right() -> None:
    with pytest.raises(DatabaseError, match="2000 to 2099"), transaction.atomic():
        months.make([datetime(1926, 7, 1, tzinfo=UTC)])


def test_the_application_cannot_drop_or_empty_a_month_by_itself() -> None:
    months.make([JULY])
    for statement in ("DROP TABLE contacts_contact_2026_07", "TRUNCATE contacts_contact"):
        with pytest.raises(ProgrammingError, match="must be owner|permission denied"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
