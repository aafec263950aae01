"""Colleagues of every role, a tenant, a case to carry on, keys of other systems, and a clock: as tests/web has them."""

from collections.abc import Callable
from datetime import datetime

import pytest

from evenhand.people import colleague
from evenhand.people.models import User
from evenhand.policy.staff import Role
from tests.api.calling import Keyring
from tests.web.conftest import as_, cast, clock, days_later, home, landlord, story, tenant

__all__ = ["as_", "cast", "clock", "days_later", "home", "landlord", "story", "tenant"]


@pytest.fixture
def keys(db: None, clock: Callable[..., datetime]) -> Keyring:
    """`keys.system(Scope.CHECK)`: another system with a key of its own."""
    keeper: User = colleague.join("keys@example.org", "Kay", "Ely", [Role.COLLEAGUE, Role.ADMINISTRATOR])
    return Keyring(keeper)
