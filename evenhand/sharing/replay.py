"""Messages made: of what just happened, of what a receiver missed, and again of what it asks to be sent again."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from evenhand.people.models import User
from evenhand.people.refusal import NotDone
from evenhand.sharing.models import Change, Delivery, Endpoint
from evenhand.sharing.models.webhook import DeliveryState
from evenhand.sharing.webhook_job import call
from evenhand.sharing.webhook_trail import note, only_administrators

TRIAL = "trial"


def replay(endpoint: Endpoint, by: User, since: datetime, at: datetime) -> int:
    """Sends again, in order, everything that became known since a moment, whether it arrived or not. Out: how many.

    What is over by now is told only to a receiver that knew of it.
    """
    only_administrators(by)
    if not endpoint.is_on:
        raise NotDone("This receiver is switched off. Switch it on first: it is then sent what it missed.")
    with transaction.atomic():
        count = _again(endpoint, since, at, arrived=True)
        note(by, at, endpoint, f"Sent again what became known since {localtime(since):%d/%m/%Y}: {count} messages.")
    return count


def send_again(delivery: Delivery, by: User, at: datetime) -> None:
    """Sends one message again, as what it tells is now. It keeps its name, so a receiver that has it knows."""
    only_administrators(by)
    if not delivery.endpoint.is_on:
        raise NotDone("This receiver is switched off. Switch it on first: it is then sent what it missed.")
    if delivery.state != DeliveryState.WAITING:
        _wait_again(Delivery.objects.filter(pk=delivery.pk), at)
        call([delivery.endpoint_id])
        note(by, at, delivery.endpoint, f"Message {delivery.message} was sent again.")


def try_out(endpoint: Endpoint, by: User, at: datetime) -> Delivery:
    """A message that tells nothing of anybody, to see whether the receiver takes it."""
    only_administrators(by)
    if not endpoint.is_on:
        raise NotDone("This receiver is switched off. Switch it on first.")
    made = Delivery.objects.create(endpoint=endpoint, message=new_message(), lane=TRIAL, at=at, next_at=at)
    call([endpoint.pk])
    return made


def queue(made: Iterable[Change]) -> None:
    """A message of each change for each receiver that hears of its kind, in the transaction that found the change."""
    found = list(made)
    if not found:
        return
    receivers = list(Endpoint.objects.filter(off_at=None))
    rows = [
        _message(endpoint, change, change.at)
        for change in found
        for endpoint in receivers
        if change.control_kind in endpoint.kinds
    ]
    Delivery.objects.bulk_create(rows)
    call({row.endpoint_id for row in rows})


def new_message() -> str:
    return f"msg_{secrets.token_urlsafe(18)}"


def _message(endpoint: Endpoint, change: Change, at: datetime) -> Delivery:
    return Delivery(endpoint=endpoint, change=change, message=new_message(), lane=change.lane, at=at, next_at=at)


def missed(endpoint: Endpoint, since: datetime, at: datetime) -> int:
    """Lets everything be sent that became known since a moment and never arrived. Out: how many messages."""
    return _again(endpoint, since, at, arrived=False)


def _again(endpoint: Endpoint, since: datetime, at: datetime, *, arrived: bool) -> int:
    """Makes the messages that were never made, and lets the others be sent again."""
    found = list(Change.objects.filter(at__gte=since, control_kind__in=endpoint.kinds).order_by("pk"))
    had = Delivery.objects.filter(endpoint=endpoint, change__in=found)
    again = had.exclude(state=DeliveryState.WAITING)
    if not arrived:
        again = again.exclude(state=DeliveryState.ARRIVED)
    count = _wait_again(again, at)
    known = set(had.values_list("change_id", flat=True))
    fresh = [_message(endpoint, change, at) for change in found if change.pk not in known]
    Delivery.objects.bulk_create(fresh)
    call([endpoint.pk])
    return count + len(fresh)


def _wait_again(rows: QuerySet[Delivery], at: datetime) -> int:
    return rows.update(
        state=DeliveryState.WAITING, at=at, next_at=at, tries=0, claimed_at=None, done_at=None, status=None, trouble=""
    )
