"""Chance that can be had twice: two worlds draw the same references and tokens as long as the same things are seen."""

import random
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import pytest

T = TypeVar("T")


class Chance:
    """Stands in for `secrets`. What is drawn in a sealed matter comes from a stream of its own, so that drawing there
    moves nothing elsewhere: two worlds then differ only by what the code itself lets through."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.begin()
        patch.setattr(secrets, "choice", self.choice)
        patch.setattr(secrets, "token_bytes", self.token_bytes)
        patch.setattr(secrets, "token_hex", lambda size=32: self.token_bytes(size).hex())
        patch.setattr(
            secrets, "token_urlsafe", lambda size=32: urlsafe_b64encode(self.token_bytes(size)).rstrip(b"=").decode()
        )

    def begin(self) -> None:
        """Everything is drawn from the start again."""
        self.open, self.sealed = random.Random(1), random.Random(2)
        self.stream = self.open

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is drawn within is drawn from the sealed stream."""
        self.stream, before = self.sealed, self.stream
        try:
            yield
        finally:
            self.stream = before

    def choice(self, among: Sequence[T]) -> T:
        return self.stream.choice(among)

    def token_bytes(self, size: int | None = 32) -> bytes:
        return self.stream.randbytes(size or 32)
