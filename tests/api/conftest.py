"""A landlord's other systems, each with a key, and a clock to set."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from evenhand.people import colleague
from evenhand.people.models import User
from evenhand.policy.staff import Role
from evenhand.sharing.models.key import Scope
from tests.api.calling import Keyring, System
from tests.web.conftest import cast, home, landlord, story, tenant
from tests.web.stories import START as BEGAN

__all__ = ["cast", "home", "landlord", "story", "tenant"]
START = date(2026, 12, 3)


@pytest.fixture
def administrator(db: None) -> User:
    """Who makes the keys; nobody of the cast."""
    return colleague.join("keys@example.org", "Kay", "Ely", [Role.COLLEAGUE, Role.ADMINISTRATOR])


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., datetime]:
    """`clock(date(2026, 12, 4), 9, 30, 15)`: what time it is, in UTC. It begins on Thursday 3 December 2026 at 10am."""

    def at(day: date = START, hour: int = 10, minute: int = 0, second: int = 0) -> datetime:
        moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    at()
    return at


@pytest.fixture
def week_later(clock: Callable[..., datetime], landlord: object) -> None:
    """It is a week after the stories began, at a landlord who can be rung."""
    clock(BEGAN + timedelta(days=7))


@pytest.fixture
def keys(administrator: User, clock: Callable[..., datetime]) -> Keyring:
    """`keys.system(Scope.CHECK)`: another system with a key of its own; `keys.contractor()`."""
    return Keyring(administrator)


@pytest.fixture
def telephones(keys: Keyring) -> System:
    """The telephone system, which may ask and no more."""
    return keys.system(Scope.CHECK)


@pytest.fixture
def contractor(keys: Keyring) -> System:
    """A contractor's system, which may ask and is told what a contractor needs."""
    return keys.contractor()
