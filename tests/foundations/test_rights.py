"""The application's role adds to what has happened, and cannot change it; nor does it own anything."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from evenhand.database import rights
from evenhand.people.models import Team

Owner = Callable[[], AbstractContextManager[None]]


def tried(statement: str) -> str:
    """What the database says to a statement; "" when it does as asked."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        return str(error)
    return ""


@pytest.fixture
def diary(as_owner: Owner) -> str:
    """A table of what has happened, made by the owner as a migration would."""
    with as_owner():
        assert tried("CREATE TABLE diary (id int generated always as identity, word text)") == ""
        rights.grant(connection, settings.APPLICATION_ROLE, ["diary"])
    return "diary"


def test_the_application_adds_to_what_has_happened_and_reads_it(diary: str) -> None:
    assert tried("INSERT INTO diary (word) VALUES ('said')") == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM diary")
        assert cursor.fetchall() == [("said",)]


@pytest.mark.parametrize("change", ["UPDATE diary SET word = 'unsaid'", "DELETE FROM diary", "TRUNCATE diary"])
def test_the_application_cannot_change_what_has_happened(diary: str, change: str) -> None:
    assert "permission denied for table diary" in tried(change)


def test_the_application_cannot_drop_or_loosen_a_table(diary: str) -> None:
    assert "must be owner" in tried("DROP TABLE diary")
    assert "must be owner" in tried("ALTER TABLE diary DISABLE TRIGGER ALL")
    assert "permission denied" in tried("CREATE TABLE mine (word text)")


def test_the_application_cannot_pretend_a_migration_has_run(db: None) -> None:
    assert "permission denied" in tried("DELETE FROM django_migrations")


def test_the_owner_may_dispose(diary: str, as_owner: Owner) -> None:
    with as_owner():
        assert tried("DELETE FROM diary") == ""
    assert "permission denied" in tried("DELETE FROM diary")


@pytest.mark.parametrize("function", rights.FUNCTIONS)
def test_what_a_restore_lets_anybody_call_is_the_applications_alone_again(function: str, as_owner: Owner) -> None:
    """What comes back from a backup comes back callable by every role of the server."""
    open_to_all = "SELECT has_function_privilege('public', %s, 'EXECUTE')"
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO PUBLIC")
        cursor.execute(open_to_all, [function])
        assert cursor.fetchone() == (True,)
        rights.grant(connection, settings.APPLICATION_ROLE, settings.APPEND_ONLY_TABLES)
        cursor.execute(open_to_all, [function])
        assert cursor.fetchone() == (False,)


def test_rights_too_many_are_found(diary: str, as_owner: Owner) -> None:
    assert rights.excess(connection, ["diary"]) == []
    with as_owner():
        assert "DELETE on diary" in rights.excess(connection, ["diary"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_with_real_changes_leaves_nothing_to_the_next(turn: int) -> None:
    assert Team.objects.count() == 0
    Team.objects.create(name="Left behind")


def test_search_has_the_extensions_it_needs(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        assert {"pg_trgm", "unaccent", "btree_gist"} <= {name for (name,) in cursor.fetchall()}
