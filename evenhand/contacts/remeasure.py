"""C2: who has to be measured again: the person a contact or matter is about, or everybody after a large import."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from evenhand.contacts.models import ToMeasure

EVERYBODY = "measure_everybody"
"""The job that measures everybody, under its name: `contacts/tasks.py` stands above this."""

_STAGED = """
INSERT INTO contacts_tomeasure (person_id, since)
SELECT person.id, now() FROM people_person person
WHERE person.source = %s AND person.ref IN (
    SELECT person_ref FROM staged_contacts UNION SELECT person_ref FROM staged_matters
)
ON CONFLICT (person_id) DO UPDATE SET since = excluded.since
"""


def people(ids: Iterable[int], at: datetime) -> None:
    """These records' contacts or matters have changed: they are measured again before they are next shown."""
    ToMeasure.objects.bulk_create(
        (ToMeasure(person_id=person, since=at) for person in ids),
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["since"],
    )


def staged(register: str) -> None:
    """The same for everyone whom the staged rows name, by their references in that register."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGED, [register])


def everybody() -> None:
    """Has everybody measured as soon as a worker is free, if that is not asked already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(EVERYBODY, queueing_lock=EVERYBODY).defer(timestamp=0)
