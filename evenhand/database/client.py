"""PostgreSQL's own programs for carrying a database elsewhere: which ones fit the server, and how they are run."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from evenhand.database.place import DatabaseTrouble, Place
from evenhand.environment import text

FORGOTTEN = ("people_session", "cache")
"""Tables whose rows are not carried over: whoever was signed in signs in again."""
FIRST_THAT_FITS_OLDER = 17
"""Before this version a newer program's words are not all understood by an older server."""

KEYWORDS = frozenset(each.keyword.decode() for each in pq.Conninfo.get_defaults())
"""All that PostgreSQL itself understands of how to reach it, certificates too; the rest is Django's."""


def server_of(described: dict[str, Any]) -> int:
    """The major version of the server that holds the database. Raises psycopg.OperationalError."""
    with psycopg.connect(make_conninfo(**address_of(described)), password=described.get("PASSWORD") or None) as server:
        return server.info.server_version // 10000


def dump(described: dict[str, Any], server: int, file: Path) -> None:
    """Writes everything in the database, as it is at one moment, to `file`. `server`: its major version."""
    left_out = [f"--exclude-table-data={table}" for table in FORGOTTEN]
    _run("pg_dump", described, server, ["--format=custom", "--no-owner", "--no-privileges", *left_out, "-f", str(file)])


def load(described: dict[str, Any], server: int, file: Path) -> None:
    """Puts what `dump` wrote into an empty database, whole or not at all."""
    how = ["--no-owner", "--no-privileges", "--no-comments", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", described, server, [*how, str(file)])


def _run(name: str, described: dict[str, Any], server: int, arguments: list[str]) -> None:
    """Runs a program against the database that Django so describes. Raises DatabaseTrouble with what it said."""
    command = [str(program(name, server)), f"--dbname={make_conninfo(**address_of(described))}", *arguments]
    # A password stands in no list of processes.
    environment = {"PATH": os.defpath, "LC_ALL": "C", "HOME": os.environ.get("HOME", "/")}
    if password := described.get("PASSWORD"):
        environment["PGPASSWORD"] = str(password)
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise DatabaseTrouble(f"{name} did not succeed:\n{done.stderr.strip()}")


def address_of(described: dict[str, Any]) -> dict[str, str]:
    """Where the database is and as whom we come, without the password."""
    names = {"NAME": "dbname", "USER": "user", "HOST": "host", "PORT": "port"}
    understood = KEYWORDS - {"password"}
    options = {key: str(value) for key, value in described["OPTIONS"].items() if key in understood}
    return {ours: str(described[theirs]) for theirs, ours in names.items() if described.get(theirs)} | options


def program(name: str, server: int) -> Path:
    """The program that fits a server of this major version: the same version, or else a newer one that it understands.

    Raises DatabaseTrouble where there is none.
    """
    found: dict[int, Path] = {}
    for folder in _folders(server):
        if (file := folder / name).is_file() and (version := _major(file)):
            found.setdefault(version, file)
    fitting = [version for version in found if version == server or version > server >= FIRST_THAT_FITS_OLDER]
    if not fitting:
        raise DatabaseTrouble(
            f"There is no {name} here for PostgreSQL {server}. Install its client programs (the package "
            f"postgresql-client-{server}), or name their folder in EVENHAND_POSTGRES_BIN."
        )
    return found[min(fitting)]


def _folders(server: int) -> Iterator[Path]:
    if given := text("EVENHAND_POSTGRES_BIN"):
        yield Path(given)
    yield Path(f"/usr/lib/postgresql/{server}/bin")
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).parent
    try:
        yield Place(Path("/")).wheel / "bin"
    except DatabaseTrouble:
        return


def _major(file: Path) -> int:
    try:
        said = subprocess.run([file, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0
