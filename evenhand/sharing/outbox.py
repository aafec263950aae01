"""Where each change goes: to everyone who was told before, to the receivers of webhooks, and to whoever is booked."""

from collections.abc import Iterable

from evenhand.sharing.models import Change
from evenhand.sharing.recall import recall


def put(changes: Iterable[Change]) -> None:
    """Brings these changes, in their order, to all whom they concern, in the transaction that found them."""
    for change in changes:
        recall(change)
