"""Processes that serve together: they start together, stop together, and none outlives us."""

import functools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from evenhand.parting import end_with_parent

PATIENCE = 10.0
TOO_SOON = 10.0
GLANCE = 0.2
LONGEST_PAUSE = 5.0
"""Seconds from one start to the next of a process that keeps ending by itself."""
LONGEST_WAIT = 20.0
"""Seconds after which one that waits for the others waits no longer."""
WHEN_TOLD = "--when-told"
"""Tells a process to get ready and to begin its work when something is said to it."""

LOADING = "Evenhand-Loading"
"""A header of whatever the web answers before everything is loaded."""


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, or the machine. As with Python's own, what forgives mistakes lets it pass."""


class ChildFailed(Exception):
    """A process we need will not run; the words say which."""


class CannotServe(Exception):
    """Why we cannot start, and what to do about it."""


@dataclass
class Heed:
    """How often somebody has asked us to stop, and whether that breaks off what is done just now.

    Not while processes are looked after: what is raised in the moment in which one is asked how it is would leave its
    lock taken, and in the moment in which a file is let go of it would be lost.
    """

    times: int = 0
    breaks_off: bool = True


heed = Heed()


@dataclass
class Child:
    """One process we look after. `name` is for messages; one that `waits` lets the others get ready first."""

    name: str
    command: list[str]
    waits: bool = False
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    started: float = field(default=0.0, init=False)
    pause: float = field(default=0.0, init=False)

    def begin(self) -> None:
        """Let it get ready for its work beside whatever else must be; `start` then sets it to work."""
        self._run([*self.command, WHEN_TOLD], subprocess.PIPE)

    def start(self) -> None:
        """Set it to work: the process that was begun, or else a new one."""
        if self.process is None or self.process.stdin is None or self.process.stdin.closed:
            self._run(self.command, subprocess.DEVNULL)
            return
        # One that has ended meanwhile is found out when it is next looked after.
        with suppress(BrokenPipeError), self.process.stdin as told:
            told.write(b"begin")

    def _run(self, command: list[str], told_by: int) -> None:
        # A group of its own: a Ctrl-C reaches us alone, and we tell each child to stop, once.
        self.process = subprocess.Popen(
            command,
            stdin=told_by,
            process_group=0,
            preexec_fn=functools.partial(end_with_parent, signal.SIGTERM),
        )
        self.started = time.monotonic()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


def start_again_if_ended(child: Child, say: Callable[[str], None], stood: bool) -> None:
    """A child that ended is started again: after a pause that grows, where it keeps ending soon.

    One that ends by itself as soon as it is started for the first time (`stood` is false) will not get better. Later it
    may: the database was lost and comes back. One that was killed is no sign of anything wrong with it.
    """
    if child.running or child.process is None:
        return
    lived, killed = time.monotonic() - child.started, child.process.returncode < 0
    if lived < TOO_SOON and not stood and not killed:
        raise ChildFailed(f"The {child.name} stopped as soon as it was started. What it said stands above.")
    if lived < child.pause:
        return
    say(f"The {child.name} stopped unexpectedly and is started again.")
    child.pause = min(LONGEST_PAUSE, child.pause * 2 or GLANCE) if lived < TOO_SOON and not killed else 0.0
    child.start()


def run_together(children: Iterable[Child], ready: Callable[[], bool], say: Callable[[str], None], words: str) -> None:
    """Start the children and look after them until we are asked to stop (returns) or one will not run (ChildFailed).

    Once `ready` first holds, or when that takes too long, those that wait are started too, and then `words` are said.
    """
    children = list(children)
    said, began = False, time.monotonic()
    heed.breaks_off = False
    try:
        start_those(children, lambda child: not child.waits)
        while True:
            if heed.times:
                raise Stopped
            for child in children:
                start_again_if_ended(child, say, said)
            answers = not said and ready()
            if answers or time.monotonic() - began > LONGEST_WAIT:
                start_those(children, lambda child: child.process is None)
            if answers:
                said = True
                say(words)
            time.sleep(GLANCE if said else GLANCE / 10)
    except (Stopped, KeyboardInterrupt):
        say("Stopping …")
    finally:
        stop(children)


def start_those(children: list[Child], which: Callable[[Child], bool]) -> None:
    for child in filter(which, children):
        child.start()


def stop(children: list[Child]) -> None:
    """Ask every child to stop and wait; whoever has not by then, or when we are asked once more, is made to."""
    heed.breaks_off = False
    for child in children:
        if child.running and child.process:
            child.process.terminate()
    until, asked = time.monotonic() + PATIENCE, heed.times
    for child in children:
        with suppress(Stopped, KeyboardInterrupt):
            while child.running and time.monotonic() < until and heed.times == asked:
                time.sleep(GLANCE / 10)
        if child.running and child.process:
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def heed_signals() -> None:
    """Stop when asked: by Ctrl-C (also where a shell has us ignore it), by the machine, by a terminal that closes."""

    heed.times, heed.breaks_off = 0, True

    def asked(number: int, frame: FrameType | None) -> None:
        heed.times += 1
        if heed.breaks_off:
            raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked)


def evenhand(*arguments: str) -> list[str]:
    """The command that runs `evenhand …` with the Python we run with."""
    return [sys.executable, "-m", "evenhand", *arguments]
