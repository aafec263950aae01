"""Messages sent to one receiver: at least once each, in order of each person, again and again for three days.

A message is claimed in one transaction and sent outside any, so that nothing is locked while another machine thinks.
One that was claimed and never heard of is sent again. A person's next message waits for the one before it; other
people's do not, unless the receiver as a whole does not answer.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from evenhand.cases.circumstances import Moment
from evenhand.sharing import ledger, signing, wire
from evenhand.sharing.endpoint import salts_of, switch_off_gone
from evenhand.sharing.message import Message, recipient, written
from evenhand.sharing.models import Delivery, Endpoint, Recall
from evenhand.sharing.models.disclosure import How
from evenhand.sharing.models.webhook import DeliveryState
from evenhand.sharing.wire import Outcome

TRIED_FOR = timedelta(days=3)
WAITS = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800)
"""Seconds from one attempt to the next; the last is repeated."""
FORGOTTEN = timedelta(minutes=2)
"""After which a message that was claimed is taken to have been lost by whoever was sending it."""
Clock = Callable[[], Moment]
AT_ONCE = 200
"""How many messages one job sends before it makes room for others."""

_CLAIM = """
    UPDATE sharing_delivery SET claimed_at = %(at)s, tries = tries + 1 WHERE id = (
        SELECT head.id FROM sharing_delivery head
        WHERE head.endpoint_id = %(endpoint)s AND head.state = 'waiting' AND head.next_at <= %(at)s
            AND (head.claimed_at IS NULL OR head.claimed_at < %(forgotten)s)
            AND NOT EXISTS (
                SELECT FROM sharing_delivery earlier WHERE earlier.endpoint_id = head.endpoint_id
                    AND earlier.lane = head.lane AND earlier.state = 'waiting'
                    AND (coalesce(earlier.change_id, 0), earlier.id) < (coalesce(head.change_id, 0), head.id))
        ORDER BY head.next_at, head.change_id, head.id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id
"""


def send_due(endpoint_id: int, clock: Clock) -> datetime | None:
    """Sends what is due for one receiver. Out: when the next message is due, None where none waits.

    In: what says what time it is; it is asked for every attempt, because a signature is good for minutes only. Any
    number of workers may call: one sends, the others leave it to that one, so a slow receiver keeps no more than one.
    """
    bury(endpoint_id, clock())
    if not _taken(endpoint_id, clock()):
        return None
    try:
        for _ in range(AT_ONCE):
            if not _sent_one(endpoint_id, clock()):
                break
    finally:
        Endpoint.objects.filter(pk=endpoint_id).update(sending_until=None)
    return next_due(endpoint_id)


def _sent_one(endpoint_id: int, moment: Moment) -> bool:
    """Sends the next message; False where there is none to send now."""
    endpoint = Endpoint.objects.get(pk=endpoint_id)
    if not endpoint.is_on or (endpoint.resting_until is not None and moment.at < endpoint.resting_until):
        return False
    delivery = _claimed(endpoint, moment)
    if delivery is None:
        return False
    _try(delivery, moment)
    Endpoint.objects.filter(pk=endpoint_id).update(sending_until=moment.at + FORGOTTEN)
    return True


def _taken(endpoint_id: int, moment: Moment) -> bool:
    """Takes a receiver for this worker, message after message: one that died is not waited for."""
    free = Q(sending_until=None) | Q(sending_until__lt=moment.at)
    return Endpoint.objects.filter(free, pk=endpoint_id).update(sending_until=moment.at + FORGOTTEN) == 1


def next_due(endpoint_id: int) -> datetime | None:
    """When there is something to do for a receiver: the next attempt, but not before it has rested."""
    endpoint = Endpoint.objects.get(pk=endpoint_id)
    first = Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING).order_by("next_at").first()
    if first is None or not endpoint.is_on:
        return None
    return max(first.next_at, endpoint.resting_until) if endpoint.resting_until else first.next_at


def due(at: datetime) -> list[int]:
    """The receivers for which something is due: for the minute's look after what no job is left for."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=at, endpoint__off_at=None)
    rested = Q(endpoint__resting_until=None) | Q(endpoint__resting_until__lte=at)
    return list(waiting.filter(rested).order_by().values_list("endpoint_id", flat=True).distinct())


def bury(endpoint_id: int, moment: Moment) -> int:
    """Gives up what was tried, or waited for a receiver that never answered, for three days. Out: how many."""
    old = Q(endpoint=endpoint_id, state=DeliveryState.WAITING, at__lt=moment.at - TRIED_FOR)
    return Delivery.objects.filter(old).update(state=DeliveryState.DEAD, done_at=moment.at, claimed_at=None)


def _claimed(endpoint: Endpoint, moment: Moment) -> Delivery | None:
    values: dict[str, Any] = {"at": moment.at, "endpoint": endpoint.pk, "forgotten": moment.at - FORGOTTEN}
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        found = cursor.fetchone()
    if found is None:
        return None
    return Delivery.objects.select_related("endpoint", "change__home").get(pk=found[0])


def _try(delivery: Delivery, moment: Moment) -> None:
    """One attempt, and what came of it."""
    message = written(delivery, moment)
    if message is None:
        _done(delivery, DeliveryState.NEEDLESS, moment)
        return
    endpoint = delivery.endpoint
    signed = signing.headers(delivery.message, moment.at, message.body, salts_of(endpoint, moment.at))
    # Said before it is sent: whatever happens then, nobody knows of a marker who is not on the ledger.
    if message.tells is not None:
        ledger.disclose(recipient(endpoint), [message.tells], How.WEBHOOK, moment.at, why=endpoint.why)
    outcome = wire.post(endpoint.url, signed, message.body, moment.at)
    if message.tells is not None and not outcome.may_know:
        ledger.take_back(recipient(endpoint), message.tells, moment.at)
    with transaction.atomic():
        _answered(delivery, message, outcome, moment)


def _answered(delivery: Delivery, message: Message, outcome: Outcome, moment: Moment) -> None:
    endpoint = delivery.endpoint
    delivery.status, delivery.trouble = outcome.status, outcome.trouble[:200]
    if outcome.arrived:
        _done(delivery, DeliveryState.ARRIVED, moment)
        Endpoint.objects.filter(pk=endpoint.pk).update(answered_at=moment.at, failures=0, resting_until=None)
        if delivery.change is not None and message.tells is None:
            _heard(delivery, moment)
        return
    if outcome.is_gone:
        switch_off_gone(endpoint, moment.at)
    wait = max(outcome.wait, _wait(delivery.message, delivery.tries))
    delivery.next_at = min(moment.at + timedelta(seconds=wait), delivery.at + TRIED_FOR)
    if moment.at >= delivery.at + TRIED_FOR:
        _done(delivery, DeliveryState.DEAD, moment)
        return
    delivery.claimed_at = None
    delivery.save()
    if outcome.is_overwhelmed:
        _rest(endpoint, outcome, moment)


def _done(delivery: Delivery, state: DeliveryState, moment: Moment) -> None:
    delivery.state, delivery.done_at, delivery.claimed_at = state, moment.at, None
    delivery.save()


def _rest(endpoint: Endpoint, outcome: Outcome, moment: Moment) -> None:
    """Leaves a receiver alone that does not answer, longer each time: a worker has others to think of."""
    wait = max(outcome.wait, _wait(f"endpoint {endpoint.pk}", endpoint.failures + 1))
    until = moment.at + timedelta(seconds=min(wait, WAITS[-1]))
    Endpoint.objects.filter(pk=endpoint.pk).update(failures=F("failures") + 1, resting_until=until)


def _heard(delivery: Delivery, moment: Moment) -> None:
    """The receiver took the news that a control is over: it was told. That it let go, it says itself."""
    assert delivery.change is not None
    to, change = recipient(delivery.endpoint), delivery.change
    news = Recall.objects.filter(disclosure__case=change.case, disclosure__control=change.control, told_at=None)
    news.filter(disclosure__to_kind=to.kind, disclosure__to_id=to.id).update(told_at=moment.at, told_how=How.WEBHOOK)


def _wait(message: str, tries: int) -> int:
    """Seconds until the next attempt, up to a fifth more by the message's name, so that not all come at once."""
    wait = WAITS[min(tries, len(WAITS)) - 1]
    return wait + wait * hashlib.sha256(message.encode()).digest()[0] // 1280
