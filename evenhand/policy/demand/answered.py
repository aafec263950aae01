"""C2: how many of the contacts that count came soon after our answer: whether we had asked something, no log tells."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.tally import Tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window


def after_ours(kept: Iterable[Tally], window: Window, terms: DemandTerms) -> int:
    """How many contacts that count in a window were the first about the same after a day on which both sides spoke.

    Ours of such a day is taken as our answer (`exclusion`), so what follows it counts, though we may have asked
    something. The order within a day is not asked: where ours came first, the caution stays, for the customer. At most
    one a day and matter, and only within the days in which a contact would be a reply. In: the tallies in order of day
    and matter; those before the window tell what came before.
    """
    found = 0
    answered: dict[str, date | None] = {}
    for (day, matter), group in groupby(kept, key=lambda one: (one.day, one.matter)):
        reasons = {one.reason for one in group}
        before = answered.get(matter)
        if None in reasons and before and window.holds(day) and day - before <= timedelta(terms.demand_reply_days):
            found += 1
        # Ours alone begins something: what comes next replies to it, and is left out.
        both = Reason.OUTWARD in reasons and len(reasons) > 1
        answered[matter] = day if both else None
    return found
