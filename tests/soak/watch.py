"""What is held of whom, read as whoever asks the pure function reads it, and by which record they are known."""

from collections.abc import Collection
from datetime import date

from evenhand.cases import holding
from evenhand.people.models import Home, Person
from tests.soak.journal import State, Subject


def held(people: Collection[int], homes: Collection[int], day: date) -> dict[Subject, State]:
    """The state of each on a day. Nobody may change anything meanwhile: it is read in several statements."""
    records = {row[0]: row for row in Person.objects.values_list("pk", "source", "ref", "merged_into_id")}
    found: dict[Subject, State] = {}
    for key, what in holding.held_of(people, day).items():
        row = records[key]
        while row[3] is not None:
            row = records[row[3]]
        found["person", key] = State(what, row[1], row[2])
    names = {row[0]: row for row in Home.objects.filter(pk__in=homes).values_list("pk", "source", "ref")}
    for key, what in holding.held_at(homes, day).items():
        found["home", key] = State(what, names[key][1], names[key][2])
    return found
