"""C2: what the kinds of demand come to that do not show, and what they fall short of: so that each says its figure."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.comparison import Comparison, compare
from evenhand.policy.demand.kind import SHORT, least_on_one_matter
from evenhand.policy.demand.measure import Customer, Fields, open_in, peer_of
from evenhand.policy.demand.strength import margin, missing
from evenhand.policy.demand.tally import KINDS, Tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window, months, weeks
from evenhand.policy.need import Channel


class Why(StrEnum):
    """What a figure falls short of; or that it is not looked at, as writing is what the customer needs."""

    NEED = "need"
    NONE = "none"
    FEWER = "fewer"
    SHARE = "share"
    DAYS = "days"
    TIME = "time"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Short:
    """One kind where its figure was highest. From `least` contacts it is looked at; `minutes` are of all that count.

    There is a comparison only where the figure reaches that.
    """

    kind: Conduct
    figure: int
    least: int
    window: Window
    why: Why
    minutes: int = 0
    comparison: Comparison | None = None


def short_of(
    customer: Customer, span: Window, fields: Fields, terms: DemandTerms, but: Collection[Conduct]
) -> list[Short]:
    """Each kind but those that show, in the policy's order. In: as in `measures`."""
    kept = [one for one in customer.tallies if span.holds(one.day)]
    weekly, monthly = weeks(span, terms.demand_weeks), months(span, terms.demand_months)
    return [
        _short(kind, weekly if kind in SHORT else monthly, kept, customer, fields, terms)
        for kind in KINDS
        if kind not in but
    ]


def _short(
    kind: Conduct, windows: list[Window], kept: list[Tally], customer: Customer, fields: Fields, terms: DemandTerms
) -> Short:
    figure, window = _highest(kind, windows, kept, terms)
    least = round(terms.least_of_each[KINDS.index(kind)] * margin(missing(kind, customer.unknown), terms))
    if kind is Conduct.EXCESSIVE_EMAILS and any(Channel.PHONE in need.unsuitable for need in customer.needs):
        return Short(kind, figure, least, window, Why.NEED)
    if figure < least:
        return Short(kind, figure, least, window, Why.FEWER if figure else Why.NONE)
    within = [one for one in kept if window.holds(one.day)]
    own = peer_of(within, customer.ref, open_in(customer.matters, window))
    beside = compare(own, KINDS.index(kind), fields(window), terms)
    usual = max(least, round(terms.demand_times * beside.usual))
    why = _why(kind, figure, within, terms)
    if why is None:
        why = Why.TIME if own.minutes - beside.median < terms.demand_minutes else Why.USUAL
    return Short(kind, figure, usual if why is Why.USUAL else least, window, why, own.minutes, beside)


def _highest(kind: Conduct, windows: list[Window], kept: list[Tally], terms: DemandTerms) -> tuple[int, Window]:
    """Where a kind's figure was highest; the latest window if equal."""
    at, least = KINDS.index(kind), least_on_one_matter(kind, terms)
    telling = [one for one in kept if one.hits[at]]
    days = [one.day for one in telling]
    return max(
        (_figure(at, telling[bisect_left(days, one.first) : bisect_right(days, one.last)], least), one)
        for one in windows
    )


def _figure(at: int, telling: Iterable[Tally], least: int) -> int:
    each: Counter[str] = Counter()
    for one in telling:
        each[one.matter] += one.hits[at]
    return sum(number for number in each.values() if number >= least)


def _why(kind: Conduct, figure: int, within: list[Tally], terms: DemandTerms) -> Why | None:
    """Whether too small a part of the contacts show it, or too few days."""
    counted = sum(one.contacts for one in within if not one.reason)
    if kind in (Conduct.SENIOR_ONLY, Conduct.NOT_SPECIFIC) and 100 * figure < terms.demand_share * counted:
        return Why.SHARE
    at = KINDS.index(kind)
    if (
        kind is Conduct.IMMEDIATE_RESPONSES
        and len({one.day for one in within if one.hits[at]}) < terms.demand_burst_days
    ):
        return Why.DAYS
    return None
