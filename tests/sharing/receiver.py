"""A real receiver of webhooks on this machine, which answers as it is told and keeps what it was sent."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Sent:
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """`answers` are given one after another, then 200 for ever. A dict is headers to give with the status in it."""

    url: str = ""
    sent: list[Sent] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    slow: float = 0

    def types(self) -> list[str]:
        return [each.said["type"] for each in self.sent]


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.sent.append(Sent({name.lower(): value for name, value in self.headers.items()}, body))
            time.sleep(receiver.slow)
            answer = receiver.answers.pop(0) if receiver.answers else 200
            more = answer if isinstance(answer, dict) else {"status": answer}
            self.send_response(more["status"])
            for name, value in more.items():
                if name != "status":
                    self.send_header(name, value)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/hooks"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
