"""Jobs outlive what carries them out: one whose worker died is done again, one that lost the database waits for it.

Every job may therefore be begun more than once. None minds: rows in the database say who is at what (a letter claimed,
a list being checked), and a job that finds its work done does nothing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import IntegrityError, connection, transaction

from evenhand.database.trouble import trouble_in

log = logging.getLogger(__name__)
SILENT = 30
"""Seconds without a sign of life after which a worker is taken for dead. A living one gives a sign every ten."""
MOST_TIMES = 20
"""A job that so many workers died of is not begun again: it may be what they died of."""
PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, *[60.0] * 60)
"""Seconds between one try and the next, for about an hour."""

_LEFT = """
    SELECT job.id, job.task_name, job.attempts, job.worker_id
    FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
      AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
    ORDER BY job.id
"""
# Only while it is still the very try that was found: another worker may have taken it up meanwhile.
_SAME = " WHERE id = %s AND status = 'doing' AND attempts = %s AND worker_id IS NOT DISTINCT FROM %s"
_AGAIN = "UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, worker_id = NULL, scheduled_at = NULL"
_GIVE_UP = "UPDATE procrastinate_jobs SET status = 'failed'"
_AWAY = "DELETE FROM procrastinate_jobs"


async def waits_for_the_database(call_next: Callable[[], Awaitable[Any]], context: Any, worker: Any) -> Any:
    """Around every job: what the database could not do just now is done again, for about an hour. A job that fails for
    any other reason fails at once."""
    for pause in PAUSES:
        try:
            return await call_next()
        except Exception as error:
            trouble = trouble_in(error)
            if trouble is None or not trouble.passes:
                raise
            log.warning("%s. Job %s is done again.", trouble.value, context.job.task_name)
            await asyncio.sleep(pause)
    return await call_next()


def take_up(silent: float = SILENT) -> int:
    """Lets every job be done again whose worker died on the way. Out: how many. `silent`: seconds, see `SILENT`."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, [silent])
        left = cursor.fetchall()
    return sum(_again(*each) for each in left)


def _again(job: int, name: str, attempts: int, worker: int | None) -> bool:
    if attempts >= MOST_TIMES:
        log.error("The worker died of job %s %s times. It is not begun again.", name, attempts)
        _change(_GIVE_UP, job, attempts, worker)
        return False
    try:
        with transaction.atomic():
            return _change(_AGAIN, job, attempts, worker)
    except IntegrityError:
        # One of the same queueing lock waits already, and will do what this one would have done.
        _change(_AWAY, job, attempts, worker)
        return False


def _change(what: str, job: int, attempts: int, worker: int | None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(what + _SAME, [job, attempts, worker])
        return bool(cursor.rowcount)
