"""How well the measure tells the unreasonable from everyone else, per person: any kind counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.policy.demand.exclusion import Reason
from evenhand.policy.demand.log import unknown
from evenhand.policy.demand.measure import Customer, Measure, measures
from evenhand.policy.demand.portfolio import Portfolio
from evenhand.policy.demand.tally import tally
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window
from tests.policy.demand.invented import Landlord

NOTHING: frozenset[Reason] = frozenset()


@dataclass(frozen=True)
class Score:
    """`recall` and `precision` from 0 to 1; `least` is the recall of the worst pattern; `wrong` whom it pointed at."""

    recall: float
    precision: float
    each: dict[str, float]
    wrong: dict[str, int]

    @property
    def least(self) -> float:
        return min(self.each.values())

    @property
    def both(self) -> float:
        """The harmonic mean of recall and precision."""
        return 2 * self.recall * self.precision / (self.recall + self.precision or 1)


def suggested(
    landlord: Landlord, span: Window, terms: DemandTerms | None = None, without: frozenset[Reason] = NOTHING
) -> dict[str, list[Measure]]:
    """Whom the measure suggests, and what it says of them."""
    terms = terms or DemandTerms()
    customers = [
        Customer(
            ref=ref,
            tallies=tuple(tally(history, terms, without)),
            matters=tuple(history.matters.values()),
            needs=history.needs,
            unknown=unknown(history.contacts, history.matters.values()),
        )
        for ref, history in landlord.histories.items()
    ]
    everyone = Portfolio(customers)
    return {one.ref: found for one in customers if (found := measures(one, span, everyone, terms))}


def score(landlord: Landlord, found: Iterable[str]) -> Score:
    """Of a landlord whose truth is known, and the people suggested. Whoever has no truth is ordinary."""
    found = set(found)
    unreasonable = {ref for ref, (_, wrong) in landlord.truth.items() if wrong}
    innocent = {ref for ref in found if landlord.truth.get(ref, ("ordinary", False))[1] is False}
    right = found & unreasonable
    each = {}
    wrong: dict[str, int] = {}
    for pattern, people in landlord.of_pattern().items():
        if set(people) <= unreasonable:
            each[pattern] = len(right & set(people)) / len(people)
    for ref in innocent:
        pattern = landlord.truth.get(ref, ("ordinary", False))[0]
        wrong[pattern] = wrong.get(pattern, 0) + 1
    return Score(len(right) / len(unreasonable), len(right) / (len(right) + len(innocent) or 1), each, wrong)
