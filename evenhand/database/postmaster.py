"""The server's process: start it, find it, stop it, whatever became of it last time."""

import functools
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from evenhand.database.account import as_account
from evenhand.database.place import DatabaseTrouble, Place
from evenhand.parting import end_with_parent

PATIENCE = 60.0
"""Seconds that a server may take to write everything down and go."""
LARGEST_LOG = 5 * 1024 * 1024


def running(place: Place) -> psutil.Process | None:
    """The server of this place, if it runs.

    The number in postmaster.pid is believed only if that process is a living `postgres` at work in our data folder: the
    file may be cut short, and its number may by now be another program's, or a dead one's nobody has buried.
    """
    try:
        first, _, _ = (place.data / "postmaster.pid").read_text().partition("\n")
        process = psutil.Process(int(first))
        return process if at_work(process, place) else None
    except (OSError, ValueError, OverflowError, psutil.Error):
        return None


def at_work(process: psutil.Process, place: Place) -> bool:
    """Whether the process is a PostgreSQL one that stands in our data folder."""
    try:
        if process.status() == psutil.STATUS_ZOMBIE or not process.name().startswith("postgres"):
            return False
        return Path(process.cwd()).samefile(place.data)
    except (OSError, psutil.Error):
        return False


def left_behind(place: Place) -> Iterator[psutil.Process]:
    """Processes of a server whose head was killed; each notices and goes, but not at once."""
    return (process for process in psutil.process_iter() if at_work(process, place))


def clear_leftovers(place: Place) -> None:
    """Take away the files of a server that no longer runs, which would keep a new one from starting.

    To be called only while holding the keeper's lock and when `running` has found none.
    """
    marks = [place.data / "postmaster.pid", place.socket / ".s.PGSQL.5432", place.socket / ".s.PGSQL.5432.lock"]
    if not any(mark.exists() for mark in marks):
        return
    gone, alive = psutil.wait_procs(list(left_behind(place)), timeout=20)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=10)
    for mark in marks:
        mark.unlink(missing_ok=True)


def start(place: Place, extra: list[str]) -> "subprocess.Popen[bytes]":
    """Start the server. `extra`: settings as name=value. It does not wait until questions are answered."""
    folder = str(place.socket).replace('"', '""')
    settings = [
        "listen_addresses=",
        f'unix_socket_directories="{folder}"',
        "unix_socket_permissions=0700",
        "port=5432",
        "timezone=UTC",
        "log_timezone=UTC",
        "lc_messages=C",
        "max_connections=200",
        "password_encryption=scram-sha-256",
        *extra,
    ]
    command = [str(place.programs / "postgres"), "-D", str(place.data)]
    command += [part for setting in settings for part in ("-c", setting)]
    if place.log.exists() and place.log.stat().st_size > LARGEST_LOG:
        place.log.replace(place.log.with_suffix(".log.1"))
    with place.log.open("ab") as log:
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=functools.partial(end_with_parent, signal.SIGINT),
            **as_account(place),
        )


def stop(place: Place, patience: float = PATIENCE) -> None:
    """Stop the server, if it runs: sessions are ended, everything is written down.

    One that has not gone after a while (seconds) is made to go without writing everything down: PostgreSQL 18 can wait
    for ever where it is asked to stop while it recovers. What was saved is in its log, and the next start recovers it.
    """
    process = running(place)
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        until = time.monotonic() + patience
        with suppress(psutil.Error):
            if process is not None and at_work(process, place):
                process.send_signal(how)
        while process is not None and at_work(process, place) and time.monotonic() < until:
            time.sleep(0.02)


def last_words(place: Place) -> str:
    """The end of the server's log, to be shown when it would not start."""
    try:
        lines = place.log.read_text(errors="replace").splitlines()[-8:]
    except OSError:
        return ""
    return "\n".join(lines)


def recovering(place: Place) -> bool:
    """Whether the server that is starting found that it had not been stopped properly."""
    try:
        _, _, said = place.log.read_text(errors="replace").rpartition("starting PostgreSQL")
    except OSError:
        return False
    return "was interrupted" in said or "not properly shut down" in said


def trouble_starting(place: Place) -> DatabaseTrouble:
    """Why the server stopped as soon as it started, as far as its log says."""
    said = last_words(place)
    if "No space left on device" in said:
        return DatabaseTrouble(f"The disk that holds {place.data} is full. Make room and start again.")
    if "Read-only file system" in said or "Permission denied" in said:
        return DatabaseTrouble(
            f"PostgreSQL may not write in {place.data}. Make the folder writable for the user it runs as, or set "
            f"EVENHAND_VAR to another folder. It said:\n{said}"
        )
    return DatabaseTrouble(f"PostgreSQL would not start. The end of {place.log} says:\n{said}")
