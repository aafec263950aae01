"""The quick looks agree with one another, and never say that nothing is held where something is: random registers."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from evenhand.cases import anything_held, holding
from evenhand.cases.models import Case, LiveControl
from evenhand.people.models import (
    Home,
    HomeHazard,
    HomeVisit,
    InheritedAlert,
    Need,
    Person,
    Tenancy,
    TenancyPerson,
)
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.hazard import Hazard
from evenhand.policy.need import Channel
from evenhand.policy.need import Need as NeedKind
from tests.glances import seen_by_telephone
from tests.web.conftest import cast
from tests.web.stories import Cast

__all__ = ["cast"]
pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
MANY_PEOPLE, MANY_HOMES = 60, 30
MARKER = {
    "risk": Risk.THREATS.value,
    "controls": [Control.PAIRS.value],
    "audience": Audience.ALL.value,
}


class Register:
    """A register in which people live together, visit, are joined and die, with a few things held of some of them."""

    def __init__(self, seed: int, cast: Cast) -> None:
        self.chance, self.by = Random(seed), cast.manager
        self.homes = [
            Home.objects.create(source="housing", ref=f"H{n}", address_line=f"{n} Row") for n in range(MANY_HOMES)
        ]
        self.people = [self._person(n) for n in range(MANY_PEOPLE)]
        for person in self.people:
            self._lives_somewhere(person)
        self._some(self._joined, 5)
        self._some(self._visits, 25)
        self._some(self._needs, 4)
        self._some(self._marked, 5)
        self._at_homes()

    def number(self, person: Person) -> str:
        return person.phones[0]

    def around(self) -> date | None:
        """A day about the day that is asked about, or none."""
        return self.chance.choice([None, None, *(DAY + timedelta(days=n) for n in (-40, -1, 0, 1, 40))])

    def _some(self, act: Callable[[Person], Any], many: int) -> None:
        for person in self.chance.sample(self.people, many):
            act(person)

    def _person(self, n: int) -> Person:
        return Person.objects.create(
            source="housing",
            ref=f"P{n}",
            forename="Jo",
            phones=[f"+4477009{n:05}"],
            unsafe_channels=[Channel.EMAIL.value] if self.chance.random() < 0.05 else [],
            died_on=DAY - timedelta(days=3) if self.chance.random() < 0.05 else None,
        )

    def _lives_somewhere(self, person: Person) -> None:
        for home in self.chance.sample(self.homes, self.chance.choice([0, 1, 1, 1, 2])):
            tenancy, _ = Tenancy.objects.get_or_create(
                source="housing", ref=f"T{home.ref}", defaults={"home": home, "ended_on": self.around()}
            )
            TenancyPerson.objects.create(
                tenancy=tenancy, person=person, role="tenant", started_on=self.around(), ended_on=self.around()
            )

    def _joined(self, person: Person) -> None:
        into = self.chance.choice([other for other in self.people if other.pk > person.pk] or [None])
        Person.objects.filter(pk=person.pk).update(merged_into=into)

    def _visits(self, person: Person) -> None:
        home = self.chance.choice(self.homes)
        HomeVisit.objects.create(person=person, home=home, recorded_on=DAY, ended_on=self.around())

    def _needs(self, person: Person) -> None:
        Need.objects.create(person=person, kind=NeedKind.LARGE_PRINT, recorded_on=DAY, ended_on=self.around())

    def _marked(self, person: Person) -> None:
        self._control(self.chance.choice(["marker", "marker", "limit"]), person=person)

    def _control(self, kind: str, **about: Any) -> None:
        number = LiveControl.objects.count()
        case = Case.objects.create(reference=f"EH-TEST-{number:04}", opened_at="2026-01-01T00:00Z", **about)
        plan = {"channels": [Channel.LETTER.value]}
        details = {"marker": MARKER, "limit": plan, "instruction": {"controls": ["Go in pairs"]}}[kind]
        days = {} if kind == "marker" else {"starts_on": DAY - timedelta(days=9), "ends_on": self.around() or DAY}
        LiveControl.objects.create(case=case, kind=kind, control="C1", details=details, **days, **about)

    def _at_homes(self) -> None:
        hazardous, told, instructed = self.chance.sample(self.homes, 3)
        looked: dict[str, Any] = {"recorded_on": DAY, "seen_on": DAY, "review_on": DAY}
        who = {"recorded_by": self.by, "seen_by": self.by}
        HomeHazard.objects.create(home=hazardous, kind=Hazard.ANIMAL, ended_on=self.around(), **looked, **who)
        self._warned(home=told)
        self._some(lambda person: self._warned(person=person), 3)
        self._control("instruction", home=instructed)

    def _warned(self, **about: Any) -> None:
        until = DAY + timedelta(days=self.chance.choice([-1, 0, 5]))
        InheritedAlert.objects.create(
            source="old",
            code="CV",
            about="conduct",
            warns=self.chance.random() < 0.8,
            received_on=DAY,
            until=until,
            **about,
        )


@pytest.fixture(params=range(12))
def register(request: pytest.FixtureRequest, cast: Cast) -> Register:
    return Register(request.param, cast)


def test_the_glance_at_a_number_and_the_look_at_many_people_say_the_same(register: Register) -> None:
    everyone = anything_held.people_held([person.pk for person in register.people], DAY)
    seen = {person.pk: seen_by_telephone(register.number(person), DAY) for person in register.people}
    assert {person for person, [only] in seen.items() if only.held} == everyone
    assert all(only.person == person for person, [only] in seen.items())
    assert 0 < len(everyone) < MANY_PEOPLE


def test_neither_leaves_out_anybody_of_whom_something_is_held(register: Register) -> None:
    held = holding.held_of([person.pk for person in register.people], DAY)
    of_whom = {person for person, found in held.items() if not found.says_nothing}
    assert of_whom and of_whom <= anything_held.people_held(held, DAY)


def test_what_may_not_be_told_is_not_even_looked_at(register: Register) -> None:
    """A limit that has not begun, an old warning that was let go, a hazard that ended: else the time would tell."""
    Person.objects.update(merged_into=None, died_on=None)
    InheritedAlert.objects.exclude(home=None).delete()
    people = [person.pk for person in register.people]
    held = holding.held_of(people, DAY)
    assert anything_held.people_held(people, DAY) == {person for person in people if not held[person].says_nothing}


def test_no_home_at_which_something_is_held_is_left_out_of_few_or_of_many(register: Register) -> None:
    held = holding.held_at([home.pk for home in register.homes], DAY)
    where = {home for home, found in held.items() if not found.is_empty}
    others = range(10**6, 10**6 + anything_held.FEW + 1)
    assert where
    assert where <= anything_held.homes_held(held, DAY)
    assert where <= anything_held.homes_held([*held, *others], DAY)
