"""Invented landlords of several habits: who does what, and whether it is unreasonable. The same each time.

Every pattern is written from the policy's words, not from the thresholds: the seven demands, and the many good reasons
for contacting a landlord often. `Habits` says how large and how prompt a landlord is, and how much its customers ring.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from evenhand.policy.demand.log import History
from evenhand.policy.need import Need
from tests.policy.demand.pen import ALWAYS, SPAN, TEAMS, Habits, Pen, weeks
from tests.policy.demand.unreasonable import UNREASONABLE

__all__ = ["ALWAYS", "SPAN", "TEAMS", "Habits", "Landlord", "landlord"]


# Innocent: good reasons to ring as often.


def failure_demand(pen: Pen) -> None:
    matter = pen.matter(promised=14)
    assert matter.respond_by is not None
    late = matter.respond_by + weeks(pen.chance.randint(6, 14))
    pen.matters[matter.ref] = replace(matter, responded=late, closed=late, done=late)
    for day in pen.spread(pen.often(25, 45), matter.respond_by + timedelta(days=1), late):
        pen.say(day, matter, asked_for_senior=pen.chance.random() < 0.7)


def senior_while_late(pen: Pen) -> None:
    """Nobody came, and now they want whoever is in charge."""
    matter = pen.matter(promised=14)
    assert matter.respond_by is not None
    late = matter.respond_by + weeks(12)
    pen.matters[matter.ref] = replace(matter, responded=late, closed=late, done=late)
    for day in pen.spread(pen.often(10, 18), matter.respond_by + timedelta(days=1), late):
        pen.say(day, matter, asked_for_senior=True, minutes=pen.chance.randint(10, 20))


def unlinked_chasing(pen: Pen) -> None:
    matter = pen.matter(promised=14)
    assert matter.respond_by is not None
    late = matter.respond_by + weeks(pen.chance.randint(6, 14))
    pen.matters[matter.ref] = replace(matter, responded=late, closed=late, done=late)
    for day in pen.spread(pen.often(25, 45), matter.respond_by + timedelta(days=1), late):
        pen.say(day, channel="email", specific=False)


def unfixed_repair(pen: Pen) -> None:
    matter = pen.matter(opened=pen.day(100))
    assert matter.closed is not None
    done = pen.chance.choice([None, matter.closed + weeks(14)])
    pen.matters[matter.ref] = replace(matter, done=done)
    for day in pen.spread(pen.often(16, 30), matter.closed + timedelta(days=2), matter.closed + weeks(13)):
        pen.say(day, matter)


def opened_again(pen: Pen) -> None:
    matter = pen.matter(opened=pen.day(100))
    assert matter.closed is not None
    pen.matters[matter.ref] = replace(matter, reopened=matter.closed + weeks(6))
    for day in pen.spread(pen.chance.randint(10, 16), matter.closed + timedelta(days=2), matter.closed + weeks(8)):
        pen.say(day, matter)


def came_back(pen: Pen) -> None:
    """The fault came back: the customer names the old repair, and there is a new one."""
    matter = pen.matter(opened=pen.day(100))
    assert matter.closed is not None
    again = pen.matter(opened=matter.closed + weeks(2), promised=42)
    assert again.done is not None
    for day in pen.spread(pen.chance.randint(10, 16), again.opened, again.done):
        pen.say(day, matter)


def advocate_writes(pen: Pen) -> None:
    matter = pen.matter("complaint_stage2", promised=28)
    for day in pen.spread(pen.often(25, 50), matter.opened, matter.opened + weeks(7)):
        pen.say(day, matter, channel="email", caller="advocate")


def interpreter_rings(pen: Pen) -> None:
    matter = pen.matter(promised=28)
    for day in pen.spread(pen.often(15, 25), matter.opened, matter.opened + timedelta(days=25)):
        pen.say(day, matter, caller="interpreter")


def because_of_need(pen: Pen) -> None:
    matter = pen.matter(promised=28)
    for day in pen.spread(pen.often(15, 25), matter.opened, matter.opened + timedelta(days=25)):
        pen.say(day, matter, because_of_need=True)


def says_it_twice(pen: Pen) -> None:
    """Someone who uses British Sign Language rings through a relay, is cut off, and rings again the same day."""
    pen.needs = frozenset({Need.BSL})
    matter = pen.matter(promised=28)
    for at in (1, 6, 11, 16, 21):
        for hour in range(pen.often(4, 6)):
            pen.say(matter.opened + timedelta(days=at), matter, hour, minutes=8)


def brings_news(pen: Pen) -> None:
    matter = pen.matter("asb_report", promised=28)
    for day in pen.spread(pen.often(20, 30), matter.opened, matter.opened + timedelta(days=26)):
        pen.say(day, matter, new_information=True)


def emergencies(pen: Pen) -> None:
    matter = pen.matter(promised=28)
    for day in pen.spread(pen.often(14, 22), matter.opened, matter.opened + timedelta(days=25)):
        pen.say(day, matter, exempt=pen.chance.choice(["emergency_repair", "gas", "councillor"]))


def answers_us(pen: Pen) -> None:
    """We ask, they answer."""
    matter = pen.matter("asb_report", promised=28)
    for at in range(1, 25, 2):
        pen.say(matter.opened + timedelta(days=at), matter, 0, inward=False)
        pen.say(matter.opened + timedelta(days=at), matter, 3, minutes=10)


def visited_by_us(pen: Pen) -> None:
    """An officer of ours rings every other day to see how someone is."""
    matter = pen.matter("asb_report", promised=28)
    for at in range(1, 26, 2):
        pen.say(matter.opened + timedelta(days=at), matter, inward=False, minutes=12)
    pen.say(matter.opened, matter)


def many_matters(pen: Pen) -> None:
    first = pen.day(220)
    for _ in range(12):
        matter = pen.matter(opened=first + timedelta(days=pen.chance.randint(0, 30)), promised=28)
        assert matter.respond_by is not None
        pen.say(matter.opened, matter)
        pen.say(matter.respond_by - timedelta(days=pen.chance.randint(0, 6)), matter)


def often_in_trouble(pen: Pen) -> None:
    """Many small things go wrong in a year, and each is told of once."""
    pen.needs = frozenset({Need.EASY_READ})
    for _ in range(pen.often(24, 34)):
        matter = pen.matter(promised=10)
        pen.say(matter.opened, matter, minutes=pen.chance.randint(2, 6))


def writes_as_they_must(pen: Pen) -> None:
    pen.needs = frozenset({Need.FINDS_TELEPHONE_HARD})
    for _ in range(30):
        matter = pen.matter(opened=pen.day(300), promised=14)
        pen.say(matter.opened, matter, channel="email")


def forceful(pen: Pen) -> None:
    matter = pen.matter("complaint_stage1")
    assert matter.closed is not None
    pen.say(matter.opened, matter, minutes=25, asked_for_senior=True)
    pen.say(matter.closed, matter, minutes=30, asked_for_senior=True)
    pen.say(matter.closed + timedelta(days=3), matter, minutes=30)


def noisy_flags(pen: Pen) -> None:
    for day in pen.spread(4, pen.day(100), SPAN.last):
        marked = {"asked_for_senior": pen.chance.random() < 0.5, "specific": pen.chance.random() < 0.5}
        pen.say(day, **marked)


def rings_weekly(pen: Pen) -> None:
    matter = pen.matter(promised=28)
    for at in range(4):
        pen.say(matter.opened + weeks(at), matter, minutes=10)


def ordinary(pen: Pen) -> None:
    for _ in range(pen.chance.randint(*pen.habits.ordinary_matters)):
        matter = pen.matter(pen.chance.choice(["repair", "repair", "rent", "complaint_stage1"]))
        assert matter.respond_by is not None
        pen.say(matter.opened, matter)
        if pen.chance.random() < pen.habits.late:
            late = matter.respond_by + timedelta(days=pen.chance.randint(2, 40))
            pen.matters[matter.ref] = replace(matter, responded=late, closed=late, done=late)
            for day in pen.spread(pen.often(1, 5), matter.respond_by + timedelta(days=1), late):
                pen.say(day, matter)
        for day in pen.spread(
            round(pen.chance.randint(*pen.habits.chasers) * pen.habits.eager), matter.opened, matter.respond_by
        ):
            pen.say(day, matter)
        if pen.chance.random() < 0.5:
            pen.say(matter.respond_by, matter, inward=False)


INNOCENT: tuple[Callable[[Pen], None], ...] = (
    *(
        failure_demand,
        senior_while_late,
        unlinked_chasing,
        often_in_trouble,
        unfixed_repair,
        opened_again,
        came_back,
        advocate_writes,
        interpreter_rings,
    ),
    *(because_of_need, says_it_twice, brings_news, emergencies, answers_us, visited_by_us, many_matters),
    *(writes_as_they_must, forceful, noisy_flags, rings_weekly),
)


@dataclass(frozen=True)
class Landlord:
    """Histories by customer, and of whom each pattern is true: `True` unreasonable, `False` not."""

    histories: dict[str, History]
    truth: dict[str, tuple[str, bool | None]]

    def of_pattern(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for person, (pattern, _) in self.truth.items():
            found[pattern].append(person)
        return dict(found)


def landlord(habits: Habits) -> Landlord:
    """A landlord of these habits. People with a pattern have some ordinary matters too."""
    chance = Random(habits.seed)
    histories, truth = {}, {}
    for ref, pattern in _people(habits):
        pen = Pen(ref, chance, habits)
        if chance.random() < habits.needs and pattern in INNOCENT:
            pen.needs = frozenset({chance.choice([Need.INTERPRETER, Need.LARGE_PRINT])})
        pattern(pen)
        histories[ref] = pen.history()
        truth[ref] = (pattern.__name__, pattern in UNREASONABLE)
    return Landlord(histories, truth)


def _people(habits: Habits) -> Iterator[tuple[str, Callable[[Pen], None]]]:
    for pattern in (*UNREASONABLE, *INNOCENT):
        for n in range(habits.each):
            yield f"{pattern.__name__}{n}", pattern
    for n in range(habits.ordinary):
        yield f"ordinary{n}", ordinary
