"""A landlord's other systems, each with a key, and a clock to set."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from evenhand.people import colleague
from evenhand.people.models import User
from evenhand.policy.staff import Role
from tests.api.calling import Keyring
from tests.web.conftest import cast, home, landlord, story, tenant

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
def keys(administrator: User, clock: Callable[..., datetime]) -> Keyring:
    """`keys.system(Scope.CHECK)`: another system with a key of its own; `keys.contractor()`."""
    return Keyring(administrator)
