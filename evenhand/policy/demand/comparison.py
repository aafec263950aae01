"""C2: how one customer's share of colleagues' time stands beside that of others who had as much to call about."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from evenhand.policy.demand.terms import DemandTerms

KINDS = 7
"""How many kinds of demand there are."""
Least = tuple[int, ...]
"""The fewest contacts that show each kind."""
NEARLY_ALL = 90
"""What so many in a hundred do at most is still usual."""

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
    Basis.ANYONE: "everyone who contacted us in the same time, matter for matter of any kind, as too few had the same",
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
    fraction; `rank` 1 is the most; `percentile` is how many in a hundred took less. The `median` is of those who do not
    show the kind themselves; `usual` is how many contacts showed it, at most, for nine in ten of these."""

    basis: Basis
    peers: int
    median: float
    rank: int
    percentile: float
    share: float
    usual: float


@dataclass(frozen=True)
class Others:
    """Those a customer is compared with, in order: the minutes of all of them; and for each kind the contacts that
    showed it (`hits`) and the minutes (`usual`) of those who do not reach its threshold.

    Where most of the few who have such a matter do what is measured, that does not make it usual.
    """

    basis: Basis
    minutes: list[float]
    hits: tuple[list[float], ...]
    usual: tuple[list[float], ...]


@dataclass(frozen=True)
class Field:
    """Everyone who contacted us in one window. `minutes` is all colleagues' time with customers who contacted us.

    What many customers are compared with is put in order once.
    """

    groups: Mapping[Open, tuple[Peer, ...]]
    minutes: int
    _ordered: dict[tuple[Open, int, Least], Others] = dataclass_field(default_factory=dict, compare=False, repr=False)
    _among: set[str] = dataclass_field(default_factory=set, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._among.update(peer.customer for group in self.groups.values() for peer in group)

    @classmethod
    def of(cls, peers: Iterable[Peer], minutes: int) -> "Field":
        groups: dict[Open, list[Peer]] = {}
        for peer in peers:
            groups.setdefault(peer.open, []).append(peer)
        return cls({key: tuple(group) for key, group in groups.items()}, minutes)

    def others(self, own: Peer, terms: DemandTerms) -> Others:
        """The closest comparison for which there are enough customers, or else with everyone there is."""
        among = int(own.customer in self._among)
        number, least = terms.demand_peers + among, terms.least_of_each
        key = (own.open, number, least)
        if key not in self._ordered:
            self._ordered[key] = self._closest(own.open, number, least)
        found = self._ordered[key]
        return _without(found, own, least) if among else found

    def _closest(self, had: Open, number: int, least: Least) -> Others:
        peers: list[tuple[Peer, float]] = []
        for basis, alike in ((Basis.SAME, _same), (Basis.FOR_EACH, _for_each), (Basis.ANYONE, _anyone)):
            peers = list(alike(had, self.groups))
            if len(peers) >= number:
                return _ordered(basis, peers, least)
        return _ordered(Basis.TOO_FEW, peers, least)


def compare(own: Peer, kind: int, field: Field, terms: DemandTerms) -> Comparison:
    """How a customer stands in a field, which may hold them too: they are not compared with themselves.

    In: the customer, and the number of the kind whose usual figure is wanted.
    """
    others = field.others(own, terms)
    minutes, hits = others.minutes, others.hits[kind]
    return Comparison(
        basis=others.basis,
        peers=len(minutes),
        median=median_of(others.usual[kind]),
        rank=1 + len(minutes) - bisect_right(minutes, own.minutes),
        percentile=round(100 * bisect_left(minutes, own.minutes) / len(minutes), 1) if minutes else 0,
        share=own.minutes / field.minutes if field.minutes else 0,
        usual=hits[len(hits) * NEARLY_ALL // 100] if hits else 0,
    )


def median_of(numbers: Sequence[float]) -> float:
    """The median of numbers in order; nought of none."""
    middle = len(numbers) // 2
    if not numbers:
        return 0
    return numbers[middle] if len(numbers) % 2 else (numbers[middle - 1] + numbers[middle]) / 2


def _ordered(basis: Basis, peers: list[tuple[Peer, float]], least: Least) -> Others:
    return Others(
        basis=basis,
        minutes=sorted(peer.minutes * times for peer, times in peers),
        hits=tuple(
            sorted(peer.hits[kind] * times for peer, times in peers if peer.hits[kind] < least[kind])
            for kind in range(KINDS)
        ),
        usual=tuple(
            sorted(peer.minutes * times for peer, times in peers if peer.hits[kind] < least[kind])
            for kind in range(KINDS)
        ),
    )


def _without(found: Others, own: Peer, least: Least) -> Others:
    """The same without one customer, who is among them as often as they are themselves."""
    return Others(
        found.basis,
        _less(found.minutes, own.minutes),
        tuple(
            _less(hits, number) if number < fewest else hits
            for hits, number, fewest in zip(found.hits, own.hits, least, strict=True)
        ),
        tuple(
            _less(minutes, own.minutes) if number < fewest else minutes
            for minutes, number, fewest in zip(found.usual, own.hits, least, strict=True)
        ),
    )


def _less(numbers: list[float], one: float) -> list[float]:
    at = bisect_left(numbers, one)
    return numbers[:at] + numbers[at + 1 :]


def _same(had: Open, groups: Mapping[Open, tuple[Peer, ...]]) -> Iterator[tuple[Peer, float]]:
    """Those with as many open matters of the kinds a customer had open; of someone with none, those with none."""
    kinds = {kind for kind, _ in had}
    for key, group in groups.items():
        if (tuple(pair for pair in key if pair[0] in kinds) == had) if kinds else not key:
            yield from ((peer, 1) for peer in group)


def _for_each(had: Open, groups: Mapping[Open, tuple[Peer, ...]]) -> Iterator[tuple[Peer, float]]:
    """Those with any open matter of those kinds, each taken as if they had as many as the customer."""
    wanted = dict(had)
    total = sum(wanted.values())
    for key, group in groups.items():
        if theirs := sum(number for kind, number in key if kind in wanted):
            yield from ((peer, total / theirs) for peer in group)


def _anyone(had: Open, groups: Mapping[Open, tuple[Peer, ...]]) -> Iterator[tuple[Peer, float]]:
    """Everybody, each taken as if they had as many matters open as the customer; whoever had none, as if one."""
    own = max(sum(number for _, number in had), 1)
    for key, group in groups.items():
        theirs = max(sum(number for _, number in key), 1)
        yield from ((peer, own / theirs) for peer in group)
