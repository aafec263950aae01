"""C2: who has to be measured again: the person a contact or matter is about, or everybody after a large import."""

from collections.abc import Iterable, Mapping
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

_SETTLED = """
DELETE FROM contacts_tomeasure waiting USING unnest(%s::bigint[], %s::text[]) AS noted (person_id, note)
WHERE waiting.person_id = noted.person_id AND waiting.xmin::text = noted.note
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


def noted(most: int | None = None) -> dict[int, str]:
    """Whose contacts or matters have changed, those noted longest ago first, each with its note.

    Whoever changes once more is noted anew: the note is then another, though it may give the same moment.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, xmin::text FROM contacts_tomeasure ORDER BY since, person_id LIMIT %s", [most]
        )
        return dict(cursor.fetchall())


def settled(notes: Mapping[int, str]) -> None:
    """These were measured since they were noted; those who have changed once more meanwhile stay noted.

    The last that a transaction does: until it ends, a contact of theirs that comes waits for it.
    """
    # Two who join these records hold them, and note them then: they are waited for before they could wait for us.
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(_SETTLED, [list(notes), list(notes.values())])
