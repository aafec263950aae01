"""C2: what a run of contacts amounts to: each of the seven demands measured where it was worst, and set beside others.

Nothing here decides. A measure is shown to a person, who weighs it; one that does not reach every threshold is none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.answered import after_ours
from evenhand.policy.demand.comparison import Comparison, Field, Open, Peer, compare
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.figure import falls_short, figures
from evenhand.policy.demand.kind import SHORT
from evenhand.policy.demand.log import Column, Matter
from evenhand.policy.demand.strength import Strength, asked, missing, strength
from evenhand.policy.demand.tally import KINDS, NO_HITS, Tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window, months, weeks
from evenhand.policy.need import Channel, Need


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer, counted: what a measure is made of."""

    ref: str
    tallies: tuple[Tally, ...]
    matters: tuple[Matter, ...]
    needs: frozenset[Need] = frozenset()
    unknown: frozenset[Column] = frozenset()


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of demand in its worst window. `figure` contacts of `counted` show it; `threshold` is the fewest.

    Minutes are of all contacts that count in the window. `left_out` says how many contacts were not counted, and why.
    `after_ours` of those counted came within `reply_days` after a contact of ours that is taken as our answer.
    """

    kind: Conduct
    window: Window
    figure: int
    threshold: int
    counted: int
    minutes: int
    excess: float
    comparison: Comparison
    teams: frozenset[str]
    open: Open
    left_out: Mapping[Reason, int]
    needs: frozenset[Need]
    missing: tuple[Column, ...]
    strength: float
    after_ours: int = 0
    reply_days: int = 0

    @property
    def in_a_word(self) -> Strength:
        return Strength.of(self.strength)

    @property
    def all_contacts(self) -> int:
        """Everything the customer sent or said in the window, counted or not; ours to them is not among it."""
        return self.counted + sum(n for reason, n in self.left_out.items() if reason is not Reason.OUTWARD)

    @property
    def ours(self) -> int:
        """Contacts in the window that the landlord's own failure caused."""
        return sum(number for reason, number in self.left_out.items() if reason.is_ours)


Fields = Callable[[Window], Field]


def measures(customer: Customer, span: Window, fields: Fields, terms: DemandTerms) -> list[Measure]:
    """Every kind of demand that a customer's log in a span shows, strongest first; mostly none.

    `fields` gives everyone who contacted the landlord in a window: asked only when a figure reaches its threshold.
    """
    kept = [one for one in customer.tallies if span.holds(one.day)]
    short, long = weeks(span, terms.demand_weeks), months(span, terms.demand_months)
    found = []
    for kind in KINDS:
        if worst := _worst(kind, short if kind in SHORT else long, kept, terms):
            if made := _measured(kind, *worst, kept, customer, fields, terms):
                found.append(made)
    return sorted(found, key=lambda one: -one.strength)


def open_in(matters: Iterable[Matter], window: Window) -> Open:
    """How many of a customer's matters of each kind were open on any day of a window."""
    return counted(kind for kind, first, last in open_days(matters) if first <= window.last and last >= window.first)


def open_days(matters: Iterable[Matter]) -> list[tuple[str, date, date]]:
    """Each matter of theirs: its kind, and the first and last day on which it was open."""
    return [
        (m.kind, m.opened, max(m.closed, m.finished) if m.closed and m.finished else date.max)
        for m in matters
        if m.theirs
    ]


def counted(kinds: Iterable[str]) -> Open:
    """How many there are of each kind, in order of kind."""
    found: dict[str, int] = {}
    for kind in kinds:
        found[kind] = found.get(kind, 0) + 1
    return tuple(sorted(found.items()))


def _worst(kind: Conduct, windows: list[Window], kept: list[Tally], terms: DemandTerms) -> tuple[Window, int] | None:
    """Where a kind's figure was highest and reached its threshold, with the figure; the later window if equal."""
    least = terms.least_of_each[KINDS.index(kind)]
    reached = [
        (figure, window)
        for figure, window in figures(kind, windows, kept, terms, least)
        if figure >= least and falls_short(kind, figure, window, kept, terms) is None
    ]
    if not reached:
        return None
    figure, window = max(reached)
    return window, figure


def _measured(
    kind: Conduct,
    window: Window,
    figure: int,
    kept: list[Tally],
    customer: Customer,
    fields: Fields,
    terms: DemandTerms,
) -> Measure | None:
    """The measure, or none where the time it took is not out of proportion, or writing is what the customer needs."""
    if needs_it(kind, customer):
        return None
    within = [one for one in kept if window.holds(one.day)]
    own = peer_of(within, customer.ref, open_in(customer.matters, window))
    comparison = compare(own, KINDS.index(kind), fields(window), terms)
    excess = own.minutes - comparison.median
    threshold = more_than_usual(asked(kind, customer.unknown, terms), comparison, terms)
    if excess < terms.demand_minutes or figure < threshold:
        return None
    after = after_ours(kept, window, terms)
    return _told(kind, window, figure, threshold, within, own, comparison, after, customer, terms)


def needs_it(kind: Conduct, customer: Customer) -> bool:
    """Whether a kind is not measured of a customer: writing, of someone who cannot use the telephone."""
    return kind is Conduct.EXCESSIVE_EMAILS and any(Channel.PHONE in need.unsuitable for need in customer.needs)


def more_than_usual(least: int, beside: Comparison, terms: DemandTerms) -> int:
    """The fewest contacts, raised to so many times what nine in ten of the others do."""
    return max(least, ceil(round(terms.demand_times * beside.usual, 6)))


def _told(
    kind: Conduct,
    window: Window,
    figure: int,
    threshold: int,
    within: list[Tally],
    own: Peer,
    comparison: Comparison,
    after: int,
    customer: Customer,
    terms: DemandTerms,
) -> Measure:
    """What a person is shown of it: what counted, what was left out and why, and how strongly it speaks."""
    made = Measure(
        kind=kind,
        window=window,
        figure=figure,
        threshold=threshold,
        counted=sum(one.contacts for one in within if not one.reason),
        minutes=own.minutes,
        excess=own.minutes - comparison.median,
        comparison=comparison,
        teams=frozenset(team for one in within if not one.reason for team in one.teams),
        open=own.open,
        left_out=_left_out(within),
        needs=customer.needs,
        missing=missing(kind, customer.unknown),
        strength=0,
        after_ours=after,
        reply_days=terms.demand_reply_days,
    )
    return replace(made, strength=_strength(made, terms))


def _strength(one: Measure, terms: DemandTerms) -> float:
    return strength(
        times=one.figure / one.threshold,
        times_minutes=one.excess / terms.demand_minutes,
        counted=one.counted / one.all_contacts,
        comparison=one.comparison,
        needs=bool(one.needs),
        missing=one.missing,
        after_ours=one.after_ours / one.counted,
    )


def _left_out(within: Iterable[Tally]) -> dict[Reason, int]:
    """How many contacts do not count, by the reason."""
    found: dict[Reason, int] = defaultdict(int)
    for one in within:
        if one.reason:
            found[one.reason] += one.contacts
    return dict(found)


def peer_of(within: Iterable[Tally], customer: str, matters: Open) -> Peer:
    """A customer as others are compared with them: what counts of a window's contacts, and what they had open in it."""
    fair = [one for one in within if not one.reason]
    return Peer(
        customer=customer,
        minutes=sum(one.minutes for one in fair),
        hits=tuple(map(sum, zip(*(one.hits for one in fair), strict=True))) or NO_HITS,
        open=matters,
    )
