"""C2: a suggestion as data: for other programs, and as it is kept with the day it was measured."""

from collections.abc import Collection
from typing import Any

from evenhand.policy.demand import VERSION
from evenhand.policy.demand.measure import Measure
from evenhand.policy.demand.untold import RESTS_ON, Mark


def suggestion(person_ref: str, measures: tuple[Measure, ...], untold: Collection[Mark] = ()) -> dict[str, Any]:
    """One customer's suggestion: the kinds shown, the strength of the strongest, and the figures of each.

    In: also what everybody's contacts do not show, where that was asked.
    """
    strongest = measures[0]
    return {
        "person_ref": person_ref,
        "kinds": [one.kind.value for one in measures],
        "strength": strongest.strength,
        "in_a_word": strongest.in_a_word.value,
        "figures": [figures(one, untold) for one in measures],
        "left_out": left_out(strongest),
        "definitions": VERSION,
    }


def figures(one: Measure, untold: Collection[Mark] = ()) -> dict[str, Any]:
    """Everything a measure says, in numbers and plain words; days as ISO 8601, minutes as whole numbers."""
    beside = one.comparison
    rests_on = (RESTS_ON.get(one.kind), Mark.MINUTES)
    return {
        "kind": one.kind.value,
        "from": one.window.first.isoformat(),
        "to": one.window.last.isoformat(),
        "figure": one.figure,
        "threshold": one.threshold,
        "contacts": one.all_contacts,
        "counted": one.counted,
        "minutes": one.minutes,
        "minutes_above_usual": round(one.excess, 1),
        "share_of_time": round(beside.share, 5),
        "compared_with": beside.basis.value,
        "customers_compared": beside.peers,
        "median_minutes": round(beside.median, 1),
        "rank": beside.rank,
        "percentile": beside.percentile,
        "open_matters": dict(one.open),
        "teams": sorted(one.teams),
        "strength": one.strength,
        "left_out": left_out(one),
        "after_ours": one.after_ours,
        "reply_days": one.reply_days,
        "needs_recorded": sorted(need.value for need in one.needs),
        "log_does_not_show": [
            *(column.words for column in one.missing),
            *(mark.words("customers") for mark in Mark if mark in untold and mark in rests_on),
        ],
    }


def left_out(one: Measure) -> dict[str, int]:
    """How many contacts in the window were not counted, by reason."""
    return {reason.value: number for reason, number in sorted(one.left_out.items())}
