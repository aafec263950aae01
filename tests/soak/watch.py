"""What is held of whom, read as whoever asks the pure function reads it, and by which record they are known."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from evenhand.cases import holding
from evenhand.people.models import Home, Person
from evenhand.policy.held import Held
from tests.soak.journal import State, Subject

CONTROLS = ("limits", "contacts", "markers", "others", "instructions")


def bare(what: Held) -> Held:
    """Without the keys of rows: those are made anew by every act on a case, and no answer tells them."""
    return replace(what, **{name: tuple(replace(each, key=0) for each in getattr(what, name)) for name in CONTROLS})


def held(people: Collection[int], homes: Collection[int], day: date) -> dict[Subject, State]:
    """The state of each on a day. Nobody may change anything meanwhile: it is read in several statements."""
    records = {row[0]: row for row in Person.objects.values_list("pk", "source", "ref", "merged_into_id")}
    found: dict[Subject, State] = {}
    for key, what in holding.held_of(people, day).items():
        row = records[key]
        while row[3] is not None:
            row = records[row[3]]
        found["person", key] = State(bare(what), row[1], row[2])
    names = {row[0]: row for row in Home.objects.filter(pk__in=homes).values_list("pk", "source", "ref")}
    for key, what in holding.held_at(homes, day).items():
        found["home", key] = State(bare(what), names[key][1], names[key][2])
    return found
