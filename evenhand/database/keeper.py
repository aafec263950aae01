"""The process the embedded PostgreSQL runs under: it stops the server when nobody uses it any more.

Whoever uses the database holds a shared lock on one file (see lease.py). A lock goes with its process, however it ends,
so the keeper need only wait until it can have the file to itself. Should the keeper itself be killed, the kernel
tells the server to stop.
"""

import fcntl
import os
import signal
import sys
import time
from pathlib import Path

from evenhand.database import cluster, postmaster
from evenhand.database.place import DatabaseTrouble, Place

GLANCE = 0.1
TOO_SOON = 5.0
A_MOMENT = 0.5
ASKED_TO_GO = "asked to go"
"""What a keeper leaves behind that was told to stop: whoever uses the database then does not start another."""


def keep(place: Place, extra: list[str]) -> None:
    """Run the server of `place` until the lease is free. Returns in a moment if another keeper is at it."""
    # Our own lock is let go of before the lease: whoever gets that next must find nobody in a new keeper's way.
    with (place.locks / "lease.lock").open("a") as lease, (place.locks / "keeper.lock").open("a") as mine:
        if not taken(mine.fileno()):
            return
        mine.truncate(0)
        cluster.prepare(place)
        try:
            watch(place, extra, lease.fileno())
        except SystemExit:
            mine.write(ASKED_TO_GO)
            mine.flush()
            raise
        finally:
            postmaster.stop(place)


def taken(lock: int) -> bool:
    """Whether the lock is ours now. Others try it too, for a moment, to see whether there is a keeper."""
    until = time.monotonic() + A_MOMENT
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(GLANCE)


def watch(place: Place, extra: list[str], lease: int) -> None:
    """Start the server; start it again if it dies; until nobody needs it. One whose keeper was killed is on its way out
    already, and is seen out first."""
    postmaster.stop(place)
    started = float("-inf")
    process = None
    while True:
        if (process is None or process.poll() is not None) and postmaster.running(place) is None:
            # One that was killed is started again; one that gives up at once has said why in its log.
            if process and process.returncode > 0 and time.monotonic() - started < TOO_SOON:
                raise postmaster.trouble_starting(place)
            postmaster.clear_leftovers(place)
            process, started = postmaster.start(place, extra), time.monotonic()
        try:
            fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            time.sleep(GLANCE)


def leave(number: int, frame: object) -> None:
    """Asked to go: stop the server on the way out."""
    sys.exit(0)


def main() -> None:
    """`python -m evenhand.database.keeper VAR [name=value …]`"""
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    os.chdir("/")
    try:
        keep(Place(Path(sys.argv[1])), sys.argv[2:])
    except DatabaseTrouble as trouble:
        print(trouble, flush=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
