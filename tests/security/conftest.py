"""Colleagues of every role, a tenant, a case to carry on, keys of other systems, and a clock: as tests/web has them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache

from evenhand.people import colleague
from evenhand.people.models import User
from evenhand.policy.staff import Role
from tests.api.calling import Keyring
from tests.security.front_door import PASSWORD
from tests.web.conftest import as_, cast, clock, days_later, home, landlord, story, tenant
from tests.web.stories import Cast

__all__ = ["as_", "cast", "clock", "days_later", "home", "landlord", "story", "tenant"]


@pytest.fixture
def keys(db: None, clock: Callable[..., datetime]) -> Keyring:
    """`keys.system(Scope.CHECK)`: another system with a key of its own."""
    keeper: User = colleague.join("keys@example.org", "Kay", "Ely", [Role.COLLEAGUE, Role.ADMINISTRATOR])
    return Keyring(keeper)


@pytest.fixture(autouse=True)
def fresh_counts(settings: Any) -> None:
    """What was tried before this test is forgotten, and post is kept here."""
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def sam(cast: Cast) -> User:
    cast.colleague.set_password(PASSWORD)
    cast.colleague.save()
    return cast.colleague
