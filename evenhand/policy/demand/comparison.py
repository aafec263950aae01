"""C2: how one customer's share of colleagues' time stands beside that of others who had as much to call about."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from evenhand.policy.demand.terms import DemandTerms

Open = tuple[tuple[str, int], ...]
"""How many matters of each kind were open, in order of kind."""


class Basis(StrEnum):
    """With whom a customer is compared: the first of these that finds enough of them."""

    SAME = "same"
    FOR_EACH = "for each"
    ANYONE = "anyone"
    TOO_FEW = "too few"

    @property
    def words(self) -> str:
        """Finishes "compared with …"."""
        return _WORDS[self]


_WORDS = {
    Basis.SAME: "customers who contacted us in the same time and had as many open matters of the same kinds",
    Basis.FOR_EACH: "customers who contacted us in the same time, matter for matter, as too few had as many open",
    Basis.ANYONE: "everyone who contacted us in the same time, as too few had matters of the same kinds",
    Basis.TOO_FEW: "the few who contacted us in the same time: too few to rely on",
}


@dataclass(frozen=True, slots=True)
class Peer:
    """Another customer who contacted us in the window: what counts of their contacts, and what they had open.

    `hits` are how many contacts showed each of the seven kinds, in their order.
    """

    customer: str
    minutes: int
    hits: tuple[int, ...]
    open: Open


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a customer stands. Minutes are of contacts that count; `share` is of all the customers' minutes, as a
    fraction; `rank` 1 is the most; `percentile` is how many in a hundred took less; `usual` is how many contacts
    showed the kind, at most, for three in four of them."""

    basis: Basis
    peers: int
    median: float
    rank: int
    percentile: float
    share: float
    usual: float


@dataclass(frozen=True, slots=True)
class Field:
    """Everyone who contacted us in one window. `minutes` is all colleagues' time with customers who contacted us."""

    groups: Mapping[Open, tuple[Peer, ...]]
    minutes: int

    @classmethod
    def of(cls, peers: Iterable[Peer], minutes: int) -> "Field":
        groups: dict[Open, list[Peer]] = {}
        for peer in peers:
            groups.setdefault(peer.open, []).append(peer)
        return cls({key: tuple(group) for key, group in groups.items()}, minutes)


def compare(own: Peer, kind: int, field: Field, terms: DemandTerms) -> Comparison:
    """How a customer stands in a field, which may hold them too: they are not compared with themselves.

    In: the customer, and the number of the kind whose usual figure is wanted.
    """
    basis, peers = _enough(own, field, terms.demand_peers)
    minutes = sorted(peer.minutes * times for peer, times in peers)
    hits = sorted(peer.hits[kind] * times for peer, times in peers)
    return Comparison(
        basis=basis,
        peers=len(peers),
        median=median(minutes) if minutes else 0,
        rank=1 + len(minutes) - bisect_right(minutes, own.minutes),
        percentile=round(100 * bisect_left(minutes, own.minutes) / len(minutes), 1) if minutes else 0,
        share=own.minutes / field.minutes if field.minutes else 0,
        usual=hits[len(hits) * 3 // 4] if hits else 0,
    )


def peers_minutes(own: Peer, field: Field, terms: DemandTerms) -> list[float]:
    """The minutes of everyone a customer is compared with, fewest first."""
    return sorted(peer.minutes * times for peer, times in _enough(own, field, terms.demand_peers)[1])


Weighed = list[tuple[Peer, float]]
"""Customers to compare with, and by how much to multiply what they did."""


def _enough(own: Peer, field: Field, number: int) -> tuple[Basis, Weighed]:
    """The closest comparison for which there are enough customers, or else with everyone there is."""
    peers: Weighed = []
    for basis, alike in ((Basis.SAME, _same), (Basis.FOR_EACH, _for_each), (Basis.ANYONE, _anyone)):
        peers = [(peer, times) for peer, times in alike(own, field) if peer.customer != own.customer]
        if len(peers) >= number:
            return basis, peers
    return Basis.TOO_FEW, peers


def _same(own: Peer, field: Field) -> Iterator[tuple[Peer, float]]:
    """Those with as many open matters of the kinds this customer had open; of someone with none, those with none."""
    kinds = {kind for kind, _ in own.open}
    for key, group in field.groups.items():
        if (tuple(pair for pair in key if pair[0] in kinds) == own.open) if kinds else not key:
            yield from ((peer, 1) for peer in group)


def _for_each(own: Peer, field: Field) -> Iterator[tuple[Peer, float]]:
    """Those with any open matter of those kinds, each taken as if they had as many as this customer."""
    wanted = dict(own.open)
    total = sum(wanted.values())
    for key, group in field.groups.items():
        if had := sum(number for kind, number in key if kind in wanted):
            yield from ((peer, total / had) for peer in group)


def _anyone(own: Peer, field: Field) -> Iterator[tuple[Peer, float]]:
    for group in field.groups.values():
        yield from ((peer, 1) for peer in group)
