"""The months contacts lie in: each has its partition before anything is written to it.

The application owns no table. What is done here is done by the database's own functions, with the owner's rights.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.db import connection

from evenhand.policy.terms import months_after

AHEAD = 2
"""How many months beyond the present one stand ready, should no worker run for a while."""


def make(moments: Iterable[datetime]) -> int:
    """Makes the partition of every month in which one of the moments lies. Out: how many were missing."""
    months = {moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0) for moment in moments}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE contacts_make_month(month)) FROM unnest(%s::timestamptz[]) AS month",
            [sorted(months)],
        )
        return int(cursor.fetchone()[0])


def make_ahead(at: datetime) -> int:
    """Makes this month and those to come. Out: how many were missing."""
    today = at.astimezone(UTC).date()
    return make_all(today, months_after(today.replace(day=1), AHEAD))


def make_all(since: date, until: date) -> int:
    """Makes every month from one day's to another's. Out: how many were missing."""
    count = (until.year - since.year) * 12 + until.month - since.month + 1
    first = since.replace(day=1)
    return make(datetime.combine(months_after(first, n), time.min, UTC) for n in range(count))


def staged() -> list[datetime]:
    """A moment of each month in which a staged contact lies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT date_trunc('month', at, 'UTC') FROM staged_contacts")
        return [month for (month,) in cursor.fetchall()]


def kept() -> list[datetime]:
    """The first moment of each month that has a partition, the earliest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_timestamp(right(inhrelid::regclass::text, 7) || ' +00', 'YYYY_MM TZH') FROM pg_inherits"
            " WHERE inhparent = 'contacts_contact'::regclass AND inhrelid <> 'contacts_contact_default'::regclass"
            " ORDER BY 1"
        )
        return [moment for (moment,) in cursor.fetchall()]


def drop(month: datetime) -> bool:
    """Takes away the partition of a month in which no contact is left. Out: whether it went."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT contacts_drop_month(%s)", [month])
        return bool(cursor.fetchone()[0])


def strayed() -> int:
    """How many contacts lie in no month of their own. It should be none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contacts_contact_default")
        return int(cursor.fetchone()[0])


def learn_sizes() -> None:
    """Lets the database count its rows anew after many were brought in: the plan of a question depends on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT contacts_learn_sizes()")
