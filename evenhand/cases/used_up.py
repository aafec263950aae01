"""E1: the contacts that have used up the times of people's limits, counted since each limit began."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from django.utils.timezone import make_aware

from evenhand.contacts import log
from evenhand.policy.held import HeldControl, HeldLimit


def used_up(
    people: Iterable[frozenset[int]], controls: Mapping[int, Sequence[HeldControl]]
) -> dict[int, tuple[datetime, ...]]:
    """The moments of contacts that count, by record. In: each person's records, and the controls of each record.

    One query, and none where no limit counts times, which is nearly always.
    """
    since: dict[int, datetime] = {}
    for records in people:
        held = [control for record in records for control in controls.get(record, ())]
        first = min((each.starts_on for each in held if isinstance(each, HeldLimit) and each.plan.times), default=None)
        if first is not None:
            since |= dict.fromkeys(records, make_aware(datetime.combine(first, time.min)))
    return log.counted(since)
