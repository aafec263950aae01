"""A database that falls silent is looked after, and not waited for without end.

Something may have stopped the server's processes without ending them: `kill -STOP`, a debugger, somebody's Ctrl-Z. A
connection to it is then neither refused nor lost; it is only silent. Nothing is asked, or costs anything, as long as
answers come. After some seconds of silence we look at the processes of the embedded server: where one is halted, what
waits is given up, and whoever waits reads which one and what to do. One that works on something long is left to it.
"""

from collections.abc import Callable, Generator
from functools import partial
from pkgutil import resolve_name
from time import monotonic
from typing import Any

import psycopg

from evenhand.database.place import PATIENCE, Place

SILENCE = 5.0
"""Seconds without a word after which we look, and look again."""
LONGEST = PATIENCE + 15.0
"""Seconds without a word after which a page or a call gives up whatever the matter is, in a database elsewhere too."""
HALTED = "evenhand.database.halted:surely_halted"
"""What looks at the processes. Named and not imported: hardly anybody ever needs it, and the web is not to wait for it
whenever it starts."""
Talk = Generator[Any, Any, Any]


def listen(connection: psycopg.Connection, place: Place | None, *, for_a_page: bool) -> None:
    """Has whoever waits for this connection give up where nothing can come of it. `place`: the embedded database's."""
    if "wait" in vars(connection):
        return
    given_up = partial(_why, place=place, for_a_page=for_a_page)
    plain = connection.wait

    def wait(talk: Talk, *told: Any, **more: Any) -> Any:
        return plain(_heard(talk, connection, given_up), *told, **more)

    vars(connection)["wait"] = wait


def _why(silent: float, place: Place | None, for_a_page: bool) -> str:
    """Why to give up after so many seconds of silence; empty where it is too early to."""
    if place:
        surely_halted: Callable[[Place], str] = resolve_name(HALTED)
        if words := surely_halted(place):
            return words
    return f"It has said nothing for {silent:.0f} seconds." if for_a_page and silent > LONGEST else ""


def _heard(talk: Talk, connection: psycopg.Connection, given_up: Callable[[float], str]) -> Talk:
    """The talk with the server as it is, looked at when it falls silent. Raises OperationalError."""
    since = look = monotonic()
    try:
        what = next(talk)
        while True:
            ready = yield what
            if ready:
                since = look = monotonic()
            elif monotonic() - look > SILENCE:
                if words := given_up(monotonic() - since):
                    # Nothing more is read from it: it would be the answer to something else.
                    connection.close()
                    raise psycopg.OperationalError(words)
                look = monotonic()
            what = talk.send(ready)
    except StopIteration as end:
        return end.value
