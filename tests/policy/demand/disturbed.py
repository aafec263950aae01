"""One landlord's log as other landlords would have it: other volumes, hours and calls, or columns it does not have."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

from evenhand.policy.demand.log import Column, Contact, History
from tests.policy.demand.invented import Landlord

OF_CONTACT = {
    Column.EXEMPT: "exempt",
    Column.NEWS: "new_information",
    Column.NEED: "because_of_need",
    Column.CALLER: "caller",
    Column.OFFERED: "offered_colleague",
}
OPTIONAL = (Column.TOLD, Column.DONE, Column.EXEMPT, Column.NEWS, Column.NEED, Column.CALLER)


def disturbances(made: Landlord) -> Iterator[tuple[str, Landlord]]:
    """Each disturbance in words, and the landlord as it would be."""
    for times in (0.5, 2.0):
        yield f"calls {times:g} times as long", _each(made, partial(_longer, times))
    for hours in (2, 12, 48):
        yield f"moments up to {hours} hours off", _each(made, partial(_moved, Random(hours), hours))
    for times in (0.7, 0.5, 1.5):
        for seed in (1, 2, 3):
            yield f"{times:g} times the contacts, {seed}", _each(made, partial(_some, Random(seed), times))
    for part in range(5):
        people = {ref: one for n, (ref, one) in enumerate(sorted(made.histories.items())) if n % 5 == part}
        truth = {ref: known for ref, known in made.truth.items() if ref in people}
        yield f"a fifth of the people, {part + 1}", Landlord(people, truth)


def without(made: Landlord) -> Iterator[tuple[str, Landlord]]:
    """Each column that the log would not have, alone, and some together."""
    for column in sorted(set(Column)):
        yield f"without `{column}`", lacking(made, column)
    for some in ((Column.NEED, Column.CALLER), (Column.DONE, Column.NEWS), (Column.EXEMPT, Column.CALLER), OPTIONAL):
        named = " and ".join(f"`{column}`" for column in some) if len(some) < len(OPTIONAL) else "all six optional ones"
        yield f"without {named}", lacking(made, *some)


def lacking(made: Landlord, *columns: Column) -> Landlord:
    """The same landlord, whose log does not record these columns."""
    gone = {OF_CONTACT[column]: None for column in columns if column in OF_CONTACT}
    days = frozenset(columns) - set(OF_CONTACT)

    def known(log: History) -> History:
        matters = {key: replace(m, unknown=m.unknown | days) for key, m in log.matters.items()}
        return replace(log, contacts=tuple(replace(one, **gone) for one in log.contacts), matters=matters)  # type: ignore[arg-type]

    return replace(made, histories={ref: known(log) for ref, log in made.histories.items()})


def _each(made: Landlord, change: Callable[[Contact], list[Contact]]) -> Landlord:
    histories = {}
    for ref, log in sorted(made.histories.items()):
        contacts = [new for one in log.contacts for new in change(one)]
        histories[ref] = replace(log, contacts=tuple(sorted(contacts, key=lambda one: (one.at, one.ref))))
    return replace(made, histories=histories)


def _longer(times: float, one: Contact) -> list[Contact]:
    return [replace(one, minutes=round(one.minutes * times))]


def _moved(chance: Random, hours: int, one: Contact) -> list[Contact]:
    at = one.at + timedelta(hours=chance.uniform(-hours, hours))
    return [replace(one, at=at, day=one.day + (at.date() - one.at.date()))]


def _some(chance: Random, times: float, one: Contact) -> list[Contact]:
    """The contact not at all, once, or twice an hour apart."""
    number = int(times) + (chance.random() < times % 1)
    return [replace(one, ref=f"{one.ref}+{n}", at=one.at + timedelta(hours=n)) for n in range(number)]
