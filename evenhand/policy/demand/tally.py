"""C2: one customer's log, counted by day and matter: all that a measure needs, and all that a database need give."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from evenhand.policy.conduct import Conduct
from evenhand.policy.demand.exclusion import Reason, exclusions
from evenhand.policy.demand.kind import shown
from evenhand.policy.demand.log import Contact, History
from evenhand.policy.demand.terms import DemandTerms

KINDS = (
    Conduct.REPEATED_CONTACT,
    Conduct.EXCESSIVE_EMAILS,
    Conduct.IMMEDIATE_RESPONSES,
    Conduct.SENIOR_ONLY,
    Conduct.NOT_SPECIFIC,
    Conduct.SETTLED_ISSUES,
    Conduct.EXHAUSTED_COMPLAINT,
)
"""The policy's seven demands, in its order."""
NO_HITS = (0,) * len(KINDS)


class Tally(NamedTuple):
    """Contacts of one day about one matter (or none) that are counted, or are left out for one reason.

    `hits` says how many of them show each of `KINDS`; it is all noughts where they are left out.
    """

    day: date
    matter: str
    reason: Reason | None
    contacts: int
    minutes: int
    hits: tuple[int, ...]
    teams: frozenset[str]


def tally(history: History, terms: DemandTerms, without: frozenset[Reason] = frozenset()) -> list[Tally]:
    """One customer's log counted, in order of day, matter and reason. `without` as in `exclusions`."""
    if Reason.NOT_DONE in without:
        closed = {ref: replace(m, done=m.closed) for ref, m in history.matters.items()}
        history = replace(history, matters=closed)
    left_out = exclusions(history, terms, without)
    fair = [one for one in history.contacts if one.ref not in left_out]
    hits: dict[str, list[int]] = defaultdict(lambda: [0] * len(KINDS))
    for kind, contacts in shown(history, fair, terms).items():
        for one in contacts:
            hits[one.ref][KINDS.index(kind)] = 1
    groups: dict[tuple[date, str, Reason | None], list[Contact]] = defaultdict(list)
    for one in history.contacts:
        matter = one.matter if one.matter in history.matters else ""
        groups[one.day, matter, left_out.get(one.ref)].append(one)
    return [
        Tally(
            *key,
            contacts=len(group),
            minutes=sum(one.minutes for one in group),
            hits=tuple(map(sum, zip(*(hits[one.ref] for one in group), strict=True))),
            teams=frozenset(one.team for one in group if one.team),
        )
        for key, group in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or ""))
    ]
