"""One world lived twice, with a sealed matter beside it and without: what outsiders do and see in each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from evenhand.cases import following, models, outside, paging, post_room, reading, time_passing
from evenhand.cases.circumstances import Moment
from evenhand.cases.record import NoSuchCase, Stale
from evenhand.people import looking
from evenhand.people.models import Home, Person
from evenhand.policy.refusal import Refused
from tests.api.calling import System
from tests.security import twin_rows
from tests.security.chance import Chance
from tests.security.crawl import Fetched, everything, fetched, roots
from tests.web.stories import START, Cast, Story

OUTSIDERS = (
    "other_manager", "director", "investigator", "partner", "protection", "administrator", "planner", "duty",
    "colleague", "independent",
)  # fmt: skip
"""Nobody of them is ever named in a sealed matter here; the manager, the two senior managers and Ann are."""
Act = Callable[["World"], object]
SET_EVERY_COUNTER = "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 70000) FROM pg_sequences"


@dataclass
class World:
    """A customer, a second one at the same home, what happens, and what became of each act that outsiders know of."""

    cast: Cast
    people: tuple[Person, Person]
    home: Home
    chance: Chance
    system: System
    day: date = START
    turn: int = 0
    """Whose case the next sealed matter is about: the first there is from this customer on."""
    heard: list[str] = field(default_factory=list)
    sealed: dict[str, Story] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stories = [Story(self.cast, person, self.home) for person in self.people]
        self.reached = [0 for _ in self.stories]
        self.browsers: dict[str, Client] = {}

    @property
    def moment(self) -> Moment:
        return Moment(datetime(self.day.year, self.day.month, self.day.day, 15, tzinfo=UTC), self.day)

    def browser(self, who: str) -> Client:
        if who not in self.browsers:
            self.browsers[who] = Client()
            self.browsers[who].force_login(getattr(self.cast, who))
        return self.browsers[who]

    def pass_days(self, days: int) -> None:
        """Time passes for everybody, and the worker does what it does in time."""
        self.day += timedelta(days=days)
        for story in (*self.stories, *self.sealed.values()):
            story.day = self.day
        time_passing.record_what_is_over(self.moment)
        following.follow_all(self.moment)
        outside.judge(self.moment)

    def does(self, act: Act) -> None:
        """An act that outsiders may know of, and what came of it in words."""
        try:
            self.heard.append(repr(act(self)))
        except (Refused, Stale, NoSuchCase) as refused:
            self.heard.append(f"{type(refused).__name__}: {refused}")

    def does_apart(self, act: Act) -> None:
        """An act in a sealed matter, by those named in it; refused or not, nobody else hears of it."""
        with self.chance.apart():
            try:
                act(self)
            except (Refused, Stale, NoSuchCase, KeyError):
                return


@dataclass(frozen=True, slots=True)
class Seen:
    """All that an outsider can have of a world."""

    pages: dict[str, Fetched]
    heard: tuple[str, ...]
    mails: tuple[tuple[str, str, str], ...]
    jobs: tuple[Any, ...]
    rows: tuple[tuple[str, str], ...] = ()


class Twins:
    """Lives a world from the same beginning as often as is asked."""

    def __init__(
        self,
        cast: Cast,
        people: tuple[Person, Person],
        home: Home,
        system: System,
        patch: pytest.MonkeyPatch,
        *,
        page: int = 3,
    ) -> None:
        self.begins = (cast, people, home)
        self.system, self.chance = system, Chance(patch)
        self.now = datetime(START.year, START.month, START.day, 15, tzinfo=UTC)
        patch.setattr(timezone, "now", lambda: self.now)
        # Short pages, so that where a list goes on is among what is compared.
        for place in (paging, reading, looking):
            patch.setattr(place, "PAGE", page)
        patch.setattr(post_room, "BATCH_PAGE", 1)

    def live(
        self,
        acts: Iterable[tuple[bool, Act]],
        who: Iterable[str],
        probes: Iterable[str] | None = None,
        *,
        lists_alone: bool = False,
    ) -> tuple[Seen, list[str]]:
        """The acts in turn, each with whether it is of a sealed matter, and then what these outsiders can fetch.

        Out: that, and the references of the sealed matters. `probes`: references that an outsider tries by hand; those
        of this world's own sealed matters unless given. `lists_alone`: of pages, those that lead on from list to list;
        and every row of what is not sealed. Nothing of it stays.
        """
        self.chance.begin()
        mail.outbox.clear()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET ROLE NONE")
                cursor.execute(SET_EVERY_COUNTER)
                cursor.execute("SET ROLE evenhand_app")
            cast, people, home = self.begins
            world = World(cast, people, home, self.chance, self.system)
            for of_sealed, act in acts:
                (world.does_apart if of_sealed else world.does)(act)
                self.now = world.moment.at
            references = [story.reference for story in world.sealed.values()]
            see = self._lists if lists_alone else self._seen
            seen = see(world, who, references if probes is None else list(probes))
            transaction.set_rollback(True)
        return seen, references

    def _seen(self, world: World, who: Iterable[str], probes: list[str]) -> Seen:
        pages: dict[str, Fetched] = {}
        for outsider in who:
            found = everything(world.browser(outsider), [*roots(), *_asked_for(probes)])
            pages |= {f"{outsider} {address}": page for address, page in found.items()}
            pages |= _tried(world, outsider, probes)
        # Once more, when all of that has been looked at: who watches over looking reads of it, page after page.
        last = everything(world.browser("protection"), ["/looks/"])
        pages |= {f"at last {address}": page for address, page in last.items()}
        return _heard(world, pages | _by_machine(world.system))

    def _lists(self, world: World, who: Iterable[str], probes: list[str]) -> Seen:
        rows = twin_rows.not_sealed()
        pages = {
            f"{outsider} {address}": page
            for outsider in who
            for address, page in twin_rows.lists(world.browser(outsider), probes[:3]).items()
        }
        return _heard(world, pages | _by_machine(world.system), rows)


def _heard(world: World, pages: dict[str, Fetched], rows: tuple[tuple[str, str], ...] = ()) -> Seen:
    """Beside the pages: what became of each act, the mails and the jobs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, queue_name, args::text, scheduled_at FROM procrastinate_jobs ORDER BY id")
        jobs = tuple(cursor.fetchall())
    mails = tuple((str(each.to), each.subject, str(each.body)) for each in mail.outbox)
    return Seen(pages, tuple(world.heard), mails, jobs, rows)


