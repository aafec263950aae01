"""Each day's head: one hash over every case's last link and over the head before it, made from a single snapshot.

Whoever owns the database can rewrite a case and every link of it. They cannot make the result agree with a head that
has left the database. A head holds the last link of each case that grew since the head before; the others are bound by
the chain of heads. It tells nothing by itself: not how many cases there are, nor whether anything happened (rule 22).
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db import IntegrityError, connection
from django.utils import timezone

from evenhand.cases import models
from evenhand.cases.circumstances import Moment
from evenhand.cases.log import START, canonical
from evenhand.database.snapshot import one_snapshot

Member = tuple[int, str, int, bytes]
"""A case's key and reference, the number of its last event, and that event's link."""

GROWN = """
SELECT found.id, found.reference, last.number, last.link
FROM cases_case found
CROSS JOIN LATERAL (
    SELECT number, link FROM cases_event WHERE case_id = found.id AND at < %(until)s ORDER BY number DESC LIMIT 1
) last
WHERE last.number > coalesce((SELECT max(number) FROM cases_headmember WHERE case_id = found.id), 0)
ORDER BY found.reference
"""


def leaf_of(reference: str, number: int, link: bytes) -> str:
    """What stands for one case in a head. Without the link, which no page shows, it cannot be guessed."""
    return hashlib.sha256(canonical([reference, number, link.hex()]).encode()).hexdigest()


def head_of(row: models.Head, leaves: Iterable[str]) -> bytes:
    """The hash itself: over the head before, when it was made and for which day, and its cases' leaves in order."""
    until, made_at = (moment.astimezone(UTC) for moment in (row.until, row.made_at))
    said = [row.number, row.day.isoformat(), until.isoformat(timespec="microseconds")]
    said += [made_at.isoformat(timespec="microseconds"), row.note, bytes(row.salt).hex(), sorted(leaves)]
    return hashlib.sha256(bytes(row.previous) + canonical(said).encode()).digest()


def make_missing(now: Moment) -> list[models.Head]:
    """A head for each day since the last that has none, up to yesterday; each from a snapshot of its own.

    A day that was missed gets its head late, and the head says when it was made. Out: those made, the oldest first.
    """
    made = []
    for day in missing(now.day):
        if (head := _in_one_snapshot(day, end_of(day), now.at, "")) is None:
            break
        made.append(head)
    return made


def make_now(now: Moment, note: str) -> models.Head | None:
    """A head outside the days, with the reason in it: everything there is at this moment."""
    return _in_one_snapshot(now.day, now.at, now.at, note)


def missing(today: date) -> Iterator[date]:
    """The days before `today` that have no head yet. Before the first head only yesterday is one."""
    yesterday = today - timedelta(days=1)
    last = models.Head.objects.filter(note="").order_by("-day").values_list("day", flat=True).first()
    day = last + timedelta(days=1) if last else yesterday
    while day <= yesterday:
        yield day
        day += timedelta(days=1)


def end_of(day: date) -> datetime:
    """The moment at which the landlord's day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, timezone.get_default_timezone())


def _in_one_snapshot(day: date, until: datetime, at: datetime, note: str) -> models.Head | None:
    """None where another worker was quicker: a number is given once, and a day has one head."""
    try:
        with one_snapshot():
            return _make(day, until, at, note)
    except IntegrityError:
        return None


def _make(day: date, until: datetime, at: datetime, note: str) -> models.Head:
    last = models.Head.objects.order_by("-number").first()
    grown = _grown(until)
    row = models.Head(number=last.number + 1 if last else 1, day=day, until=until, made_at=at, note=note)
    row.salt, row.previous = secrets.token_bytes(16), bytes(last.head) if last else START
    row.head = head_of(row, (leaf_of(reference, number, link) for _, reference, number, link in grown))
    row.save(force_insert=True)
    models.HeadMember.objects.bulk_create(
        [models.HeadMember(head=row, case_id=case, number=number, link=link) for case, _, number, link in grown],
        batch_size=2000,
    )
    return row


def _grown(until: datetime) -> list[Member]:
    with connection.cursor() as cursor:
        cursor.execute(GROWN, {"until": until})
        return [(case, reference, number, bytes(link)) for case, reference, number, link in cursor.fetchall()]
