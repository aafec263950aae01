"""Every command but `serve` and `demo`: Django's, with the embedded database at hand where that is the one in use."""

import os
import signal
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from evenhand import environment
from evenhand.broken_off import words_of
from evenhand.children import Stopped, heed, heed_signals
from evenhand.database.lease import attached
from evenhand.database.place import DATABASE, OWNER, Place

# Only these come as the role that owns the tables; everything else has the application's rights.
AS_OWNER = {"migrate", "prepare", "createcachetable", "dispose", "verify", "backup", "restore"}
STOPPED = 130
"""The exit code of what somebody stopped with Ctrl-C."""
NO_ANSWER = {"lookup": 3}
"""The exit code of a command that was broken off, where 1 is an answer of its own."""
WITHOUT_DATABASE = {"help", "version", "check", "collectstatic", "findstatic", "documents", "makemigrations"}


def obey(name: str, given: list[str]) -> int:
    """Run a command; the exit code. `name`: "" where only options were given, which are then Django's."""
    try:
        if name == "database":
            return hold()
        run(name, given)
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:
        words = None if "--traceback" in given else words_of(error)
        if words is None:
            raise
        tell(words)
        return NO_ANSWER.get(name, 1)
    return 0


def run(name: str, rest: list[str]) -> None:
    """Run one of Django's commands with the embedded database at hand, if that is the one in use."""
    if name in AS_OWNER:
        os.environ["EVENHAND_ACT_AS"] = "owner"
    command = ["work" if name == "worker" else name, *rest] if name else rest
    alone = not name or (name in WITHOUT_DATABASE and "--database" not in rest) or "--help" in rest
    needless = alone or environment.text("DATABASE_URL")
    with nullcontext() if needless else attached(Place(environment.var_folder()), tell):
        execute_from_command_line(["evenhand", *command])


def hold() -> int:
    """Keep the embedded database running until asked to stop, for whoever wants to look inside; the exit code."""
    if environment.text("DATABASE_URL"):
        raise environment.BadSetting("DATABASE_URL names a database of your own, so there is none of ours to run.")
    place = Place(environment.var_folder())
    heed_signals()
    try:
        with attached(place, tell):
            tell(f"The database answers at: psql -h {place.socket} -U {OWNER} {DATABASE}  (Ctrl-C stops it)")
            while not heed.times:
                signal.pause()
    except Stopped:
        pass
    return 0


def tell(words: str) -> None:
    """Say what takes long where it does not mix with a command's own output."""
    print(words, file=sys.stderr, flush=True)