def _asked_for(references: list[str]) -> list[str]:
    """Addresses that somebody types who has heard of a reference, or guesses at what it is about."""
    typed = ["/search?q=injunction", "/search?q=Bell", "/search?q=swore", "/check/results?q=Bell"]
    typed += ["/looks/?person=Bell", "/looks/?colleague=Priya"]
    for reference in references:
        typed += [f"/cases/{reference}/", f"/cases/{reference}/letters/", f"/cases/{reference}/letters/T1"]
        typed += [f"/cases/?after={reference}", f"/search?q={reference}", f"/looks/?case={reference}"]
        typed += [f"/report/{reference}/sent", f"/cases/?q={reference}", f"/cases/{reference}/handling/close"]
    return typed


def _tried(world: World, who: str, references: list[str]) -> dict[str, Fetched]:
    """What an outsider is answered who tries to link a case to a matter, or to have a report join it."""
    browser, told = world.browser(who), {}
    for story in world.stories:
        for reference in references if story.reference else ():
            for page, field_ in (("link", "other"), ("incident/I1/triage", "joins")):
                sent = {field_: reference, "reason": "It belongs together.", "token": "t", "outcome": "joins a case"}
                address = f"/cases/{story.reference}/{page}"
                told[f"{who} tries {address} {reference}"] = fetched(browser.post(address, sent))
    return told


def _by_machine(system: System) -> dict[str, Fetched]:
    """What another system is answered."""
    paths = ("controls/changes", "people/changes", "withdrawals", "key", "openapi.json")
    told = {f"system {path}": fetched(system.get(path)) for path in paths}
    for number, asked in enumerate(({"telephone": "07700 900123"}, {"uprn": "100000000001"})):
        told[f"system check {asked}"] = fetched(system.post("check", asked, once=f"check-{number}"))
    return told


def sealed_rows() -> int:
    """How many sealed matters there are."""
    return models.Case.objects.exclude(matter="conduct").count()
