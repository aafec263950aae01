"""The web as `evenhand serve` runs it: loaded once, and then answering in as many processes as are asked for.

As soon as the way in is loaded, a process begins to answer with that (`entrance.py`) while we load the rest. It goes
when those with everything answer, and ends first what it was asked. A mistake in anything we load ends us, and that
process with us.

They are forked from the one that loaded everything and looks after them, so a start costs one loading, they share the
memory of it, and one that falls over is replaced at once. Each ends with the one that looks after them. Else, were that
one killed, they would go on answering beside those that take their place, after an upgrade with the programs of before.
"""

import argparse
import functools
import gc
import multiprocessing
import os
import signal
import time
from wsgiref.types import WSGIApplication

from django.core.handlers.wsgi import WSGIHandler
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from evenhand.entrance import Entrance, load_entrance
from evenhand.loading import load
from evenhand.parting import end_with_parent
from evenhand.serving import answers

THREADS = 4
HANDED_OVER = 1
"""Seconds after which those that have everything will mostly answer, so that the first may go."""
AGAIN = 0.25
"""Seconds until we look again whether they answer, or whether the first has gone."""
LET_FINISH = 30
"""Seconds that the first has to end what it has begun to answer."""
STOPPED = 3
"""Seconds that everything else has for it, which somebody has asked to stop."""


def load_and_serve(asked: argparse.Namespace) -> None:
    """Answer first with the way in and then with everything, until asked to stop. `asked`: see `served.py`."""
    multiprocessing.set_start_method("fork")
    load_entrance()
    first = multiprocessing.Process(target=open_entrance, args=(asked,))
    first.start()
    try:
        load()
        if told(asked):
            serve_whole(asked, first)
    finally:
        first.terminate()


def told(asked: argparse.Namespace) -> bool:
    """Wait until we may answer; whether we ever may. More is said than one byte, so that each of us can have one."""
    return not asked.when_told or bool(os.read(0, 1))


def open_entrance(asked: argparse.Namespace) -> None:
    """What the first process does."""
    no_longer_than_our_parent(signal.SIGTERM)
    if told(asked):
        serve(Entrance(), asked, workers=1, finish=LET_FINISH)


def serve_whole(asked: argparse.Namespace, first: multiprocessing.Process) -> None:
    """Answer with everything; when that is so the first process, which has not everything, goes."""
    until: float | None = None

    def look(*_: object) -> None:
        # Never waits for the first: meanwhile none of us could be replaced.
        nonlocal until
        if until is None and answers(asked.host, asked.port):
            until = time.monotonic() + LET_FINISH + STOPPED
            first.terminate()
        if not first.is_alive():
            return
        if until is not None and time.monotonic() > until:
            first.kill()
        signal.setitimer(signal.ITIMER_REAL, AGAIN)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, HANDED_OVER)
    serve(WSGIHandler(), asked, asked.workers, finish=STOPPED)


def serve(application: WSGIApplication, asked: argparse.Namespace, workers: int, finish: int) -> None:
    """Answer until asked to stop; what was begun then has `finish` seconds to be ended."""
    # Nor is any of it looked through ever again, here or in the processes that share it.
    gc.freeze()
    gc.enable()
    Granian(
        "evenhand",
        address=asked.host,
        port=asked.port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        workers_kill_timeout=finish,
        # One of the processes that falls over is replaced, and the others answer meanwhile.
        respawn_failed_workers=True,
        respawn_interval=0.1,
    ).serve(target_loader=functools.partial(with_its_parent, application), wrap_loader=False)


def with_its_parent(application: WSGIApplication) -> WSGIApplication:
    """What a process of the web begins with."""
    no_longer_than_our_parent(signal.SIGKILL)
    return application


def no_longer_than_our_parent(how: signal.Signals) -> None:
    """End by this signal when the one that looks after us does, or at once where it has."""
    end_with_parent(how)
    began_under = multiprocessing.parent_process()
    if began_under and began_under.pid != os.getppid():
        # It was gone before we could ask to be told.
        os._exit(1)
