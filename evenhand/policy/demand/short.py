"""C2: what the kinds of demand come to that do not show, and what they fall short of: so that each says its figure."""

from collections.abc import Collection
from dataclasses import dataclass

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.comparison import Comparison, compare
from evenhand.policy.demand.figure import Why, falls_short, figures
from evenhand.policy.demand.kind import SHORT
from evenhand.policy.demand.measure import Customer, Fields, more_than_usual, needs_it, open_in, peer_of
from evenhand.policy.demand.strength import asked
from evenhand.policy.demand.tally import KINDS, Tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window, months, weeks


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
    figure, window = max(figures(kind, windows, kept, terms))
    least = asked(kind, customer.unknown, terms)
    if needs_it(kind, customer):
        return Short(kind, figure, least, window, Why.NEED)
    if figure < least:
        return Short(kind, figure, least, window, Why.FEWER if figure else Why.NONE)
    within = [one for one in kept if window.holds(one.day)]
    own = peer_of(within, customer.ref, open_in(customer.matters, window))
    beside = compare(own, KINDS.index(kind), fields(window), terms)
    why = falls_short(kind, figure, window, kept, terms)
    if why is None:
        why = Why.TIME if own.minutes - beside.median < terms.demand_minutes else Why.USUAL
    told = more_than_usual(least, beside, terms) if why is Why.USUAL else least
    return Short(kind, figure, told, window, why, own.minutes, beside)
