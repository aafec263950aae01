"""The database every test may ask for, and the two roles under which to ask.

A test works as the application's role, which owns nothing and cannot change what has happened: the same rights
as in earnest. `with as_owner():` gives it the owner's for a while. A test marked transaction=True, or one with a live
server, gets a database whose changes are real, and the next test a fresh copy.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from playwright.sync_api import Browser, sync_playwright

from evenhand.database.lease import attached
from tests import database
from tests.journeys.chromium import launch
from tests.security.scanners import Daemon, daemon

# A build is the same twice; on a developer's machine every run searches afresh.
hypothesis.settings.register_profile("build", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("build")

# Nothing here must outlive a power cut.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """A copy of the template for this run alone; it goes when the run ends."""
    with ExitStack() as stack:
        if settings.EMBEDDED:
            stack.enter_context(attached(settings.EMBEDDED, extra=CARELESS))
        mine = database.name_of_copy(getattr(request.config, "workerinput", {}).get("workerid", "main"))
        with django_db_blocker.unblock():
            database.drop_orphans()
            source = database.template()
            database.copy(source, mine)
            database.point_at(mine)
            connection.settings_dict["OPTIONS"]["options"] = f"-c role={settings.APPLICATION_ROLE}"

        def fresh_copy(test: TransactionTestCase) -> None:
            database.copy(source, mine)

        # Emptying every table after such a test would need rights the application lacks, and take the terms with it.
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(TransactionTestCase, "_fixture_teardown", fresh_copy)
        yield
        with django_db_blocker.unblock():
            connections.close_all()
            connection.settings_dict["OPTIONS"].pop("options")
            database.run("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=mine)


@pytest.fixture
def as_owner(db: None) -> Callable[[], AbstractContextManager[None]]:
    """`with as_owner():` the owner's rights, as `evenhand migrate`, `verify` and `dispose` have them."""

    @contextmanager
    def owner() -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE NONE")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.APPLICATION_ROLE)}")

    return owner


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a run, started for the first test that asks: two cannot be driven from one process."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def real_scanner() -> Iterator[Daemon]:
    """ClamAV's daemon, which takes one harmless sentence for a virus."""
    with daemon() as found:
        yield found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks ClamAV's own daemon says so, as there are machines that cannot have it."""
    for item in items:
        if "real_scanner" in getattr(item, "fixturenames", ()):
            item.add_marker("scanner")
