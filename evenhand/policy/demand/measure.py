"""C2: what a run of contacts amounts to: each of the seven demands measured where it was worst, and set beside others.

Nothing here decides. A measure is shown to a person, who weighs it; one that does not reach every threshold is none.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.comparison import Comparison, Field, Open, Peer, compare
from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.kind import SHORT, least_on_one_matter
from evenhand.policy.demand.log import Column, Matter
from evenhand.policy.demand.strength import Strength, margin, missing, strength
from evenhand.policy.demand.tally import KINDS, NO_HITS, Tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window, months, weeks
from evenhand.policy.need import Channel, Need

FEWEST = 3
"""No threshold may be set so low that fewer contacts than this reach it."""


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


def _worst(
    kind: Conduct, windows: list[Window], kept: list[Tally], terms: DemandTerms
) -> tuple[Window, int, int] | None:
    """Where a kind's figure was highest and reached its threshold, with both; the later window if equal."""
    at = KINDS.index(kind)
    telling = [one for one in kept if one.hits[at]]
    days = [one.day for one in telling]
    so_far = list(accumulate((one.hits[at] for one in telling), initial=0))
    reached = []
    for window in windows:
        first, last = bisect_left(days, window.first), bisect_right(days, window.last)
        if so_far[last] - so_far[first] < FEWEST:
            continue
        figure, threshold = _THRESHOLDS[kind](at, telling[first:last], kept, window, terms)
        if figure >= threshold:
            reached.append((figure, window, threshold))
    if not reached:
        return None
    figure, window, threshold = max(reached)
    return window, figure, threshold


def _measured(
    kind: Conduct,
    window: Window,
    figure: int,
    threshold: int,
    kept: list[Tally],
    customer: Customer,
    fields: Fields,
    terms: DemandTerms,
) -> Measure | None:
    """The measure, or none where the time it took is not out of proportion, or writing is what the customer needs."""
    if kind is Conduct.EXCESSIVE_EMAILS and any(Channel.PHONE in need.unsuitable for need in customer.needs):
        return None
    within = [one for one in kept if window.holds(one.day)]
    own = peer_of(within, customer.ref, open_in(customer.matters, window))
    comparison = compare(own, KINDS.index(kind), fields(window), terms)
    excess = own.minutes - comparison.median
    threshold = round(threshold * margin(missing(kind, customer.unknown), terms))
    threshold = max(threshold, round(terms.demand_times * comparison.usual))
    if excess < terms.demand_minutes or figure < threshold:
        return None
    return _told(kind, window, figure, threshold, within, own, comparison, customer, terms)


def _told(
    kind: Conduct,
    window: Window,
    figure: int,
    threshold: int,
    within: list[Tally],
    own: Peer,
    comparison: Comparison,
    customer: Customer,
    terms: DemandTerms,
) -> Measure:
    """What a person is shown of it: what counted, what was left out and why, and how strongly it speaks."""
    left_out = _left_out(within)
    counted = sum(one.contacts for one in within if not one.reason)
    inward = counted + sum(number for reason, number in left_out.items() if reason is not Reason.OUTWARD)
    excess = own.minutes - comparison.median
    lacking = missing(kind, customer.unknown)
    return Measure(
        kind=kind,
        window=window,
        figure=figure,
        threshold=threshold,
        counted=counted,
        minutes=own.minutes,
        excess=excess,
        comparison=comparison,
        teams=frozenset(team for one in within if not one.reason for team in one.teams),
        open=own.open,
        left_out=left_out,
        needs=customer.needs,
        missing=lacking,
        strength=strength(
            times=figure / threshold,
            times_minutes=excess / terms.demand_minutes,
            counted=counted / inward,
            comparison=comparison,
            needs=bool(customer.needs),
            missing=lacking,
        ),
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


Threshold = Callable[[int, list[Tally], list[Tally], Window, DemandTerms], tuple[int, int]]


def _repeated(at: int, within: list[Tally], kept: list[Tally], window: Window, terms: DemandTerms) -> tuple[int, int]:
    """Only matters with several each: asking once after each of twelve repairs repeats nothing."""
    return _several_each(at, within, least_on_one_matter(Conduct.REPEATED_CONTACT, terms)), terms.demand_repeated


def _several_each(at: int, within: list[Tally], least: int) -> int:
    each: Counter[str] = Counter()
    for one in within:
        each[one.matter] += one.hits[at]
    return sum(number for number in each.values() if number >= least)


def _written(at: int, within: list[Tally], kept: list[Tally], window: Window, terms: DemandTerms) -> tuple[int, int]:
    return sum(one.hits[at] for one in within), terms.demand_written


def _bursts(at: int, within: list[Tally], kept: list[Tally], window: Window, terms: DemandTerms) -> tuple[int, int]:
    """Days with a burst, so that one bad day is not a demand; the figure is the contacts, the threshold theirs."""
    days: set[date] = {one.day for one in within}
    number = sum(one.hits[at] for one in within)
    least = terms.demand_burst * terms.demand_burst_days
    return (number, least) if len(days) >= terms.demand_burst_days else (0, least)


def _share(at: int, within: list[Tally], kept: list[Tally], window: Window, terms: DemandTerms) -> int:
    number = sum(one.hits[at] for one in within)
    counted = sum(one.contacts for one in kept if not one.reason and window.holds(one.day))
    return number if 100 * number >= terms.demand_share * counted else 0


def _senior(at: int, within: list[Tally], kept: list[Tally], window: Window, terms: DemandTerms) -> tuple[int, int]:
    return _share(at, within, kept, window, terms), terms.demand_senior


def _vague(at: int, within: list[Tally], kept: list[Tally], window: Window, terms: DemandTerms) -> tuple[int, int]:
    return _share(at, within, kept, window, terms), terms.demand_vague


def _settled(at: int, within: list[Tally], kept: list[Tally], window: Window, terms: DemandTerms) -> tuple[int, int]:
    """Again only matters with several each: a second thought on each of four repairs is not going back constantly."""
    return _several_each(at, within, least_on_one_matter(Conduct.SETTLED_ISSUES, terms)), terms.demand_settled


def _exhausted(at: int, within: list[Tally], kept: list[Tally], window: Window, terms: DemandTerms) -> tuple[int, int]:
    return sum(one.hits[at] for one in within), terms.demand_exhausted


_THRESHOLDS: Mapping[Conduct, Threshold] = {
    Conduct.REPEATED_CONTACT: _repeated,
    Conduct.EXCESSIVE_EMAILS: _written,
    Conduct.IMMEDIATE_RESPONSES: _bursts,
    Conduct.SENIOR_ONLY: _senior,
    Conduct.NOT_SPECIFIC: _vague,
    Conduct.SETTLED_ISSUES: _settled,
    Conduct.EXHAUSTED_COMPLAINT: _exhausted,
}
