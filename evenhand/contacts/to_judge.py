"""E1, rule 1: contacts of other systems that are yet to be held against the limits: noted with the contact, judged
afterwards. Nothing that brings a contact in waits for it.

Recent ones are noted one by one. Of older ones only whose they are is noted, and since when: a year of history that is
brought in once is nobody's work to read, and nearly nobody has a limit that it could be outside of.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction
from django.utils.timezone import make_aware
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from evenhand.contacts.log import BY_HAND
from evenhand.contacts.models import CameLate, Contact, ToJudge, ToRead
from evenhand.contacts.models.contact import Direction
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
# Each person once a part: a long history names the same few again and again.
_LATE = """
INSERT INTO late_contacts (person, person_ref, since)
SELECT NULL::bigint, person_ref, min(at) FROM staged_contacts
WHERE at < %(since)s AND direction = 'in' AND person_ref <> '' GROUP BY person_ref
UNION ALL
SELECT contact.person_id, '', least(contact.at, corrected.was_at)
FROM staged_contacts staged JOIN corrected_contacts corrected USING (id)
JOIN contacts_contact contact ON contact.id = staged.id AND contact.at = staged.at
WHERE contact.person_id IS NOT NULL AND least(contact.at, corrected.was_at) < %(since)s
"""
_LATE_OF_PEOPLE = """
INSERT INTO contacts_camelate AS noted (person, since)
SELECT person, min(since) FROM (
    SELECT people.id AS person, late.since
    FROM (SELECT person_ref, min(since) AS since FROM late_contacts WHERE person IS NULL GROUP BY person_ref) late
    JOIN people_person people ON people.source = %(register)s AND people.ref = late.person_ref
    UNION ALL
    SELECT person, since FROM late_contacts WHERE person IS NOT NULL
) late GROUP BY person
ON CONFLICT (person) DO UPDATE SET since = least(noted.since, excluded.since)
"""
# What a person has read or heard already keeps what they found.
_SPREAD = """
INSERT INTO contacts_tojudge (contact, at)
SELECT contact.id, contact.at FROM unnest(%(people)s::bigint[], %(since)s::timestamptz[]) late (person, since)
JOIN contacts_contact contact ON contact.person_id = late.person AND contact.at >= late.since
WHERE contact.direction = 'in' AND contact.source <> %(by_hand)s
AND NOT EXISTS (SELECT FROM contacts_toread reading WHERE reading.contact = contact.id AND reading.read_at IS NOT NULL)
ON CONFLICT (contact) DO NOTHING
"""


def since(day: date) -> datetime:
    """From when on contacts are read for a hazard, on the landlord's `day`: the beginning of a day not long ago."""
    back = timedelta(days=Terms(**landlord.setting().terms).judged_days)
    return make_aware(datetime.combine(day - back, time.min))


def staged(first: datetime) -> int:
    """Notes the staged contacts that are new or say something new, if they came since `first`, and every one that is
    read already or waits for it. Whom the older ones name is put aside for `note_late`. They have been written, and
    some of them said something new. Out: how many are noted.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAGED, {"since": first})
        noted = int(cursor.rowcount)
        cursor.execute(_LATE, {"since": first})
        return noted


def note_late(register: str) -> int:
    """Notes whose contacts came late in all that `staged` has seen. In: the source of the people they name. Out: how
    many people."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE late_contacts")
        cursor.execute(_LATE_OF_PEOPLE, {"register": register})
        return int(cursor.rowcount)


def late() -> dict[int, datetime]:
    """Of whom contacts came late, by record, and since when they are to be judged. They stay noted until `spread`."""
    rows = CameLate.objects.select_for_update(skip_locked=True).order_by("person")
    return dict(rows.values_list("person", "since"))


def spread(among: Collection[int], since: Mapping[int, datetime]) -> None:
    """Of the people that `late` gave, the contacts of those whom a limit binds are noted one by one; of the others
    there is nothing to judge. In: also each record of those few, and since when its contacts are noted."""
    with connection.cursor() as cursor:
        cursor.execute(_SPREAD, {"people": [*since], "since": [*since.values()], "by_hand": BY_HAND})
        cursor.execute("DELETE FROM contacts_camelate WHERE person = ANY(%s)", [list(among)])


def places() -> dict[int, int]:
    """The place among the staged rows of each that was noted, by its contact."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, line FROM staged_contacts JOIN contacts_tojudge ON contact = id")
        return dict(cursor.fetchall())


def matched(contact: int, at: datetime, person: int) -> None:
    """Notes a contact that was found to be somebody's, with all of theirs since, and calls whoever judges them."""
    ToJudge.objects.update_or_create(contact=contact, defaults={"at": at})
    again([person], at)


def again(people: Iterable[int], since: datetime) -> None:
    """Notes that all these records' contacts since then are to be judged again, and calls whoever judges them: another
    has come before them, or they are somebody else's than was thought."""
    for person in people:
        row, new = CameLate.objects.get_or_create(person=person, defaults={"since": since})
        if not new and since < row.since:
            CameLate.objects.filter(person=person).update(since=since)
    call()


def belongs_to_others(people: Collection[int], since: datetime) -> None:
    """The same where these records turn out to be one person's, or not to be: what waits to be read of any of them is
    judged again too, so that nothing waits for a limit that is not theirs."""
    waiting = ToRead.objects.filter(person__in=list(people), read_at=None)
    noted = [ToJudge(contact=contact, at=at) for contact, at in waiting.values_list("contact", "at")]
    ToJudge.objects.bulk_create(noted, ignore_conflicts=True)
    again(people, since)


def logged_behind(people: Collection[int], at: datetime) -> None:
    """The same after one that a colleague logged for a moment that is over, if others came after it. Of contacts that
    are logged as they come there are none, and one query says so."""
    after = Contact.objects.filter(person__in=list(people), at__gt=at, direction=Direction.IN).exclude(source=BY_HAND)
    if behind := [key for key in after.values_list("person", flat=True).order_by().distinct() if key]:
        again(behind, at)


def call() -> None:
    """Has what is noted judged as soon as a worker is free, if that is not asked already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(JUDGE, queueing_lock=JUDGE).defer(timestamp=0)


def take(only: Collection[int] | None = None) -> dict[int, Contact | None]:
    """Takes what is noted off the list, at most so many, or of these contacts alone. Out: each by its number, the
    earliest first; None for one that is gone. Within a transaction: if that is undone, they are noted still."""
    rows = ToJudge.objects.select_for_update(skip_locked=True).order_by("at", "contact")
    found = list((rows if only is None else rows.filter(contact__in=list(only)))[:MOST])
    if not found:
        return {}
    ToJudge.objects.filter(contact__in=[row.contact for row in found]).delete()
    first, last = min(row.at for row in found), max(row.at for row in found)
    there = Contact.objects.filter(id__in=[row.contact for row in found], at__gte=first, at__lte=last)
    by_id: dict[int, Contact | None] = {contact.id: contact for contact in there.order_by("at", "id")}
    return by_id | {row.contact: None for row in found if row.contact not in by_id}
