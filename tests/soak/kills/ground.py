"""Where the kills take place: an invented landlord, and `evenhand serve`, started again when it is killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psutil

from evenhand.database.place import Place
from tests.soak.ground import ROOT, Ground

PATIENCE = 60


@dataclass
class Served:
    """`evenhand serve` and what became of it."""

    command: list[str]
    environment: dict[str, str]
    place: Place
    port: int
    log: Path
    starts: int = 0
    sessions: set[int] = field(default_factory=set)
    _file: "IO[bytes] | None" = None
    _running: "subprocess.Popen[bytes] | None" = field(default=None)

    @property
    def process(self) -> psutil.Process:
        assert self._running
        return psutil.Process(self._running.pid)

    def stand(self) -> None:
        """Start it if it does not run, as whatever looks after services on the operator's machine would."""
        if self._running and self._running.poll() is None:
            return
        self._file = self._file or self.log.open("wb")
        self._running = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self._file,
            stderr=self._file,
            start_new_session=True,
        )
        self.sessions.add(self._running.pid)
        self.starts += 1

    def stop(self) -> None:
        """Asked to go, as by Ctrl-C."""
        if self._running and self._running.poll() is None:
            self._running.send_signal(signal.SIGINT)
            self._running.wait(timeout=PATIENCE)
        if self._file:
            self._file.close()

    def left_over(self) -> list[psutil.Process]:
        """Whatever of it still runs although it was stopped, after some time to go."""
        everybody = [each for each in psutil.process_iter() if self._ours(each)]
        _, alive = psutil.wait_procs(everybody, timeout=PATIENCE)
        return alive

    def _ours(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get("EVENHAND_VAR") == str(self.place.var) or (
                process.name().startswith("postgres") and process.cwd() == str(self.place.data)
            )
        except psutil.AccessDenied:
            # Only root may look into what serves (memory.py). To others it is known by the session that we began.
            return self.began_by_us(process)
        except psutil.Error:
            return False

    def began_by_us(self, process: psutil.Process) -> bool:
        """Whether it is of one of our starts, however far down, and also when whoever started it has gone."""
        try:
            return os.getsid(process.pid) in self.sessions
        except OSError:
            return False


@dataclass(frozen=True)
class KilledGround(Ground):
    """Nothing here holds the database while it is being killed: `evenhand serve` has to look after it alone."""

    @contextmanager
    def served(self, mail: str, port: int) -> Iterator[Served]:  # type: ignore[override]
        command = [sys.executable, "-m", "evenhand", "serve", "--port", str(port), "--workers", "2"]
        environment = {**self.environment, "EMAIL_URL": mail, "EVENHAND_URL": f"http://localhost:{port}"}
        served = Served(command, environment, self.place, port, self.log)
        try:
            yield served
        finally:
            served.stop()

    def keep(self, name: str, what: Any) -> None:
        (self.var / name).write_text(json.dumps(what))
