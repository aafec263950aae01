"""Events to rows and back, each row chained to the one before it."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from evenhand.cases import models
from evenhand.database import planned
from evenhand.policy.case import Case, replay
from evenhand.policy.events.disposal import CaseDisposed
from evenhand.policy.events.event import Event
from evenhand.policy.events.plain import from_plain, to_plain
from evenhand.policy.staff import SYSTEM

START = b"\x00" * 32
"""What the first event of a case is chained to."""


_TOLD = """
    SELECT event.number, event.kind, event.at, event."on", event."by", facts.said
    FROM cases_event event JOIN cases_facts facts ON facts.event_id = event.id
    WHERE event.case_id = %(case)s::bigint ORDER BY event.number
"""
_LAST_LINK = "SELECT link FROM cases_event WHERE case_id = %(case)s::bigint ORDER BY number DESC LIMIT 1"
_ADDED = """
    WITH made AS (
        INSERT INTO cases_event (case_id, number, kind, at, "on", "by", digest, link)
        SELECT %(case)s::bigint, * FROM unnest(
            %(number)s::integer[], %(kind)s::varchar[], %(at)s::timestamptz[], %(on)s::date[], %(by)s::varchar[],
            %(digest)s::bytea[], %(link)s::bytea[]
        )
        RETURNING id, number
    )
    INSERT INTO cases_facts (event_id, said, key)
    SELECT made.id, facts.said, facts.key
    FROM made JOIN unnest(%(number)s::integer[], %(said)s::text[], %(key)s::bytea[]) AS facts (number, said, key)
        USING (number)
"""
"""Events and their facts: in one statement, so that neither is ever there without the other."""
_KEPT = ("number", "kind", "at", "on", "by", "digest", "link")


@dataclass(frozen=True, slots=True)
class Entry:
    """One event with its number in the log."""

    number: int
    event: Event


def canonical(facts: object) -> str:
    """The one way in which facts are written down, so that the text stored is the text hashed."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(said: str, key: bytes) -> bytes:
    """An HMAC under a key of the event's own: without the key, a short answer cannot be guessed back."""
    return hmac.digest(key, said.encode(), "sha256")


def link_of(before: bytes, reference: str, row: models.Event) -> bytes:
    """The chain: everything that a row keeps, on top of the link before it."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    line = canonical([reference, row.number, row.kind, at, row.on.isoformat(), row.by, bytes(row.digest).hex()])
    return hashlib.sha256(before + line.encode()).digest()


def entries_of(row: models.Case) -> list[Entry]:
    """Everything that happened in the case, in order; what was disposed of is left out. One query."""
    with planned.cursor() as cursor:
        cursor.execute(_TOLD, {"case": row.pk})
        return [
            Entry(number, from_plain(kind, at.astimezone(UTC), on, by, json.loads(said)))
            for number, kind, at, on, by, said in cursor.fetchall()
        ]


def disposed_upto(row: models.Event) -> int:
    """The number of the last event whose facts this one says were disposed of; 0 for every other kind of event."""
    return int(json.loads(row.facts.said)["upto"]) if row.kind == CaseDisposed.__name__ else 0


def read(row: models.Event) -> Event:
    return from_plain(row.kind, row.at.astimezone(UTC), row.on, row.by, json.loads(row.facts.said))


def case_of(entries: Iterable[Entry], start: Case | None = None) -> Case:
    """Where the case stands after these, from the beginning or from `start`."""
    return replay((entry.event for entry in entries), start)


def append(row: models.Case, events: Iterable[Event]) -> list[Entry]:
    """Add events to a case whose row is locked. Moves the row's last numbers; the caller saves the row."""
    events = list(events)
    if not events:
        return []
    before, rows, entries = _last_link(row), [], []
    for number, event in enumerate(events, row.last_number + 1):
        said, key = canonical(to_plain(event)), secrets.token_bytes(32)
        made = models.Event(
            number=number,
            kind=type(event).__name__,
            at=event.at,
            on=event.on,
            by=event.by,
            digest=digest_of(said, key),
        )
        made.link = before = link_of(before, row.reference, made)
        rows.append({"said": said, "key": key, **{name: getattr(made, name) for name in _KEPT}})
        entries.append(Entry(number, event))
        row.last_number, row.last_at = number, event.at
        if event.by != SYSTEM.id:
            row.last_by_person = number
    with planned.cursor() as cursor:
        cursor.execute(_ADDED, {"case": row.pk, **{name: [each[name] for each in rows] for name in rows[0]}})
    return entries


def _last_link(row: models.Case) -> bytes:
    with planned.cursor() as cursor:
        cursor.execute(_LAST_LINK, {"case": row.pk})
        found = cursor.fetchone()
    return bytes(found[0]) if found else START
