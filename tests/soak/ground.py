"""Where a soak takes place: an invented landlord made afresh, and the product's own web and worker."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evenhand import serving
from evenhand.database.lease import attached
from tests.bench import invent
from tests.bench.server import until_it_answers
from tests.bench.world import ROOT, World

OURS = ("EVENHAND_", "DATABASE_", "DJANGO_", "EMAIL_", "OIDC_", "PYTEST_")
KEPT = "EVENHAND_POSTGRES_BIN"
PATIENCE = 30


@dataclass(frozen=True)
class Ground(World):
    """A landlord in an embedded database of its own, or in an empty one that is given: as the application, as owner.

    Its name is the folder of its files.
    """

    database: str = ""
    owner: str = ""

    @property
    def var(self) -> Path:
        return Path(self.name)

    @property
    def environment(self) -> dict[str, str]:
        """Nothing that was set for another Evenhand; webhooks may go to this machine, where the receiver is."""
        theirs = {name: value for name, value in os.environ.items() if not name.startswith(OURS) or name == KEPT}
        own = {"EVENHAND_VAR": str(self.var), "EVENHAND_WEBHOOK_NETWORKS": "127.0.0.0/8"}
        given = {"DATABASE_URL": self.database, "DATABASE_OWNER_URL": self.owner} if self.database else {}
        return {**theirs, **own, **given}

    @contextmanager
    def open(self) -> Iterator["Ground"]:
        if self.database:
            yield self
            return
        with attached(self.place, lambda words: None):
            yield self

    def away(self) -> None:
        if not self.database:
            shutil.rmtree(self.place.data, ignore_errors=True)
        shutil.rmtree(self.var, ignore_errors=True)

    def begin(self) -> None:
        """Tables, unless the database came with them, and what a housing system would export."""
        self.var.mkdir(parents=True, exist_ok=True)
        if not self.database:
            self.evenhand("prepare")
        invent.write(self.files, self.homes, 0)

    @property
    def log(self) -> Path:
        """What the web and the worker said."""
        return self.var / "served.log"

    @contextmanager
    def served(self, workers: int) -> Iterator[int]:
        """Web and worker, by the very commands of `evenhand serve`; the port at which they answer."""
        port = free_port()
        environment = {**self.environment, "EVENHAND_URL": f"http://localhost:{port}"}
        children = serving.processes(serving.arguments("serve", ["--port", str(port), "--workers", str(workers)]))
        with self.log.open("wb") as log:
            started = [
                subprocess.Popen(child.command, cwd=ROOT, env=environment, stdout=log, stderr=log) for child in children
            ]
            try:
                until_it_answers(port, started[0])
                yield port
            except SystemExit:
                print(self.log.read_text()[-2000:], file=sys.stderr)
                raise
            finally:
                ended(started)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def ended(processes: list["subprocess.Popen[bytes]"]) -> None:
    """Every one asked to stop, and waited for."""
    for process in processes:
        process.send_signal(signal.SIGTERM)
    for process in processes:
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
