"""C4: a task of looking after a colleague with the colleague's name, for whoever has to ring them."""

from collections.abc import Iterable

from evenhand.cases.owed import owed_to
from evenhand.cases.reading import TaskRow
from evenhand.web.names import names_of

SOMEONE = "A colleague who was affected"
"""How a task speaks of whom it is owed to: the record's summary keeps no name."""


def naming(tasks: Iterable[TaskRow]) -> list[TaskRow]:
    """The same tasks, each that is owed to a colleague saying to whom. Only for those who work on the cases."""
    given = list(tasks)
    whom = owed_to(given)
    names = names_of(whom.values()) if whom else {}
    for task in given:
        if colleague := whom.get((task.case.reference, task.subject)):
            name = names[colleague] if ":" in colleague else colleague
            told = task.what.replace(SOMEONE, name, 1)
            task.what = told if told != task.what else f"{task.what} ({name})"
    return given
