"""C2: all of one customer's contacts over the days that were measured, as they are fairly told before anything else."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.policy.demand.exclusion import Reason, exclusions
from evenhand.policy.demand.log import Column, History
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.untold import Mark, untold
from evenhand.policy.demand.window import Window


@dataclass(frozen=True, slots=True)
class Year:
    """How many contacts to the landlord there were, how many of them are not counted and why, what no record shows."""

    days: Window
    contacts: int
    left_out: Mapping[Reason, int]
    lacking: tuple[Column, ...] = ()
    untold: frozenset[Mark] = frozenset()

    @property
    def ours(self) -> int:
        """Those that the landlord's own failure caused."""
        return sum(number for reason, number in self.left_out.items() if reason.is_ours)

    @property
    def counted(self) -> int:
        return self.contacts - sum(self.left_out.values())


def year_of(log: History, days: Window, unknown: frozenset[Column], terms: DemandTerms) -> Year:
    """In: the log over the span that was measured, its days as they are told, and what its columns do not show."""
    reasons = exclusions(log, terms)
    theirs = [one for one in log.contacts if one.inward]
    return Year(
        days=days,
        contacts=len(theirs),
        left_out=Counter(reasons[one.ref] for one in theirs if one.ref in reasons),
        lacking=tuple(column for column in Column if column in unknown),
        untold=untold(theirs),
    )
