"""In the soak's world, when nothing happens any more: the log followed to its end, and every message and job let go.

`python -m tests.soak.settle` ends with 0 once nothing waits, with 1 where something still does after a while.
"""

import sys
import time

from tests.bench.inside import ready

ready()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from evenhand.cases.circumstances import Moment  # noqa: E402
from evenhand.sharing import following  # noqa: E402
from evenhand.sharing.models import Delivery  # noqa: E402
from evenhand.sharing.models.webhook import DeliveryState  # noqa: E402

PATIENCE = 90
PAUSE = 0.5
_JOBS = """
    SELECT count(*) FROM procrastinate_jobs
    WHERE status = 'doing' OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now()))
"""


def main() -> int:
    # What the worker does every ten minutes: it finds whoever was told of a control in the moment it ended.
    following.follow(Moment(timezone.now() + following.SWEEP, timezone.localdate()))
    began = time.monotonic()
    while waiting := messages() + jobs():
        if time.monotonic() - began > PATIENCE:
            print(f"{waiting} messages and jobs still wait.")
            return 1
        time.sleep(PAUSE)
    return 0


def messages() -> int:
    return Delivery.objects.filter(state=DeliveryState.WAITING).count()


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_JOBS)
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
