"""ClamAV's daemon, asked by its own protocol: is there a virus in this file? Over TCP, or a socket of this machine.

Only a whole answer to a whole file counts. Whatever else comes back, and whatever does not, is `Unsure`: never “clean”.
The protocol is described in the manual page clamd(8), under INSTREAM and VERSION.
"""

import re
import select
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

Address = str | tuple[str, int]
"""The path of a socket, or a machine and its port."""

PIECE = 64 * 1024
LONGEST_ANSWER = 1024
FOUND = re.compile(r"stream: (.+) FOUND")
UNREAD = "Heuristics.Limits.Exceeded"
"""What it says it found where it looked no further (AlertExceedsMax)."""
VERSION = re.compile(r"ClamAV [^/]+(?:/\d+/(.+))?")


class Unsure(Exception):
    """The scanner did not say what is in the file; the words are for a log, not for whoever sent it."""


class TooLarge(Unsure):
    """There is more of the file, or in it, than the scanner is set up to take (StreamMaxLength, MaxFileSize …)."""


class Readable(Protocol):
    """A file from wherever it is read."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Version:
    """What the scanner says of itself, and the day of its signatures where it says one."""

    words: str
    signatures: date | None


class Talk:
    """One connection, one question. Everything together ends by `until`, a moment of the monotonic clock."""

    def __init__(self, line: socket.socket, until: float) -> None:
        self.line, self.until = line, until
        self.ready = select.poll()
        line.setblocking(False)

    def send(self, data: bytes) -> bool:
        """Sends all of it, unless the scanner speaks first, and so takes no more. Out: whether it was sent."""
        rest = memoryview(data)
        while rest:
            if self.wait_for(select.POLLIN | select.POLLOUT) & select.POLLIN:
                return False
            rest = rest[self.line.send(rest) :]
        return True

    def answer(self) -> str:
        """The answer, which ends with a null character. Raises `Unsure` of one that is cut short or has no end."""
        heard = b""
        while b"\0" not in heard:
            self.wait_for(select.POLLIN)
            more = self.line.recv(LONGEST_ANSWER)
            if not more:
                raise Unsure("it broke off")
            heard += more
            if len(heard) > LONGEST_ANSWER:
                raise Unsure("its answer has no end")
        return heard.partition(b"\0")[0].decode("utf-8", "replace").strip()

    def wait_for(self, what: int) -> int:
        """Which of these the line is ready for. Raises `Unsure` when it is for none in the time that is left."""
        self.ready.register(self.line, what)
        left = self.until - time.monotonic()
        found = self.ready.poll(left * 1000) if left > 0 else []
        if not found:
            raise Unsure("it did not answer in time")
        return found[0][1]


def look_through(address: Address, file: Readable, until: float) -> str:
    """The name of what is found in the file, read from where it stands to its end; empty if it is clean.

    Raises `Unsure` where the scanner does not say, whatever the reason; `TooLarge` where the file is too long for it.
    """
    with talking(address, until) as talk:
        whole = _send(talk, file)
        said = talk.answer()
    found = FOUND.fullmatch(said)
    if "size limit exceeded" in said or (found and found[1].startswith(UNREAD)):
        raise TooLarge(said)
    if found:
        return found[1]
    if said != "stream: OK" or not whole:
        raise Unsure(f"it said “{said[:200]}”")
    return ""


def _send(talk: Talk, file: Readable) -> bool:
    """Sends the file in pieces, each after its length. Out: whether all of it was taken."""
    try:
        taken = talk.send(b"zINSTREAM\0")
        while taken and (piece := file.read(PIECE)):
            taken = talk.send(struct.pack("!L", len(piece)) + piece)
        return taken and talk.send(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return False  # it may have said why before it closed


def version(address: Address, until: float) -> Version:
    """What the scanner is, if it answers at all. Raises `Unsure` where it does not."""
    with talking(address, until) as talk:
        talk.send(b"zVERSION\0")
        said = talk.answer()
    if not (understood := VERSION.fullmatch(said)):
        raise Unsure(f"it said “{said[:200]}”")
    return Version(said.partition("/")[0], _day(understood[1] or ""))


def _day(words: str) -> date | None:
    """The day of “Sun Nov 22 09:12:44 2026”."""
    try:
        return datetime.strptime(words, "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC).date()
    except ValueError:
        return None


@contextmanager
def talking(address: Address, until: float) -> Iterator[Talk]:
    """A connection to the scanner, closed in the end. What goes wrong with it is `Unsure` too."""
    try:
        with _connected(address, max(until - time.monotonic(), 0.001)) as line:
            yield Talk(line, until)
    except OSError as trouble:
        raise Unsure(str(trouble) or type(trouble).__name__) from trouble


def _connected(address: Address, seconds: float) -> socket.socket:
    if isinstance(address, tuple):
        return socket.create_connection(address, seconds)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(seconds)
        line.connect(address)
    except BaseException:
        line.close()
        raise
    return line
