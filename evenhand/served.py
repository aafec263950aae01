"""The web as `evenhand serve` runs it: loaded once, and then answering in as many processes as are asked for.

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
import sys
from wsgiref.types import WSGIApplication

from django.core.handlers.wsgi import WSGIHandler
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from evenhand.children import WHEN_TOLD
from evenhand.loading import load
from evenhand.memory import closed_to_others
from evenhand.parting import end_with_parent

THREADS = 4


def main() -> None:
    """`python -m evenhand.served --host HOST --port PORT --workers N [--when-told]`"""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument(WHEN_TOLD, action="store_true", help="load, and serve as soon as anything is said to us")
    asked = parser.parse_args()
    # Handed on to the processes that are forked from this one.
    closed_to_others()
    # What is loaded stays: looking meanwhile for what could be let go of takes a fifth of the time.
    gc.disable()
    load()
    if not asked.when_told or sys.stdin.read(1):
        serve(WSGIHandler(), asked)


def serve(application: WSGIApplication, asked: argparse.Namespace) -> None:
    """Answer until asked to stop."""
    # Nor is any of it looked through ever again, here or in the processes that share it.
    gc.freeze()
    gc.enable()
    multiprocessing.set_start_method("fork")
    Granian(
        "evenhand",
        address=asked.host,
        port=asked.port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=asked.workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        workers_kill_timeout=3,
        # One of the processes that falls over is replaced, and the others answer meanwhile.
        respawn_failed_workers=True,
        respawn_interval=0.1,
    ).serve(target_loader=functools.partial(with_its_parent, application), wrap_loader=False)


def with_its_parent(application: WSGIApplication) -> WSGIApplication:
    """What a process of the web begins with."""
    end_with_parent(signal.SIGKILL)
    began_under = multiprocessing.parent_process()
    if began_under and began_under.pid != os.getppid():
        # It was gone before we could ask to be told.
        os._exit(1)
    return application


if __name__ == "__main__":
    main()
