"""Contacts that are too old are kept only as totals: how many and how long, and nothing that was said.

Those of people on whom a case still rests are kept whole, until the case itself has been disposed of.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from django.db import connection, transaction

from evenhand.contacts import months
from evenhand.people import landlord
from evenhand.policy.terms import Terms, months_after


def kept_since(day: date) -> date:
    """The first day of which contacts are kept whole, on the landlord's `day`: always the first of a month."""
    kept_months = Terms(**landlord.setting().terms).contact_months
    return months_after(day.replace(day=1), -kept_months)


def forget(day: date, relied_on: Collection[int]) -> dict[date, int]:
    """Makes totals of every month that is over its time, and lets go of the months that are empty then.

    In: the landlord's day, and the records of people whose contacts are kept whole. Out: how many contacts became
    totals, by month. Each month is a transaction of its own: broken off, it goes on where it was.
    """
    first = datetime.combine(kept_since(day), time.min, UTC)
    done = {}
    for month in [each for each in months.kept() if each < first]:
        with transaction.atomic():
            forgotten = _sum_up(month, relied_on)
        months.drop(month)
        if forgotten:
            done[month.date()] = forgotten
    return done


def _sum_up(month: datetime, relied_on: Collection[int]) -> int:
    until = datetime.combine(months_after(month.date(), 1), time.min, UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH gone AS (
                DELETE FROM contacts_contact WHERE at >= %(since)s AND at < %(until)s
                AND (person_id IS NULL OR person_id <> ALL (%(relied_on)s)) RETURNING *
            ), keys AS (
                DELETE FROM contacts_contactkey key USING gone WHERE key.source = gone.source AND key.ref = gone.ref
            ), waited AS (
                DELETE FROM contacts_unmatched waited USING gone WHERE waited.contact = gone.id
            ), outside AS (
                DELETE FROM contacts_toread reading USING gone WHERE reading.contact = gone.id
            ), summed AS (
                INSERT INTO contacts_contacttotal AS kept
                    (person_id, month, channel, direction, matter_kind, contacts, timed, minutes)
                SELECT gone.person_id, %(month)s, gone.channel, gone.direction, coalesce(matter.kind, ''), count(*),
                    count(gone.minutes), coalesce(sum(gone.minutes), 0)
                FROM gone LEFT JOIN contacts_matter matter ON matter.id = gone.matter_id
                GROUP BY gone.person_id, gone.channel, gone.direction, coalesce(matter.kind, '')
                ON CONFLICT (person_id, month, channel, direction, matter_kind) DO UPDATE SET
                    contacts = kept.contacts + excluded.contacts, timed = kept.timed + excluded.timed,
                    minutes = kept.minutes + excluded.minutes
            )
            SELECT count(*) FROM gone
            """,
            {"since": month, "until": until, "month": month.date(), "relied_on": list(relied_on)},
        )
        return int(cursor.fetchone()[0])
