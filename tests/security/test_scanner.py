"""The virus scanner's answers, good and bad: only a whole answer to a whole file counts, and none is waited for."""

import io
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from evenhand import clamd
from tests.security.scanners import HARMLESS, MOST, MOST_FILES, NAME, Daemon, answering, at_once, saying, silent, taken

LONG = bytes(8 * 1024 * 1024)


def asked(address: clamd.Address, data: bytes = b"words", seconds: float = 20) -> str:
    return clamd.look_through(address, io.BytesIO(data), time.monotonic() + seconds)


# The real one -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["socket", "network"])
def test_the_daemon_finds_what_it_knows_and_nothing_else(real_scanner: Daemon, way: str) -> None:
    address: clamd.Address = real_scanner.path if way == "socket" else ("127.0.0.1", real_scanner.port)
    assert asked(address, b"") == ""
    assert asked(address, bytes(MOST - 1)) == ""
    assert asked(address, bytes(100_000) + HARMLESS + b"afterwards") == NAME
    assert clamd.version(address, time.monotonic() + 20).words.startswith("ClamAV 1.")


@pytest.mark.parametrize("size", [MOST + 1, MOST * 4, len(LONG)])
def test_the_daemon_says_that_a_file_is_too_large(real_scanner: Daemon, size: int) -> None:
    with pytest.raises(clamd.Unsure):
        asked(("127.0.0.1", real_scanner.port), bytes(size))
    with pytest.raises(clamd.TooLarge):
        asked(real_scanner.path, bytes(size))


def test_the_daemon_says_that_it_did_not_read_all_that_is_packed_in_a_file(real_scanner: Daemon) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(MOST_FILES + 1):
            archive.writestr(f"{number}.txt", f"words {number}")
    with pytest.raises(clamd.TooLarge, match="Exceeded"):
        asked(real_scanner.path, made.getvalue())


# Others -------------------------------------------------------------------------------------------------------------


def test_every_byte_of_a_file_is_given_to_the_scanner() -> None:
    heard = []

    def listens(line: socket.socket) -> None:
        heard.append(taken(line))
        line.sendall(b"stream: OK\0")

    data = bytes(range(256)) * 1000
    with answering(listens) as address:
        assert asked(address, data) == ""
    assert heard == [data]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"stream: OK",
        b"OK\0",
        b"stream: OK\nstream: Bad.Thing FOUND\0",
        b"stream: OKAY\0",
        b"stream: access denied. ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"HTTP/1.1 200 OK\r\n\r\n\0",
        b"\xff\xfe\x00",
        b"stream: OK " * 100_000,
    ],
    ids=lambda said: repr(said[:24]),
)
def test_whatever_is_no_answer_is_never_taken_for_clean(answer: bytes) -> None:
    with answering(saying(answer)) as address, pytest.raises(clamd.Unsure):
        asked(address)


def test_clean_is_not_believed_before_the_file_was_read() -> None:
    with answering(at_once(b"stream: OK\0")) as address, pytest.raises(clamd.Unsure):
        asked(address, LONG, seconds=3)


def test_that_it_found_something_or_takes_no_more_is_believed_at_any_time() -> None:
    with answering(at_once(b"stream: Bad.Thing FOUND\0")) as address:
        assert asked(address, LONG) == "Bad.Thing"
    with answering(at_once(b"INSTREAM size limit exceeded. ERROR\0")) as address, pytest.raises(clamd.TooLarge):
        asked(address, LONG)


def drips(line: socket.socket) -> None:
    """A letter now and then, and never the end."""
    taken(line)
    while True:
        line.sendall(b"s")
        time.sleep(0.1)


def breaks_off(line: socket.socket) -> None:
    line.recv(100)


@pytest.mark.parametrize("manners", [silent, drips, breaks_off])
@pytest.mark.parametrize("data", [b"words", LONG], ids=["short", "long"])
def test_a_slow_or_broken_scanner_is_not_waited_for(manners: Callable[[socket.socket], None], data: bytes) -> None:
    began = time.monotonic()
    with answering(manners) as address, pytest.raises(clamd.Unsure):
        asked(address, data, seconds=0.5)
    assert time.monotonic() - began < 10


def test_a_file_that_takes_too_long_to_read_is_given_up() -> None:
    class Slow:
        def read(self, size: int, /) -> bytes:
            time.sleep(0.05)
            return b"s"

    with answering(saying(b"stream: OK\0")) as address, pytest.raises(clamd.Unsure, match="in time"):
        clamd.look_through(address, Slow(), time.monotonic() + 0.3)


def nowhere() -> Iterator[clamd.Address]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    yield ("127.0.0.1", port)
    yield "/nowhere/clamd.ctl"
    yield "/" + "long" * 50


@pytest.mark.parametrize("address", list(nowhere()), ids=["nobody listens", "no socket", "no path"])
def test_where_there_is_no_scanner_there_is_no_answer(address: clamd.Address) -> None:
    with pytest.raises(clamd.Unsure):
        asked(address)
    with pytest.raises(clamd.Unsure):
        clamd.version(address, time.monotonic() + 5)


def test_a_file_that_is_no_socket_is_no_scanner(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("")
    with pytest.raises(clamd.Unsure):
        asked(str(tmp_path / "c"))


@pytest.mark.parametrize(
    ("said", "words", "signatures"),
    [
        (b"ClamAV 1.4.6/27812/Sun Nov 22 09:12:44 2026\0", "ClamAV 1.4.6", date(2026, 11, 22)),
        (b"ClamAV 1.4.6/27812/Tue Nov  3 09:12:44 2026\0", "ClamAV 1.4.6", date(2026, 11, 3)),
        (b"ClamAV 1.4.6/27812/yesterday\0", "ClamAV 1.4.6", None),
        (b"ClamAV 1.4.6\0", "ClamAV 1.4.6", None),
    ],
)
def test_the_scanner_tells_how_new_its_list_is(said: bytes, words: str, signatures: date | None) -> None:
    with answering(lambda line: line.sendall(said)) as address:
        assert clamd.version(address, time.monotonic() + 20) == clamd.Version(words, signatures)


def test_something_else_that_answers_is_not_taken_for_a_scanner() -> None:
    with answering(lambda line: line.sendall(b"220 mail.example.org ESMTP\0")) as address, pytest.raises(clamd.Unsure):
        clamd.version(address, time.monotonic() + 20)
