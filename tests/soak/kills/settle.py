"""After the kills: every job done or waiting for its time. Prints what was lost.

`python -m tests.soak.kills.settle SILENT`, the seconds without a sign of life after which a worker is taken for dead.

Letters whose sending nobody knows the end of are shown to a person after a quarter of an hour. Nobody waits for that
here: the moment is given, as of then.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

from tests.bench.inside import ready

ready()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from procrastinate.exceptions import AlreadyEnqueued  # noqa: E402

from evenhand.cases import sending, tasks, time_passing  # noqa: E402
from evenhand.cases.circumstances import Moment  # noqa: E402
from evenhand.database import jobs  # noqa: E402

PATIENCE = 300
QUIET = """
    SELECT status::text, task_name, count(*) FROM procrastinate_jobs
    WHERE status = 'doing' OR (status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())) GROUP BY 1, 2
"""
LOST = "SELECT status::text, task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1, 2"


def main() -> None:
    silent = float(sys.argv[1])
    lost = list(until_quiet(silent))
    later = timezone.now() + sending.OUTCOME_KNOWN_WITHIN + timedelta(minutes=1)
    time_passing.doubt_letters(Moment(later, timezone.localdate()))
    for letter in sending.unclaimed(later):
        with suppress(AlreadyEnqueued), transaction.atomic():
            tasks.send_letter.configure(queueing_lock=f"letter {letter}").defer(letter=letter)
    lost += until_quiet(silent)
    lost += [f"{count} of {name}: {status}" for status, name, count in asked(LOST)]
    print(json.dumps({"lost": lost}))


def until_quiet(silent: float) -> Iterator[str]:
    """What is neither done nor waiting for its time after a while."""
    began = time.monotonic()
    while waiting := asked(QUIET):
        jobs.take_up(silent)
        if time.monotonic() - began > PATIENCE:
            yield from (f"{count} of {name}: {status}" for status, name, count in waiting)
            return
        time.sleep(0.5)


def asked(question: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


if __name__ == "__main__":
    main()
