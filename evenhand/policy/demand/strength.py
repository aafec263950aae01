"""C2: how far a measure can be relied on, from 0 to 1. It falls with everything that speaks for the customer."""

from enum import StrEnum

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.comparison import Basis, Comparison
from evenhand.policy.demand.log import Column
from evenhand.policy.demand.tally import KINDS
from evenhand.policy.demand.terms import DemandTerms

FEW_PEERS = 0.8
A_NEED = 0.8
A_COLUMN = 0.85
AN_ANSWER = 0.8
"""What is left of the strength for a comparison with too few, for a recorded need, for each thing the log omits; and
where all that counts came soon after our answers, as we may have asked something."""

AT_MOST = 200
"""Per cent of a threshold that are asked for at most, however much a log omits."""

NEEDED_BY_ALL = (Column.DONE, Column.EXEMPT, Column.CALLER, Column.NEED, Column.NEWS)
NEEDED_TOO = {
    Conduct.REPEATED_CONTACT: (Column.TOLD,),
    Conduct.IMMEDIATE_RESPONSES: (Column.TOLD,),
    Conduct.SENIOR_ONLY: (Column.OFFERED,),
    Conduct.SETTLED_ISSUES: (Column.REOPENED,),
}


class Strength(StrEnum):
    """A strength in a word."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"

    @classmethod
    def of(cls, number: float) -> "Strength":
        return cls.STRONG if number >= 0.6 else cls.FAIR if number >= 0.3 else cls.WEAK


def missing(kind: Conduct, unknown: frozenset[Column]) -> tuple[Column, ...]:
    """What the log would have to record, and does not, to be sure of this kind."""
    return tuple(column for column in (*NEEDED_BY_ALL, *NEEDED_TOO.get(kind, ())) if column in unknown)


def asked(kind: Conduct, unknown: frozenset[Column], terms: DemandTerms) -> int:
    """The fewest contacts that show a kind where the log lacks what could speak for a customer, rounded up.

    The more of it is lacking the more is asked, up to twice as many: with a higher setting that is reached sooner.
    """
    lacking = sum(column in NEEDED_BY_ALL for column in missing(kind, unknown))
    per_cent = min(100 + lacking * terms.demand_unknown, AT_MOST)
    return -(-terms.least_of_each[KINDS.index(kind)] * per_cent // 100)


def strength(
    *,
    times: float,
    times_minutes: float,
    counted: float,
    comparison: Comparison,
    needs: bool,
    missing: tuple[Column, ...],
    after_ours: float,
) -> float:
    """How far a measure can be relied on, from 0 to 1.

    In: how many times its threshold the figure is; how many times the least excess the minutes above the median are;
    the part of the customer's contacts in the window that count; how they compare; whether a need is recorded; what
    the log does not show; the part of those that count that came soon after our answers. Twice a threshold is worth
    three quarters of what any number of times it is worth.
    """
    number = (1 - 0.5 / times) * (1 - 0.5 / times_minutes) * (0.5 + 0.5 * counted)
    number *= 0.5 + comparison.percentile / 200
    number *= FEW_PEERS if comparison.basis is not Basis.SAME else 1
    number *= A_NEED if needs else 1
    number *= 1 - (1 - AN_ANSWER) * after_ours
    return round(number * A_COLUMN ** len(missing), 3)
