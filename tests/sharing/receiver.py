"""A real receiver of webhooks on this machine, which answers as it is told and keeps what it was sent."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.listening import listening


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

    def answer(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        self.sent.append(Sent(headers, body))
        time.sleep(self.slow)
        given = self.answers.pop(0) if self.answers else 200
        more = dict(given) if isinstance(given, dict) else {"status": given}
        return more.pop("status"), more


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()
    with listening(receiver.answer) as receiver.url:
        yield receiver
