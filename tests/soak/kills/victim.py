"""Whom to kill: every process of `evenhand serve`, found as it stands at that moment, and what of it is killed."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import psutil

from evenhand.database import postmaster
from evenhand.database.place import Place

WEIGHTS = {
    "a session of the database": 86,
    "the database": 60,
    "the worker": 22,
    "a web process": 18,
    "the keeper of the database": 8,
    "the web": 2,
    "evenhand serve": 2,
    "everything at once": 2,
}
"""How many of two hundred kills fall on each. What takes long to start again is killed less often, but often enough."""


@dataclass(frozen=True)
class Victim:
    kind: str
    processes: tuple[psutil.Process, ...]

    def kill(self) -> bool:
        """Whether it was there to be killed. SIGKILL: nobody gets to say a last word."""
        return any([_killed(process) for process in self.processes])


def kinds(chance: random.Random, count: int) -> Iterator[str]:
    """What is killed, one after another, for ever. Few kills are each of another kind; many fall as the weights say."""
    if count <= len(WEIGHTS):
        yield from chance.sample(list(WEIGHTS), count)
    while True:
        yield chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]


def choose(kind: str, chance: random.Random, serve: psutil.Process, place: Place) -> Victim | None:
    """One of this kind; None where none is there at this moment, being killed or not yet started again."""
    found = [process for process in standing(kind, serve, place) if process.is_running()]
    if not found:
        return None
    return Victim(kind, tuple(found) if kind == "everything at once" else (chance.choice(found),))


def standing(kind: str, serve: psutil.Process, place: Place) -> list[psutil.Process]:
    """The processes of this kind."""
    try:
        match kind:
            case "a session of the database":
                return [each for each in family(server(place)) if "evenhand_app" in words(each)]
            case "the database":
                return list(server(place))
            case "the keeper of the database":
                return [parent for each in server(place) if (parent := each.parent())]
            case "a web process":
                return list(family(web(serve)))
            case "the web":
                return list(web(serve))
            case "the worker":
                return [each for each in serve.children() if words(each).endswith(" worker")]
            case "evenhand serve":
                return [serve]
            case _:
                return everything(serve, place)
    except psutil.Error:
        return []


def everything(serve: psutil.Process, place: Place) -> list[psutil.Process]:
    """All of it, the database and its keeper first, so that none can look after another."""
    keepers = [parent for each in server(place) if (parent := each.parent())]
    return [*keepers, *server(place), serve, *serve.children(recursive=True)]


def server(place: Place) -> Iterator[psutil.Process]:
    if found := postmaster.running(place):
        yield found


def web(serve: psutil.Process) -> Iterator[psutil.Process]:
    # Where `setproctitle` happens to be installed, granian names its processes anew.
    return (each for each in serve.children() if {"evenhand.served", "granian"} & set(words(each).split()))


def family(parents: Iterable[psutil.Process]) -> Iterator[psutil.Process]:
    return (child for parent in parents for child in parent.children())


def words(process: psutil.Process) -> str:
    """What it was started as; nothing, where it ended and nobody has buried it yet."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _killed(process: psutil.Process) -> bool:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return False
    return True
