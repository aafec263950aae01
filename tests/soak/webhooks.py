"""Did every change arrive at the receiver, at least once, signed, and in order for each person?"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from standardwebhooks import Webhook

from evenhand.cases import feed
from evenhand.sharing.models import Change, Delivery
from evenhand.sharing.models.change import ChangeKind
from evenhand.sharing.models.webhook import DeliveryState
from tests.soak.journal import History
from tests.soak.receiver import Taken
from tests.soak.setting import Setting

_JOBS = (
    "SELECT status::text, task_name, count(*) FROM procrastinate_jobs WHERE status IN ('failed', 'doing') GROUP BY 1, 2"
)


def read(told: Setting, taken: Iterable[Taken]) -> list[tuple[str, dict[str, Any]]]:
    """The messages by their ids, in the order they came. Raises where a signature is not the endpoint's."""
    hook = Webhook(told.secret)
    found = []
    for headers, body in taken:
        message, sent = headers["webhook-id"], datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        if hook.sign(message, sent, body) not in headers["webhook-signature"].split():
            raise ValueError(f"{message} is not signed by the secret of the endpoint.")
        found.append((message, json.loads(body)))
    return found


def lost(told: Setting, received: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """Changes that should have arrived and did not; a change that was over before it could be told is not needed."""
    came = {message: said["data"]["sequence"] for message, said in received}
    rows = {row.change_id: row for row in Delivery.objects.filter(endpoint=told.endpoint).exclude(change=None)}
    for change in Change.objects.order_by("pk"):
        row = rows.get(change.pk)
        if row is None:
            yield f"{change} was never put on its way."
        elif row.state == DeliveryState.ARRIVED and came.get(row.message) != change.pk:
            yield f"{change} is said to have arrived, and did not."
        elif row.state not in (DeliveryState.ARRIVED, DeliveryState.NEEDLESS):
            yield f"{change} is {row.state}."


def out_of_order(received: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """First arrivals that came before an earlier change of the same person or home."""
    lanes = {change.pk: change.lane for change in Change.objects.all()}
    seen, last = set[str](), defaultdict[str, int](int)
    for message, said in received:
        sequence = said["data"]["sequence"]
        if message in seen:
            continue
        seen.add(message)
        if sequence < last[lanes[sequence]]:
            yield f"Change {sequence} came after {last[lanes[sequence]]}, of the same person."
        last[lanes[sequence]] = max(last[lanes[sequence]], sequence)


def known_otherwise(history: History, received: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """Controls of which the receiver, from its messages alone, believes something else than what is so."""
    live = {
        f"{each.case}.{each.control}" for each in feed.live(timezone.localdate()) if each.holds_on(timezone.localdate())
    }
    believed: dict[str, bool] = {}
    for _, said in received:
        over = said["type"].rpartition(".")[2] in (ChangeKind.ENDED, ChangeKind.WITHDRAWN)
        believed[said["data"]["id"]] = not over
    for name in sorted(f"{case}.{control}" for case, control in history.everything_told()):
        if believed.get(name, False) != (name in live):
            yield f"{name} is {'live' if name in live else 'over'}, and the receiver does not know."


def jobs_lost() -> Iterator[str]:
    """Jobs that failed or that nobody finished."""
    with connection.cursor() as cursor:
        cursor.execute(_JOBS)
        yield from (f"{count} jobs {task}: {status}." for status, task, count in cursor.fetchall())


def counts() -> dict[str, int]:
    """How many changes there were, and how many messages were not needed."""
    needless = Delivery.objects.filter(state=DeliveryState.NEEDLESS).count()
    return {"changes": Change.objects.count(), "not_needed": needless}
