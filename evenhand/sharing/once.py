"""A write that is sent again is done once: its first answer is kept, and given again.

The row of the idempotency key is written first, in the transaction of the write itself: a second call with the same key
waits for the first at that row, and finds its answer there, or takes its place if it came to nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable

from evenhand.sharing.models.key import KeptAnswer

KEPT = timedelta(days=3)
"""How long an answer is kept: as long as anyone goes on trying."""
WAIT = "5s"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a write was answered: the status, and the body as it was sent."""

    status: int
    body: str
    repeated: bool = False


class StillRunning(Exception):
    """The same write is being done by another call and has not come to its end."""


class UsedForAnother(Exception):
    """The idempotency key came with another body, or to another address."""


def once(key_id: int, idempotency_key: str, digest: bytes, at: datetime, write: Callable[[], Answer]) -> Answer:
    """Does a write if nobody did it under this idempotency key of this key. Out: its answer, the first or the kept.

    In: the digest of address and body; `write` runs in the transaction that keeps its answer, and what it raises
    undoes both. Raises `StillRunning` and `UsedForAnother`.
    """
    try:
        with transaction.atomic(durable=not connection.in_atomic_block):
            if kept := _claim(key_id, idempotency_key, digest, at):
                return kept
            answer = write()
            KeptAnswer.objects.filter(key_id=key_id, idempotency_key=idempotency_key).update(
                status=answer.status, body=answer.body
            )
            return answer
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise StillRunning from error
        raise


def _claim(key_id: int, idempotency_key: str, digest: bytes, at: datetime) -> Answer | None:
    """Takes the idempotency key; None if it was free, else what was answered under it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
        cursor.execute(
            "INSERT INTO sharing_keptanswer (key_id, idempotency_key, digest, status, body, at)"
            " VALUES (%s, %s, %s, 0, '', %s) ON CONFLICT (key_id, idempotency_key) DO NOTHING",
            [key_id, idempotency_key, digest, at],
        )
        free = cursor.rowcount == 1
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    if free:
        return None
    kept = KeptAnswer.objects.get(key_id=key_id, idempotency_key=idempotency_key)
    if bytes(kept.digest) != digest:
        raise UsedForAnother
    return Answer(kept.status, kept.body, repeated=True)


def forget(at: datetime) -> int:
    """Drops answers nobody will ask for again. Out: how many."""
    return KeptAnswer.objects.filter(at__lt=at - KEPT).delete()[0]
