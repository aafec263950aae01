"""Many requests over a few connections that stay open, and how long each took: one process, no library's overhead."""

import selectors
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from statistics import quantiles


@dataclass(frozen=True)
class Traffic:
    """What a run of requests came to. Times are in seconds."""

    requests: int
    seconds: float
    times: list[float]
    failures: int

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    @property
    def median(self) -> float:
        return sorted(self.times)[len(self.times) // 2]

    @property
    def worst_in_a_hundred(self) -> float:
        return quantiles(self.times, n=100)[98]


def together(runs: Sequence[Traffic]) -> Traffic:
    """Several runs as one."""
    times = [time for run in runs for time in run.times]
    return Traffic(len(times), sum(run.seconds for run in runs), times, sum(run.failures for run in runs))


class Line:
    """One connection: sends a request, reads its answer whole, sends the next."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.heard = b""
        self.asked_at = 0.0

    def ask(self, request: bytes) -> None:
        self.heard, self.asked_at = b"", time.perf_counter()
        self.socket.sendall(request)

    def answer(self) -> bytes | None:
        """The whole answer once it is there, else None."""
        more = self.socket.recv(65536)
        if not more:
            raise ConnectionError("the server closed the connection")
        self.heard += more
        return self.heard if whole(self.heard) else None


def whole(heard: bytes) -> bool:
    """Whether an answer has come to its end: by its length, or, where it comes in chunks, by the empty one."""
    head, gap, body = heard.partition(b"\r\n\r\n")
    if not gap:
        return False
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    if fields.get(b"transfer-encoding") == b"chunked":
        return body.endswith(b"0\r\n\r\n") and (len(body) == 5 or body.endswith(b"\r\n0\r\n\r\n"))
    return len(body) >= int(fields.get(b"content-length", 0))


def run(port: int, requests: Iterator[bytes], seconds: float, lines: int = 4, good: bytes = b" 200 ") -> Traffic:
    """Asks as fast as answers come for so many seconds. An answer whose first line lacks `good` is a failure."""
    waiting, times, failures = selectors.DefaultSelector(), [], 0
    for _ in range(lines):
        line = Line(port)
        waiting.register(line.socket, selectors.EVENT_READ, line)
        line.ask(next(requests))
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        for key, _ in waiting.select(timeout=5):
            line = key.data
            if (answer := line.answer()) is None:
                continue
            times.append(time.perf_counter() - line.asked_at)
            failures += good not in answer.split(b"\r\n", 1)[0]
            line.ask(next(requests))
    took = time.perf_counter() - began
    for key in list(waiting.get_map().values()):
        key.data.socket.close()
    return Traffic(len(times), took, times, failures)


def getting(paths: Callable[[int], str], keys: Sequence[str] = ()) -> Iterator[bytes]:
    """GET requests for one path after another, each key's turn in order."""
    for number in count():
        bearer = f"Authorization: Bearer {keys[number % len(keys)]}\r\n" if keys else ""
        yield f"GET {paths(number)} HTTP/1.1\r\nHost: localhost\r\n{bearer}\r\n".encode()
