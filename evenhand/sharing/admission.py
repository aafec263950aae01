"""Who calls, may they, and was it too often: one statement for a call, since every check pays for it.

Counting writes only to tables that are not logged, so that it waits for no disk and holds its row no longer than it
takes: two calls of one key wait for each other's counting, not for each other's answers. Only where the look is logged
in the same statement (`api/glancing.py`) do they wait until it is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from evenhand.database import planned
from evenhand.sharing.key import digest_of
from evenhand.sharing.models.key import ACTOR, Audience, Key, KeyMinute, KeyPerson, Scope

MOST_A_CALL = 10
"""How many people a single check is reckoned to be about; calls about more say so."""
ADMISSION = """
    who AS (
        SELECT key.id, key.name, key.audience, key.scopes, key.calls_a_minute, key.people_a_day,
            key.revoked_at IS NOT NULL OR secret.valid_until <= %(at)s::timestamptz AS revoked,
            key.expires_on < %(day)s::date AS expired, key.last_used_on
        FROM sharing_keysecret secret JOIN sharing_key key ON key.id = secret.key_id
        WHERE secret.digest = %(digest)s::bytea
    ), counted AS (
        INSERT INTO sharing_keyminute AS counting (key_id, minute, calls, people)
        SELECT who.id, %(minute)s::timestamptz, 1,
            CASE WHEN EXISTS (
                SELECT FROM sharing_keyminute WHERE key_id = who.id AND minute = %(minute)s::timestamptz
            ) THEN 0 ELSE (
                SELECT count(*) FROM sharing_keyperson asked WHERE asked.key_id = who.id AND asked.day = %(day)s::date
            ) END
        FROM who WHERE who.revoked IS NOT TRUE AND who.expired IS NOT TRUE
        ON CONFLICT (key_id, minute) DO UPDATE SET calls = counting.calls + 1
        RETURNING calls, people
    )
"""
"""Parts of a WITH: in `who` is whose secret it is, if anybody's; in `counted` the call, if the key opens anything."""
ADMITTED = f"""
    {ADMISSION}, admitted AS (
        SELECT who.id AS key FROM who CROSS JOIN counted
        WHERE counted.calls <= who.calls_a_minute AND %(scope)s::text = ANY(who.scopes)
            AND counted.people + counted.calls * {MOST_A_CALL} + 1 <= who.people_a_day
    )
"""
"""The same, and a row in `admitted` if the key may ask, under a scope, about one person more without a count anew."""
CALLED = "who.*, counted.calls, counted.people"
"""What `read` reads, from `who LEFT JOIN counted ON true`."""
_ADMIT = f"WITH {ADMISSION} SELECT {CALLED} FROM who LEFT JOIN counted ON true"


@dataclass(frozen=True, slots=True)
class Caller:
    """A key that was recognised, on one call. `calls` counts this minute's, this one among them.

    `people` is about how many people it had asked today when the minute began.
    """

    key_id: int
    name: str
    audience: Audience
    scopes: frozenset[Scope]
    calls_a_minute: int
    people_a_day: int
    revoked: bool
    expired: bool
    calls: int
    people: int
    at: datetime
    day: date

    @property
    def actor_id(self) -> str:
        """Who it is in the log of looks."""
        return f"{ACTOR}{self.key_id}"

    @property
    def calls_too_often(self) -> bool:
        return self.calls > self.calls_a_minute


def admit(secret: str, at: datetime, day: date) -> Caller | None:
    """Recognises a secret and counts the call; None for one nobody has. In: the moment, and the landlord's day."""
    with planned.cursor() as cursor:
        cursor.execute(_ADMIT, values(secret, at, day))
        row = cursor.fetchone()
    return read(row, at, day) if row else None


def values(secret: str, at: datetime, day: date) -> dict[str, Any]:
    """What `ADMISSION` asks for."""
    return {"digest": digest_of(secret), "at": at, "day": day, "minute": at.replace(second=0, microsecond=0)}


def read(row: Sequence[Any], at: datetime, day: date) -> Caller:
    """Who calls, from a row of `CALLED`. That the key was used on the day is kept, once."""
    key_id, name, audience, scopes, calls, people, revoked, expired, last_used_on, called, asked = row
    if last_used_on != day and not revoked and not expired:
        Key.objects.filter(pk=key_id).update(last_used_on=day)
    return Caller(
        key_id=key_id,
        name=name,
        audience=Audience(audience),
        scopes=frozenset(map(Scope, scopes)),
        calls_a_minute=calls,
        people_a_day=people,
        revoked=bool(revoked),
        expired=bool(expired),
        calls=called or 0,
        people=asked or 0,
        at=at,
        day=day,
    )


