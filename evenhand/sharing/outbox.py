"""Where each change goes: to everyone who was told before, and to the receivers of webhooks."""

from collections.abc import Iterable

from evenhand.sharing import replay
from evenhand.sharing.models import Change
from evenhand.sharing.recall import recall


def put(changes: Iterable[Change]) -> None:
    """Brings these changes, in their order, to all whom they concern, in the transaction that found them.

    Whoever is booked is told after it: that waits for lists being checked, which themselves wait for news recalled.
    """
    found = list(changes)
    for change in found:
        recall(change)
    replay.queue(found)
