"""When nothing happens any more: the log followed to its end, and every message and job waited for."""

import time
from collections.abc import Iterator

from django.db import connection
from django.utils import timezone

from evenhand.cases.circumstances import Moment
from evenhand.sharing import following
from evenhand.sharing.models import Delivery, Follower
from evenhand.sharing.models.webhook import DeliveryState

PATIENCE = 90
PAUSE = 0.5
_JOBS = """
    SELECT count(*) FROM procrastinate_jobs
    WHERE status = 'doing' OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))
"""


def still_waiting() -> Iterator[str]:
    """What still waits after a while, in words; nothing where the web and the worker have done all."""
    swept()
    began = time.monotonic()
    while waiting := messages() + jobs():
        if time.monotonic() - began > PATIENCE:
            yield f"{waiting} messages and jobs"
            return
        time.sleep(PAUSE)


def swept() -> None:
    """What the worker does every ten minutes, now: it finds whoever was told of a control in the moment it ended."""
    Follower.objects.update(swept_at=None)
    while Follower.objects.filter(swept_at=None).exists():
        following.follow(Moment(timezone.now(), timezone.localdate()))
        time.sleep(PAUSE)


def messages() -> int:
    return Delivery.objects.filter(state=DeliveryState.WAITING).count()


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_JOBS)
        return int(cursor.fetchone()[0])
