"""C2: everyone who contacted the landlord, window by window: those with whom a customer is compared."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date

from evenhand.policy.demand.comparison import Field, Peer
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.measure import Customer, counted, open_days, peer_of
from evenhand.policy.demand.tally import Tally
from evenhand.policy.demand.window import Window


class Portfolio:
    """Called with a window, it gives the field of that window; each is worked out once.

    In: the customers to compare with, and the minutes of each day that all customers' contacts to the landlord took,
    where these customers are not all there are.
    """

    def __init__(self, customers: Iterable[Customer], minutes: Mapping[date, int] | None = None) -> None:
        self._customers = list(customers)
        self._tallies = sorted(
            ((one.day, at, one) for at, customer in enumerate(self._customers) for one in customer.tallies),
            key=lambda item: item[0],
        )
        self._days = [day for day, _, _ in self._tallies]
        self._open = [open_days(customer.matters) for customer in self._customers]
        self._minutes = minutes
        self._fields: dict[Window, Field] = {}

    def __call__(self, window: Window) -> Field:
        if window not in self._fields:
            self._fields[window] = self._field(window)
        return self._fields[window]

    def _field(self, window: Window) -> Field:
        first, last = bisect_left(self._days, window.first), bisect_right(self._days, window.last)
        within: dict[int, list[Tally]] = {}
        for _, at, one in self._tallies[first:last]:
            if one.reason is not Reason.OUTWARD:
                within.setdefault(at, []).append(one)
        peers = [self._peer(at, tallies, window) for at, tallies in within.items()]
        if self._minutes is None:
            return Field.of(peers, sum(one.minutes for tallies in within.values() for one in tallies))
        return Field.of(peers, sum(minutes for day, minutes in self._minutes.items() if window.holds(day)))

    def _peer(self, at: int, tallies: list[Tally], window: Window) -> Peer:
        kinds = [kind for kind, first, last in self._open[at] if first <= window.last and last >= window.first]
        return peer_of(tallies, self._customers[at].ref, counted(kinds))
