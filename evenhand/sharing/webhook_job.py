"""Asks a worker to send what waits for receivers of webhooks."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

SEND = "send_webhooks"


def call(endpoints: Iterable[int]) -> None:
    """Once this transaction is done, has what is due for these receivers sent."""
    for endpoint in endpoints:
        transaction.on_commit(partial(defer, endpoint), robust=True)


def defer(endpoint: int, at: datetime | None = None) -> None:
    """A job for one receiver, now or at a moment. One of each waits at most: it will send whatever is due by then."""
    name = f"{SEND} {endpoint}" + (" later" if at else "")
    try:
        with transaction.atomic():
            app.configure_task(SEND, queueing_lock=name, queue="webhooks", schedule_at=at).defer(endpoint=endpoint)
    except AlreadyEnqueued:
        return
