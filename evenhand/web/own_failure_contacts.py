"""C2: the contacts behind one of our own failures: those that it caused, and the others about it."""

from dataclasses import dataclass
from typing import Any

from evenhand.contacts import history, own_failures
from evenhand.contacts.models import Matter
from evenhand.policy.demand.sentence import counted, duration
from evenhand.policy.demand.terms import DemandTerms
from evenhand.policy.demand.window import Window
from evenhand.web import demand_list, demand_shown
from evenhand.web.demand_list import Listed

LATEST = 20
"""How many contacts of one matter are shown at once; the earlier ones are folded away."""
ABOUT = demand_shown.COLUMNS.index({"words": "About"})
COLUMNS = [each for n, each in enumerate(demand_shown.COLUMNS) if n != ABOUT]
"""Of each contact on a matter's own page, which says what it is about."""
OF_NONE = "about nothing in particular, while this was late for longest"
Cells = list[Any]


@dataclass(frozen=True, slots=True)
class Behind:
    """The customer's contacts that a matter caused, latest first, and those about it that it did not cause.

    `elsewhere` says how many more it caused that somebody else made: they are nothing of this customer's log.
    """

    caused: list[Cells]
    about: list[Cells]
    elsewhere: str


def behind(matter: Matter, contacts: int, span: Window, terms: DemandTerms) -> Behind:
    """In: the matter, how many contacts it caused as counted, the days that were counted. Four queries."""
    log, key = history.of(matter.person, span), str(matter.pk)
    listed = demand_list.rows(log, terms)[::-1]
    caused = {one.ref for one in own_failures.caused_by(key, log)}
    about = [each for each in listed if each.contact.matter == key and each.contact.ref not in caused]
    return Behind(
        [_cells(each, key) for each in listed if each.contact.ref in caused],
        [_cells(each, key) for each in about],
        _elsewhere(contacts - len(caused)),
    )


def how_many(contacts: int, minutes: int) -> str:
    """ "3 contacts, 27 minutes". Where the log tells of no minutes it is not said that they took none."""
    return f"{counted(contacts, 'contact')}, {took(minutes)}"


def took(minutes: int) -> str:
    return duration(minutes) if minutes else "no minutes recorded"


def _elsewhere(more: int) -> str:
    if more < 1:
        return ""
    made = "was made by somebody else about it, and is" if more == 1 else "were made by others about it, and are"
    return f"{counted(more, 'more contact')} {made} not listed here."


def _cells(each: Listed, key: str) -> Cells:
    cells = [cell for n, cell in enumerate(demand_shown.cells(each.row)) if n != ABOUT]
    return cells if each.contact.matter == key else [cells[0], f"{cells[1]}, {OF_NONE}", *cells[2:]]
