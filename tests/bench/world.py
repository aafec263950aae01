"""An invented landlord in a database of its own: made once for a size and kept, made again with --fresh."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evenhand.database.lease import attached
from evenhand.database.place import Place
from tests.bench import invent

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ("shared_buffers=1GB", "max_wal_size=4GB")
"""What any operator of a landlord this size would set. Both sides of every ratio run under them."""


@dataclass(frozen=True)
class World:
    """How large: homes (two people in each), contacts, cases, live markers."""

    name: str
    homes: int
    contacts: int = 0
    cases: int = 0
    markers: int = 0

    @property
    def var(self) -> Path:
        return ROOT / "var" / "bench" / self.name

    @property
    def files(self) -> Path:
        return self.var / "files"

    @property
    def place(self) -> Place:
        return Place(self.var)

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "EVENHAND_VAR": str(self.var), "EVENHAND_LOG_LEVEL": "error"}

    @contextmanager
    def open(self) -> Iterator["World"]:
        """Its database answers within this block."""
        with attached(self.place, lambda words: None, SETTINGS):
            yield self

    def made(self, fresh: bool = False) -> "World":
        """Made as far as it is not; each step is noted, so that one that was interrupted is taken up again."""
        if fresh:
            self.away()
        with self.open():
            # One that was kept may be older than the product's last migration, or its look.
            self.evenhand("prepare")
            self._once("invented", lambda: invent.write(self.files, self.homes, self.contacts))
            self._once("register", lambda: self.evenhand("import-register", str(self.files)))
            if self.contacts:
                self._once("contacts", lambda: self.evenhand("import-contacts", str(self.files)))
            if self.cases:
                self._once("cases", lambda: self.python("tests.bench.cases", str(self.cases), str(self.markers)))
            self._once("analysed", lambda: self.python("tests.bench.analyse"))
        return self

    def away(self) -> None:
        """Its database and files removed."""
        for folder in (self.place.data, self.var):
            shutil.rmtree(folder, ignore_errors=True)

    def seconds(self, step: str) -> float:
        """How long a step took when it was done."""
        return float(json.loads((self.var / f"{step}.done").read_text())["seconds"])

    def evenhand(self, *command: str) -> None:
        self.run(sys.executable, "-m", "evenhand", *command)

    def python(self, module: str, *arguments: str) -> str:
        return self.run(sys.executable, "-m", module, *arguments)

    def run(self, *command: str) -> str:
        """Runs a command in this world and gives what it printed; what went wrong stops the bench."""
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command)} did not succeed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return done.stdout

    def _once(self, step: str, do: object) -> None:
        note = self.var / f"{step}.done"
        if note.exists():
            return
        print(f"{self.name}: {step} …", file=sys.stderr, flush=True)
        began = time.perf_counter()
        do()  # type: ignore[operator]
        self.var.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps({"seconds": time.perf_counter() - began}))
