"""E1, rule 1: contacts of other systems that are yet to be held against the limits: noted with the contact, judged
afterwards. Nothing that brings a contact in waits for it.

Only recent ones are noted: a year of history that is brought in once is nobody's work to read.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.utils.timezone import make_aware
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from evenhand.contacts.models import Contact, ToJudge
from evenhand.people import landlord
from evenhand.policy.terms import Terms

JUDGE = "judge_contacts"
"""The job, of a floor above, that judges them. It also runs now and then, should one not have been called."""
MOST = 5_000
"""How many are judged together."""

# A row that said nothing new keeps a number no contact has, and so is not found again.
_STAGED = """
INSERT INTO contacts_tojudge (contact, at)
SELECT contact.id, contact.at FROM staged_contacts staged
JOIN contacts_contact contact ON contact.id = staged.id AND contact.at = staged.at
WHERE staged.at >= %(since)s AND contact.at >= %(since)s AND staged.direction = 'in' AND contact.person_id IS NOT NULL
UNION
SELECT staged.id, staged.at FROM staged_contacts staged JOIN corrected_contacts USING (id)
JOIN contacts_toread reading ON reading.contact = staged.id
ON CONFLICT (contact) DO UPDATE SET at = excluded.at
"""


def since(day: date) -> datetime:
    """From when on contacts are judged, on the landlord's `day`: the beginning of a day not long ago."""
    back = timedelta(days=Terms(**landlord.setting().terms).judged_days)
    return make_aware(datetime.combine(day - back, time.min))


def staged(first: datetime) -> int:
    """Notes the staged contacts that are new or say something new, if they came since `first`; and every one that is
    read already or waits for it. They have been written. Out: how many."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGED, {"since": first})
        return int(cursor.rowcount)


def places() -> dict[int, int]:
    """The place among the staged rows of each that was noted, by its contact."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, line FROM staged_contacts JOIN contacts_tojudge ON contact = id")
        return dict(cursor.fetchall())


def matched(contact: int, at: datetime) -> None:
    """Notes a contact that was found to be somebody's, and calls whoever judges it."""
    ToJudge.objects.update_or_create(contact=contact, defaults={"at": at})
    call()


def call() -> None:
    """Has what is noted judged as soon as a worker is free, if that is not asked already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(JUDGE, queueing_lock=JUDGE).defer(timestamp=0)


def take(only: Collection[int] | None = None) -> dict[int, Contact | None]:
    """Takes what is noted off the list, at most so many, or of these contacts alone. Out: each by its number, the
    earliest first; None for one that is gone. Within a transaction: if that is undone, they are noted still."""
    rows = ToJudge.objects.select_for_update(skip_locked=True).order_by("contact")
    found = list((rows if only is None else rows.filter(contact__in=list(only)))[:MOST])
    if not found:
        return {}
    ToJudge.objects.filter(contact__in=[row.contact for row in found]).delete()
    first, last = min(row.at for row in found), max(row.at for row in found)
    there = Contact.objects.filter(id__in=[row.contact for row in found], at__gte=first, at__lte=last)
    by_id: dict[int, Contact | None] = {contact.id: contact for contact in there.order_by("at", "id")}
    return by_id | {row.contact: None for row in found if row.contact not in by_id}
