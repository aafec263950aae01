"""A receiver of webhooks that keeps what it took, and now and then refuses a message the first time it comes."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.listening import listening

Taken = tuple[dict[str, str], str]
"""Headers and body."""
REFUSES = 6
"""Every so many new messages one is refused, so that trying again is part of the soak."""


@dataclass
class Received:
    """Messages that were answered with 200 are lines of the file, headers and body, in the order they came."""

    file: Path
    url: str = ""
    seen: set[str] = field(default_factory=set)
    refused: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def status(self, headers: dict[str, str], body: bytes) -> int:
        with self.lock:
            message = headers["webhook-id"]
            new = message not in self.seen
            self.seen.add(message)
            if new and len(self.seen) % REFUSES == 0:
                self.refused += 1
                return 500
            with self.file.open("a") as file:
                file.write(json.dumps([headers, body.decode()]) + "\n")
            return 200


def read(file: Path) -> list[Taken]:
    """What was taken, in the order it came."""
    return [(headers, body) for headers, body in map(json.loads, file.read_text().splitlines())]


@contextmanager
def receiving(file: Path) -> Iterator[Received]:
    """Within this block it takes messages at `url`."""
    file.touch()
    received = Received(file)
    with listening(lambda headers, body: (received.status(headers, body), {})) as received.url:
        yield received
