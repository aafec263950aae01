"""C2: the contacts behind every number of a measure, one by one, so that whoever doubts a number can count again."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from evenhand.policy.demand.exclusion import exclusions
from evenhand.policy.demand.kind import least_on_one_matter, shown
from evenhand.policy.demand.log import Contact, History
from evenhand.policy.demand.measure import Measure
from evenhand.policy.demand.terms import DemandTerms


class Part(StrEnum):
    """What a contact is to a measure. One outside its days is nothing to it."""

    FIGURE = "in the figure"
    COUNTS = "counts"
    LEFT_OUT = "left out"


def parts(history: History, found: Iterable[Measure], terms: DemandTerms) -> list[dict[str, Part]]:
    """For each measure, what each contact of its days is to it, by the contact's reference.

    In: the log over the span that was measured, and the terms it was measured by. Those in the figure are as many as
    `Measure.figure`; with those that count too, `counted`; those left out are `left_out`, ours to the customer too.
    """
    left_out = exclusions(history, terms)
    fair = [one for one in history.contacts if one.ref not in left_out]
    telling = shown(history, fair, terms)
    return [_of(measure, history, telling[measure.kind], left_out.keys(), terms) for measure in found]


def _of(
    measure: Measure, history: History, telling: list[Contact], left_out: Iterable[str], terms: DemandTerms
) -> dict[str, Part]:
    within = [one for one in telling if measure.window.holds(one.day)]
    each = Counter(_about(one, history) for one in within)
    least = least_on_one_matter(measure.kind, terms)
    figure = {one.ref for one in within if each[_about(one, history)] >= least}
    away = set(left_out)
    return {
        one.ref: Part.FIGURE if one.ref in figure else Part.LEFT_OUT if one.ref in away else Part.COUNTS
        for one in history.contacts
        if measure.window.holds(one.day)
    }


def _about(one: Contact, history: History) -> str:
    return one.matter if one.matter in history.matters else ""
