"""What PostgreSQL says of its troubles is understood: each of these is its own word, from a real server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, connection
from procrastinate.exceptions import ConnectorException
from psycopg import errors
from psycopg_pool import PoolTimeout

from evenhand.database.client import address_of
from evenhand.database.trouble import Trouble, trouble_in, will_pass


@contextmanager
def another() -> Iterator[psycopg.Connection]:
    """A connection beside Django's own, to the same database."""
    parameters = address_of(connection.settings_dict)
    with psycopg.connect(**parameters, password=connection.settings_dict["PASSWORD"] or None) as made:
        yield made


def too_slow() -> None:
    with another() as mine:
        mine.execute("SET statement_timeout = 20")
        mine.execute("SELECT pg_sleep(5)")


def locked() -> None:
    with another() as theirs, another() as mine:
        theirs.execute("SELECT FROM people_team FOR UPDATE")
        theirs.execute("LOCK TABLE people_team IN ACCESS EXCLUSIVE MODE")
        mine.execute("SET lock_timeout = 20")
        mine.execute("SELECT FROM people_team")


def ended() -> None:
    with another() as theirs, another() as mine:
        theirs.execute("SET ROLE NONE")
        theirs.execute("SELECT pg_terminate_backend(%s, 5000)", [mine.info.backend_pid])
        mine.execute("SELECT 1")


def nobody_there() -> None:
    psycopg.connect("host=/nowhere dbname=evenhand connect_timeout=2")


def at_once() -> None:
    """Two who each change what the other has read."""
    with another() as theirs, another() as mine:
        for each in (theirs, mine):
            each.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            each.execute("SELECT count(*) FROM django_content_type")
        theirs.execute("UPDATE django_content_type SET model = model")
        theirs.commit()
        mine.execute("UPDATE django_content_type SET model = model")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "happens, trouble",
    [
        (too_slow, Trouble.SLOW),
        (locked, Trouble.BUSY),
        (at_once, Trouble.BUSY),
        (ended, Trouble.AWAY),
        (nobody_there, Trouble.AWAY),
    ],
)
def test_a_real_server_is_understood(happens: Callable[[], None], trouble: Trouble) -> None:
    with pytest.raises(psycopg.OperationalError) as raised:
        happens()
    assert trouble_in(raised.value) is trouble


def caused(error: Exception, cause: BaseException | None) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error, trouble",
    [
        (caused(OperationalError(), errors.DiskFull()), Trouble.FULL),
        (caused(OperationalError(), errors.TooManyConnections()), Trouble.CROWDED),
        (caused(OperationalError(), errors.OutOfMemory()), Trouble.CROWDED),
        (OperationalError("FATAL:  sorry, too many clients already"), Trouble.CROWDED),
        (caused(OperationalError(), PoolTimeout()), Trouble.AWAY),
        (InterfaceError("connection already closed"), Trouble.AWAY),
        (caused(ConnectorException(), caused(OperationalError(), errors.CannotConnectNow())), Trouble.AWAY),
        (caused(OperationalError(), errors.IoError()), None),
        (caused(OperationalError(), errors.StatementTooComplex()), None),
        (caused(IntegrityError(), errors.UniqueViolation()), None),
        (caused(DataError(), errors.NumericValueOutOfRange()), None),
        (ValueError(), None),
    ],
)
def test_whoever_raised_it_on_the_trouble_is_the_same(error: Exception, trouble: Trouble | None) -> None:
    assert trouble_in(error) is trouble
    assert will_pass(error) is (trouble is not None)
