"""A database that was restarted is no trouble of whoever asks next: a connection it ended is not lent again."""

import time
from collections.abc import Iterator

import pytest
from django.db import connection

from evenhand.database.engine.base import DatabaseWrapper

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30


@pytest.fixture
def web() -> Iterator[DatabaseWrapper]:
    """The web's way to the database, with one connection that is kept from a request to the next."""
    options = {**connection.settings_dict["OPTIONS"], "pool": {"min_size": 1, "max_size": 1, "timeout": 10}}
    wrapper = DatabaseWrapper({**connection.settings_dict, "OPTIONS": options, "CONN_MAX_AGE": 0})
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def asked(wrapper: DatabaseWrapper, *, ends_when_idle_for: str = "0") -> int:
    """One request's work: the connection is taken, asked for its number and given back. All of it is one question, so
    that a session which ends as soon as it is idle cannot end before it has answered."""
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), set_config('idle_session_timeout', %s, false)", [ends_when_idle_for])
        number, _ = cursor.fetchone()
    wrapper.close()
    return int(number)


def wait_for_the_end_of(number: int) -> None:
    began = time.monotonic()
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = %s)", [number])
            if cursor.fetchone() == (False,):
                return
            assert time.monotonic() - began < PATIENCE
            time.sleep(0.01)


def test_a_connection_is_kept_from_one_request_to_the_next(web: DatabaseWrapper) -> None:
    assert asked(web) == asked(web)


def test_a_connection_that_the_server_ended_is_replaced_before_it_is_used(web: DatabaseWrapper) -> None:
    before = asked(web, ends_when_idle_for="1ms")
    wait_for_the_end_of(before)
    assert asked(web) != before
