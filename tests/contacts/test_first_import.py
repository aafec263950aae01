"""The first contact log of a landlord, in a database that was counted while it was empty."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from evenhand.contacts import course
from evenhand.contacts.models import Contact, Matter
from evenhand.people.models import RegisterImport

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]
Import = Callable[..., RegisterImport]
MANY = 12_000
SCANS = "SELECT seq_scan + idx_scan FROM pg_stat_xact_user_tables WHERE relname = %s"


def rows() -> list[str]:
    first = datetime(2026, 9, 1, 8, tzinfo=UTC)
    moments = [f"{first + timedelta(minutes=n):%Y-%m-%dT%H:%M:%SZ}" for n in range(MANY)]
    return [f"K{n:06d},{at},P1,phone,in,5,Repairs,N,Y,,M1,N,N,self" for n, at in enumerate(moments)]


def looked_through(table: str) -> int:
    """How often this transaction has looked through a table so far."""
    with connection.cursor() as cursor:
        cursor.execute(SCANS, [table])
        return int(cursor.fetchone()[0])


def test_its_rows_are_not_each_compared_with_all_that_came_before_them(
    write: Write, bring_in: Import, as_owner: Callable[[], AbstractContextManager[None]]
) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE contacts_contactkey, contacts_matter, contacts_contact")
    before = looked_through("contacts_contactkey")
    bring_in(write(contacts=rows()))
    assert Contact.objects.count() == MANY and Matter.objects.count() == 2
    assert looked_through("contacts_contactkey") - before < 10


def test_while_the_database_has_nothing_to_do_it_is_given_what_has_been_read(
    write: Write, bring_in: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "BLOCK", 1_000)
    monkeypatch.setattr(course, "PIECE", 2_000)
    given: list[int] = []
    take = course.Course._take
    monkeypatch.setattr(
        course.Course, "_take", lambda self, file, held: (given.append(held.rows), take(self, file, held))
    )
    folder = write(contacts=rows())
    (folder / "matters.csv").unlink()
    bring_in(folder)
    # The first piece, long before a whole part has been read.
    assert given[0] == 2_000 and sum(given) == MANY
    assert Contact.objects.count() == MANY
