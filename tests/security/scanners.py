"""Virus scanners for tests: ClamAV's daemon, which takes one harmless sentence for a virus; others that misbehave."""

import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from evenhand import clamd

HARMLESS = b"Evenhand takes this harmless sentence for a virus."
NAME = "Evenhand.Harmless.UNOFFICIAL"
MOST = 256 * 1024
"""Bytes that the daemon of these tests takes at most."""
MOST_FILES = 40
"""Files in an archive that it reads."""
CONFIGURED = """
Foreground yes
DatabaseDirectory {there}
LocalSocket {there}/clamd.ctl
TCPSocket {port}
TCPAddr 127.0.0.1
StreamMaxLength {most}
MaxThreads 4
MaxFiles {files}
AlertExceedsMax yes
"""


@dataclass(frozen=True)
class Daemon:
    """Where the real one listens, both ways."""

    path: str
    port: int


@contextmanager
def daemon() -> Iterator[Daemon]:
    """ClamAV's own, with a list of signatures made here: nothing is fetched."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    assert program, "The tests ask ClamAV's daemon, and there is none here: apt-get install clamav-daemon"
    # A socket's path may be no longer than some hundred letters, so it does not lie among the test's own folders.
    there = Path(tempfile.mkdtemp(prefix="clamd-"))
    port = _free_port()
    (there / "own.ndb").write_text(f"Evenhand.Harmless:0:*:{HARMLESS.hex()}\n")
    (there / "clamd.conf").write_text(CONFIGURED.format(there=there, port=port, most=MOST, files=MOST_FILES))
    said = (there / "said").open("wb")
    running = subprocess.Popen([program, "-c", there / "clamd.conf"], stdout=said, stderr=said)
    try:
        found = Daemon(str(there / "clamd.ctl"), port)
        _wait_for(found, running, there / "said")
        yield found
    finally:
        running.terminate()
        running.wait(30)
        said.close()
        shutil.rmtree(there)


def _wait_for(found: Daemon, running: subprocess.Popen[bytes], said: Path) -> None:
    until = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < until:
        with suppress(clamd.Unsure):
            for address in (found.path, ("127.0.0.1", found.port)):
                clamd.version(address, until)
            return
        time.sleep(0.05)
    raise AssertionError(said.read_text())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


Manners = Callable[[socket.socket], None]


@contextmanager
def answering(manners: Manners) -> Iterator[clamd.Address]:
    """A scanner that does with every connection what `manners` does, and then closes it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=(listening, manners), daemon=True).start()
        yield ("127.0.0.1", listening.getsockname()[1])
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for the next


def _serve(listening: socket.socket, manners: Manners) -> None:
    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return
        with line, suppress(OSError):
            manners(line)


def taken(line: socket.socket) -> bytes:
    """All of a file as the protocol brings it."""
    with line.makefile("rb") as heard:
        assert heard.read(10) == b"zINSTREAM\0"
        whole = b""
        while length := int.from_bytes(heard.read(4), "big"):
            whole += heard.read(length)
    return whole


def saying(answer: bytes) -> Manners:
    """Takes the whole file, and says this."""

    def manners(line: socket.socket) -> None:
        taken(line)
        line.sendall(answer)

    return manners


def at_once(answer: bytes) -> Manners:
    """Says this before it has read anything, and reads nothing."""

    def manners(line: socket.socket) -> None:
        line.sendall(answer)
        silent(line)

    return manners


def silent(line: socket.socket) -> None:
    """Neither reads nor speaks until the other side is gone."""
    line.settimeout(30)
    while line.recv(1, socket.MSG_PEEK):
        time.sleep(0.05)
