"""C2: what a kind of demand comes to in each window, and what it takes besides a number: one place for all who ask."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import accumulate

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.kind import least_on_one_matter
from evenhand.policy.demand.tally import KINDS, Tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window


class Why(StrEnum):
    """What a figure falls short of; or that it is not looked at, as writing is what the customer needs."""

    NEED = "need"
    NONE = "none"
    FEWER = "fewer"
    SHARE = "share"
    DAYS = "days"
    TIME = "time"
    USUAL = "usual"


def figures(
    kind: Conduct, windows: Sequence[Window], kept: Sequence[Tally], terms: DemandTerms, fewest: int = 0
) -> Iterator[tuple[int, Window]]:
    """A kind's figure in each window, left out where fewer contacts than `fewest` show it. In: the tallies in order.

    Of some kinds only matters with several each count: asking once after each of twelve repairs repeats nothing, and a
    second thought on each of four is not going back constantly.
    """
    at, least = KINDS.index(kind), least_on_one_matter(kind, terms)
    telling = [one for one in kept if one.hits[at]]
    days = [one.day for one in telling]
    so_far = list(accumulate((one.hits[at] for one in telling), initial=0))
    for window in windows:
        first, last = bisect_left(days, window.first), bisect_right(days, window.last)
        if so_far[last] - so_far[first] >= fewest:
            each: Counter[str] = Counter()
            for one in telling[first:last]:
                each[one.matter] += one.hits[at]
            yield sum(number for number in each.values() if number >= least), window


def falls_short(kind: Conduct, figure: int, window: Window, kept: Sequence[Tally], terms: DemandTerms) -> Why | None:
    """Whether too small a part of a window's contacts show a kind, or too few days: one bad day is no demand."""
    if kind in (Conduct.SENIOR_ONLY, Conduct.NOT_SPECIFIC):
        counted = sum(one.contacts for one in kept if not one.reason and window.holds(one.day))
        return Why.SHARE if 100 * figure < terms.demand_share * counted else None
    if kind is Conduct.IMMEDIATE_RESPONSES:
        at = KINDS.index(kind)
        on = {one.day for one in kept if one.hits[at] and window.holds(one.day)}
        return Why.DAYS if len(on) < terms.demand_burst_days else None
    return None
