"""The tests' databases: one template, migrated once for each state of the migrations; every run has its own copy."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import psutil
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from evenhand.database import rights

TEMPLATE = "evenhand_template_"
COPY = "evenhand_test_"
KEPT_TEMPLATES = 6
ONE_AT_A_TIME = 718_281_828


def fingerprint() -> str:
    """A mark of everything that shapes a new database: migrations, rights and the versions of what brings tables."""
    digest = hashlib.sha256(repr((settings.APPEND_ONLY_TABLES, settings.INSTALLED_APPS)).encode())
    for package in ("django", "django-allauth", "procrastinate"):
        digest.update(version(package).encode())
    folders = [Path(config.path) / "migrations" for config in apps.get_app_configs() if "evenhand" in config.name]
    for file in [Path(rights.__file__), *(file for folder in folders for file in sorted(folder.glob("*.py")))]:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def outside() -> Iterator[CursorWrapper]:
    """A cursor outside any test's database, with the owner's rights."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        yield cursor


def run(statement: str, **names: str) -> None:
    """Run one statement outside any test's database, with names quoted into it."""
    with outside() as cursor:
        cursor.execute(sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()}))


def point_at(name: str) -> None:
    """Let every thread's connections lead to the database `name`."""
    connections.close_all()
    connection.settings_dict["NAME"] = name


@contextmanager
def one_at_a_time() -> Iterator[list[str]]:
    """Keep other runs from making templates meanwhile; gives the names of all databases, the oldest first."""
    with outside() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute("SELECT datname FROM pg_database ORDER BY oid")
        yield [name for (name,) in cursor.fetchall()]


def ensure_role() -> None:
    """The role tests work under. The embedded database has it; another may not."""
    with outside() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.APPLICATION_ROLE])
        if cursor.fetchone():
            return
    run("CREATE ROLE {role}", role=settings.APPLICATION_ROLE)
    run("GRANT {role} TO CURRENT_USER", role=settings.APPLICATION_ROLE)


def template() -> str:
    """The name of a migrated database that copies are made of; it is made if the migrations have changed."""
    name = TEMPLATE + fingerprint()
    with one_at_a_time() as found:
        ensure_role()
        if name in found:
            return name
        draft = f"{name}_draft"
        run("DROP DATABASE IF EXISTS {draft} WITH (FORCE)", draft=draft)
        run("CREATE DATABASE {draft}", draft=draft)
        point_at(draft)
        call_command("migrate", verbosity=0)
        connections.close_all()
        run("ALTER DATABASE {draft} RENAME TO {name}", draft=draft, name=name)
        drop_old([other for other in found if other.startswith(TEMPLATE)])
    return name


def drop_old(templates: list[str]) -> None:
    """Keep a few templates, for those who go to and fro between states of the migrations."""
    for old in templates[:-KEPT_TEMPLATES]:
        run("DROP DATABASE IF EXISTS {old} WITH (FORCE)", old=old)


def drop_orphans() -> None:
    """Copies whose run was killed. Only on our own database: elsewhere a number may be a process of another machine."""
    with one_at_a_time() as found:
        for name in found:
            owner = name.removeprefix(COPY).partition("_")[0]
            if settings.EMBEDDED and name.startswith(COPY) and not psutil.pid_exists(int(owner)):
                run("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)


def copy(source: str, name: str) -> None:
    """Make `name` a fresh copy of `source`, whatever it was before."""
    connections.close_all()
    run("DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)
    run("CREATE DATABASE {name} TEMPLATE {source}", name=name, source=source)


def name_of_copy(worker: str) -> str:
    """A name no other run has."""
    return f"{COPY}{os.getpid()}_{worker}"