def seconds_to_next_minute(at: datetime) -> int:
    """How long until the count of calls begins anew: from 1 to 60."""
    return 60 - at.second


def may_ask(caller: Caller, people: Iterable[int], homes: Iterable[int] = ()) -> list[int] | None:
    """Whom a call asks about, as they are noted; None where that is more than the key may ask about today.

    A home that is asked about counts as one person: else every home could be asked about, one UPRN after the other.
    Those it has asked about before today are always within it. `calls` since the minute began bound what the count may
    have grown by, so that it is taken anew only near the limit.
    """
    # One table for both: homes are kept under their negative.
    ids = sorted({*people, *(-home for home in homes)})
    return None if ids and is_near_limit(caller, len(ids)) and not _room(caller, ids) else ids


def is_spent(caller: Caller) -> bool:
    """Whether a key has asked about as many people as it may today: then no question of its is looked at any more, so
    that whom there is cannot be told from what is refused. One query, and none far from the limit."""
    if not is_near_limit(caller, 1):
        return False
    return KeyPerson.objects.filter(key_id=caller.key_id, day=caller.day).count() >= caller.people_a_day


def seconds_to_next_day(caller: Caller) -> int:
    """How long until the landlord's day ends, and the count of people begins anew: at least 1."""
    midnight = datetime.combine(caller.day + timedelta(days=1), time.min, ZoneInfo(settings.TIME_ZONE))
    return max(1, int((midnight - caller.at).total_seconds()))


def is_near_limit(caller: Caller, people: int) -> bool:
    """Whether so many more people could be more than the key may ask about today, so that it must be counted."""
    return caller.people + caller.calls * MOST_A_CALL + people > caller.people_a_day


NOTE = (
    "INSERT INTO sharing_keyperson (key_id, day, person_id)"
    " SELECT %(key)s::bigint, %(day)s::date, unnest(%(ids)s::bigint[]) ON CONFLICT DO NOTHING"
)
"""Notes whom a key asks about, each once a day: with the look, in one statement, or by itself."""
NOTE_CALM = (
    "INSERT INTO sharing_keyperson (key_id, day, person_id)"
    " SELECT admitted.key, %(day)s::date, calm.id FROM calm CROSS JOIN admitted ON CONFLICT DO NOTHING"
)
"""The same of the one person whom a glance finds calm (`evenhand.cases.glance`), by the key that was admitted."""


def ask_about(caller: Caller, people: Iterable[int], homes: Iterable[int] = ()) -> bool:
    """Notes whom a key asks about. Out: whether all of them are within what it may ask today.

    If not, as many are noted as still may be: what is refused tells how many there are, so it uses up the day.
    """
    ids = may_ask(caller, people, homes)
    if ids is None:
        _use_up(caller, sorted({*people, *(-home for home in homes)}))
        return False
    if ids:
        _note(caller, ids)
    return True


def _note(caller: Caller, ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NOTE, {"key": caller.key_id, "day": caller.day, "ids": ids})
        if len(ids) > MOST_A_CALL:
            # More than the bound above reckons with: what later calls of this minute begin from grows.
            cursor.execute(
                "UPDATE sharing_keyminute SET people = people + %s WHERE key_id = %s AND minute = ("
                "SELECT max(minute) FROM sharing_keyminute WHERE key_id = %s)",
                [len(ids), caller.key_id, caller.key_id],
            )


def _use_up(caller: Caller, ids: list[int]) -> None:
    asked = KeyPerson.objects.filter(key_id=caller.key_id, day=caller.day)
    known = set(asked.filter(person_id__in=ids).values_list("person_id", flat=True))
    _note(caller, [each for each in ids if each not in known][: max(0, caller.people_a_day - asked.count())])


def _room(caller: Caller, ids: list[int]) -> bool:
    asked = KeyPerson.objects.filter(key_id=caller.key_id, day=caller.day)
    new = len(ids) - asked.filter(person_id__in=ids).count()
    return not new or asked.count() + new <= caller.people_a_day


def people_asked(day: date) -> dict[int, int]:
    """How many different people each key asked about on a day, by key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT key_id, count(*) FROM sharing_keyperson WHERE day = %s GROUP BY key_id", [day])
        return dict(cursor.fetchall())


def forget_counts(at: datetime, day: date) -> None:
    """Drops counts nobody needs any more: of minutes past an hour ago, of people a month ago."""
    KeyMinute.objects.filter(minute__lt=at.astimezone(UTC) - timedelta(hours=1)).delete()
    KeyPerson.objects.filter(day__lt=day - timedelta(days=31)).delete()
