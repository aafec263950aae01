"""What one invented customer does: a pen that writes their contacts and matters, as one landlord's habits have it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from evenhand.policy.demand.log import Column, Contact, History, Matter
from evenhand.policy.demand.window import Window
from evenhand.policy.need import Need

SPAN = Window(date(2025, 1, 6), date(2026, 1, 5))
TEAMS = ("Repairs", "Income", "Homes", "Complaints")
ALWAYS = frozenset({Column.REOPENED, Column.OFFERED})


@dataclass(frozen=True)
class Habits:
    """How a landlord and its customers are.

    `each` people of every pattern; `eager` multiplies how often they ring; `late` is the part of ordinary matters done
    late; `hours` those in which people ring; `days` how long its log is; `unknown` what the log does not record.
    """

    seed: int = 1
    ordinary: int = 300
    each: int = 8
    eager: float = 1.0
    promised: tuple[int, int] = (7, 28)
    ordinary_matters: tuple[int, int] = (0, 5)
    chasers: tuple[int, int] = (0, 2)
    minutes: tuple[int, int] = (4, 14)
    letters: float = 0.3
    needs: float = 0.1
    late: float = 0.1
    hours: tuple[int, int] = (8, 18)
    days: int = 365
    teams: tuple[str, ...] = TEAMS
    unknown: frozenset[Column] = ALWAYS


@dataclass
class Pen:
    """Writes one customer's log."""

    ref: str
    chance: Random
    habits: Habits
    contacts: list[Contact] = field(default_factory=list)
    matters: dict[str, Matter] = field(default_factory=dict)
    needs: frozenset[Need] = frozenset()

    def often(self, fewest: int, most: int) -> int:
        return max(1, round(self.chance.randint(fewest, most) * self.habits.eager))

    def day(self, latest: int = 260) -> date:
        return SPAN.first + timedelta(days=self.chance.randint(3, max(4, latest * self.habits.days // 365)))

    def matter(
        self, kind: str = "repair", opened: date | None = None, promised: int = 0, **days: date | None
    ) -> Matter:
        """A matter answered and done in time, but for the days given."""
        opened = opened or self.day()
        by = opened + timedelta(days=promised or self.chance.randint(*self.habits.promised))
        done = by - timedelta(days=self.chance.randint(0, 2))
        usual = {"told": opened, "respond_by": by, "responded": done, "closed": done, "done": done}
        ref = f"{self.ref}-{len(self.matters)}"
        unknown = self.habits.unknown & {Column.TOLD, Column.DONE, Column.REOPENED}
        self.matters[ref] = Matter(ref, kind, opened, **{**usual, **days}, unknown=unknown)
        return self.matters[ref]

    def say(self, day: date, about: Matter | None = None, hour: float | None = None, **more: object) -> None:
        """One contact on a day; by telephone or in writing as the landlord's customers do."""
        first, last = self.habits.hours
        at = datetime(day.year, day.month, day.day, first, tzinfo=UTC)
        at += timedelta(hours=self.chance.uniform(0, last - first) if hour is None else hour)
        written = self.chance.random() < self.habits.letters
        usual: dict[str, object] = {
            "minutes": self.chance.randint(*self.habits.minutes),
            "channel": self.chance.choice(["email", "webform"]) if written else "phone",
            "team": self.chance.choice(self.habits.teams),
            "asked_for_senior": False,
            "specific": True,
        }
        one = Contact(
            f"{self.ref}.{len(self.contacts)}", at, day, matter=about.ref if about else "", **{**usual, **more}
        )  # type: ignore[arg-type]
        self.contacts.append(one)

    def spread(self, number: int, first: date, last: date) -> list[date]:
        """Days between two, in order."""
        length = max((last - first).days, 0)
        return sorted(first + timedelta(days=self.chance.randint(0, length)) for _ in range(number))

    def history(self) -> History:
        kept = [one for one in self.contacts if one.day < SPAN.first + timedelta(days=self.habits.days)]
        contacts = sorted(kept, key=lambda one: (one.at, one.ref))
        return History(tuple(self._known(one) for one in contacts), self.matters, self.needs)

    def _known(self, one: Contact) -> Contact:
        """What the log does not record is not known of any contact."""
        names = {
            Column.EXEMPT: "exempt",
            Column.NEWS: "new_information",
            Column.NEED: "because_of_need",
            Column.CALLER: "caller",
            Column.OFFERED: "offered_colleague",
        }
        return replace(one, **{names[column]: None for column in self.habits.unknown if column in names})


def weeks(number: int) -> timedelta:
    return timedelta(weeks=number)
