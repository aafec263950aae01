"""What the application's role may do: everything to most tables, and only add to those of what has happened.

The web and the worker come as a role that owns nothing, so even a mistake in them cannot change the record.
"""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from evenhand.database.cluster import EXTENSIONS

READ_ONLY_TABLES = ("django_migrations",)
# Functions that do one narrow thing with the owner's rights; nobody else may call them.
FUNCTIONS = (
    "contacts_make_month(timestamptz)",
    "contacts_drop_month(timestamptz)",
    "contacts_learn_sizes()",
    "sharing_forget_news(text, text)",
)


def add_extensions(connection: BaseDatabaseWrapper) -> None:
    """Switch on what searching and ranges need. All three are trusted: a database's owner may do this."""
    with connection.cursor() as cursor:
        for name in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")


def grant(connection: BaseDatabaseWrapper, role: str, append_only: Iterable[str]) -> None:
    """Give `role` its rights on every table and sequence; on `append_only` tables, to read and to add.

    Run as the owner, after each migration: rights are given by table, and a migration makes new ones.
    """
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
        statements = [
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ]
        for table, rights in guarded(append_only):
            if table in names:
                statements.append(f"REVOKE {rights} ON {connection.ops.quote_name(table)} FROM {{role}}")
        for function in FUNCTIONS:
            cursor.execute("SELECT to_regprocedure(%s) IS NOT NULL", [function])
            if cursor.fetchone()[0]:
                # A restore brings functions back as anyone may call them.
                statements.append(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
                statements.append(f"GRANT EXECUTE ON FUNCTION {function} TO {{role}}")
        for statement in statements:
            cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)))


def guarded(append_only: Iterable[str]) -> list[tuple[str, str]]:
    """Each table that is not free for all, and the rights kept back on it."""
    kept_back = [(table, "UPDATE, DELETE, TRUNCATE") for table in append_only]
    return kept_back + [(table, "INSERT, UPDATE, DELETE, TRUNCATE") for table in READ_ONLY_TABLES]


def excess(connection: BaseDatabaseWrapper, append_only: Iterable[str]) -> list[str]:
    """Rights the connected role has and should not: "UPDATE on cases_event". Empty when all is well."""
    found = []
    with connection.cursor() as cursor:
        for table, rights in guarded(append_only):
            cursor.execute(
                "SELECT r FROM unnest(string_to_array(%s, ', ')) r "
                "WHERE to_regclass(%s) IS NOT NULL AND has_table_privilege(to_regclass(%s), r)",
                [rights, table, table],
            )
            found += [f"{right} on {table}" for (right,) in cursor.fetchall()]
    return found
