"""A mail server that takes its time, so that whoever sends may be killed at any moment of it, and counts."""

import asyncio
import email
import random
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

LETTERS = "A letter from"
LONGEST = 0.4
"""Seconds it may wait before it takes a message, and again before it says so."""


class PostOffice:
    """`taken` counts every letter taken, by its Message-ID. What is no letter (the head of a day) is taken too."""

    def __init__(self, seed: int) -> None:
        self.taken: Counter[str] = Counter()
        self._chance = random.Random(seed)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self._chance.uniform(0, LONGEST))
        message = email.message_from_bytes(envelope.content, policy=default)
        if str(message["Subject"]).startswith(LETTERS):
            self.taken[str(message["Message-ID"])] += 1
        await asyncio.sleep(self._chance.uniform(0, LONGEST))
        return "250 OK"


@contextmanager
def open_for(seed: int) -> Iterator[tuple[PostOffice, str]]:
    """A mail server within this block, and its address as EMAIL_URL wants it."""
    office = PostOffice(seed)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port, server_hostname="localhost")
    controller.start()
    try:
        yield office, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
