"""A live server on a real database, a browser for each person, and a clock on the wall that a journey may move."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext

from evenhand.cases.circumstances import Moment
from evenhand.doors import clock, session_store
from evenhand.people.models import User
from tests.journeys.people import Colleague
from tests.web.conftest import cast, home, landlord, story, tenant
from tests.web.stories import START

__all__ = ["cast", "home", "landlord", "story", "tenant"]

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PATIENCE = 15_000
"""Milliseconds: a machine that does much else at once is slow, and slow is not wrong."""


OPENED = pytest.StashKey[list[BrowserContext]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Where a journey ends early, what was on each screen then."""
    report = yield
    if report.failed and report.when == "call":
        for page in [page for context in item.stash.get(OPENED, []) for page in context.pages]:
            report.sections.append((f"On the screen at {page.url}", page.locator("body").inner_text(timeout=2_000)))
    return report


@pytest.fixture(scope="session")
def checked() -> set[tuple[object, ...]]:
    """The pages that were found fit for everyone in this run."""
    return set()


@dataclass
class Wall:
    """What the doors read the time from. Sessions and cookies go by the real time, so that nobody is signed out."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    localdate = staticmethod(timezone.localdate)

    def is_now(self, day: date, hour: int = 15, minute: int = 0) -> None:
        """The hour is the landlord's own."""
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone.get_default_timezone())
        self.at = local.astimezone(UTC)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    """`wall.is_now(day, 2)`: two in the morning of that day, for every door. It begins on the stories' first day."""
    shown = Wall(datetime.now(UTC))
    shown.is_now(START)
    monkeypatch.setattr(clock, "timezone", shown)
    monkeypatch.setattr(session_store, "now", lambda: Moment(timezone.now(), timezone.localdate()))
    return shown


@pytest.fixture
def address(live_server: object) -> str:
    """Where the product is served. By name, as passkeys want it."""
    return str(live_server).replace("127.0.0.1", "localhost")


@pytest.fixture
def contexts(
    request: pytest.FixtureRequest, browser: Browser, address: str, wall: Wall
) -> Iterator[Callable[..., BrowserContext]]:
    """Browsers that know nothing of each other, all of them closed at the end."""
    opened = request.node.stash.setdefault(OPENED, [])

    def another(**options: object) -> BrowserContext:
        context = browser.new_context(base_url=address, locale="en-GB", **options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield another
    for context in opened:
        context.close()


@pytest.fixture
def at_work(
    contexts: Callable[..., BrowserContext], address: str, checked: set[tuple[object, ...]]
) -> Callable[..., Colleague]:
    """`at_work(cast.manager)`: they are signed in at a desk. `phone=True`: on a telephone. `script=False`: without."""

    def signed_in(user: User, *, phone: bool = False, script: bool = True) -> Colleague:
        context = contexts(viewport=PHONE if phone else DESK, has_touch=phone, java_script_enabled=script)
        client = Client()
        client.force_login(user)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
        return Colleague(user, context.new_page(), checked, script)

    return signed_in
