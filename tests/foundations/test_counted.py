"""Tables are counted anew after they change, so that pages are quick at once; an empty one may yet be filled."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection

from evenhand.database.management.commands.prepare import Command

pytestmark = pytest.mark.django_db
AsOwner = Callable[[], AbstractContextManager[None]]


def counted(table: str) -> float:
    """How many rows the database believes it holds; -1 where it never counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        return float(cursor.fetchone()[0])


def test_what_holds_rows_is_counted_and_what_holds_none_is_left_open(as_owner: AsOwner) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute('CREATE TABLE "a filled one" AS SELECT generate_series(1, 700) AS n')
        cursor.execute("CREATE TABLE an_empty_one (n int)")
    with as_owner():
        Command().count_anew()
    assert (counted('"a filled one"'), counted("an_empty_one")) == (700, -1)


def test_a_table_in_parts_is_counted_once_one_of_them_holds_rows(as_owner: AsOwner) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE in_parts (n int) PARTITION BY RANGE (n)")
        cursor.execute("CREATE TABLE low PARTITION OF in_parts FOR VALUES FROM (0) TO (1000)")
        cursor.execute("CREATE TABLE high PARTITION OF in_parts FOR VALUES FROM (1000) TO (2000)")
    with as_owner():
        Command().count_anew()
    assert counted("in_parts") == -1
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO in_parts SELECT generate_series(1, 700)")
    with as_owner():
        Command().count_anew()
    assert (counted("in_parts"), counted("low")) == (700, 700)
