"""Whether the embedded database is halted: its processes are there, and somebody stopped them without ending them."""

from time import sleep

import psutil

from evenhand.database import postmaster
from evenhand.database.place import Place

A_MOMENT = 1.0
HALTED = (psutil.STATUS_STOPPED, psutil.STATUS_TRACING_STOP)


def halted(place: Place) -> str:
    """Words for an operator where a process of the embedded server is halted; empty where none is."""
    server = postmaster.running(place)
    if server is None:
        return ""
    found = [each.pid for each in (server, *_sessions_of(server)) if _is_halted(each)]
    if not found:
        return ""
    many = len(found) > 1
    return (
        f"The database is halted: somebody stopped {'processes' if many else 'process'} "
        f"{', '.join(map(str, found))} of it without ending {'them' if many else 'it'}. "
        f"To let it go on: kill -CONT {' '.join(map(str, found))}"
    )


def surely_halted(place: Place) -> str:
    """The same, where it still is so a moment later: whoever halts a whole machine lets us go on before the server."""
    if not halted(place):
        return ""
    sleep(A_MOMENT)
    return halted(place)


def _sessions_of(server: psutil.Process) -> list[psutil.Process]:
    try:
        return list(server.children())
    except psutil.Error:
        return []


def _is_halted(process: psutil.Process) -> bool:
    try:
        return process.status() in HALTED
    except psutil.Error:
        return False
