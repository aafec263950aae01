"""What is due as rows of a list: what, about whom, by when and why. The same act on the same case makes one row.

A row of several says how many there are and the soonest day; each of them is a link under it.
"""

from collections.abc import Iterable
from datetime import date
from os.path import commonprefix
from typing import Any

from evenhand.cases.reading import TaskRow
from evenhand.doors.permission import may_use
from evenhand.doors.verb_words import words_of
from evenhand.people.models import User
from evenhand.policy.promises import Promise
from evenhand.web import way
from evenhand.web.said import full
from evenhand.web.templatetags.words import day, until, urgency

SEVERAL = {
    "incident.look_after": "Look after the colleagues who were affected",
    "correspondence.approve": "Approve the letters",
    "incident.triage": "Triage the reports",
    "marker.keep": "Review the markers",
    "support.end": "Record what came of the referrals",
    "police.update": "Record what the police say",
}
"""What to call an act that is due several times in one case, where the words for one would read oddly."""


def rows(tasks: Iterable[TaskRow], on: date, viewer: User) -> list[dict[str, Any]]:
    """The rows of these tasks, in the order in which the first of each comes."""
    found: dict[tuple[str, str, str], list[TaskRow]] = {}
    for task in tasks:
        found.setdefault((task.case.reference, task.verb, task.promise), []).append(task)
    return [row(same[0], on, viewer) if len(same) == 1 else _of_several(same, on, viewer) for same in found.values()]


def row(task: TaskRow, on: date, viewer: User) -> dict[str, Any]:
    """What, about whom, by when and why, linked to the page where it is done, or to the case for who does not do it."""
    person = task.case.person
    promise = Promise[task.promise]
    about = person.name if person else "Nobody knows yet who"
    return {
        "name": task.what,
        "href": _page(task, viewer),
        "hint": f"{about} – case {task.case.reference}. {promise.among_colleagues}",
        "promise": promise,
        "status": until(task.on, on),
        "kind": urgency(task.on, on),
        "day": day(task.on),
    }


def _of_several(tasks: list[TaskRow], on: date, viewer: User) -> dict[str, Any]:
    """One row for the same act on the same case: a link where all of it is done on one page, else a link to each."""
    by_page: dict[str, list[TaskRow]] = {}
    for task in tasks:
        by_page.setdefault(_page(task, viewer), []).append(task)
    made = row(tasks[0], on, viewer)
    if len(by_page) == 1:
        said = full(together([task.what for task in tasks]))
        return {**made, "name": words_of(tasks[0].verb), "hint": f"{said} {made['hint']}"}
    each = [
        {"words": together([task.what for task in same]), "href": href, "status": until(same[0].on, on)}
        for href, same in by_page.items()
    ]
    name = SEVERAL.get(tasks[0].verb, words_of(tasks[0].verb))
    return {**made, "name": name, "href": "", "count": len(each), "each": each}


def _page(task: TaskRow, viewer: User) -> str:
    href = to_task(task)
    route = "letter" if _of_letter(task) else task.verb
    return href if href and may_use(viewer.actor, route) else way.to_case(task.case.reference)


def to_task(task: TaskRow) -> str:
    """Letters have a page of their own; every other task leads to the page of its verb."""
    if _of_letter(task):
        return way.to_letter(task.case.reference, task.subject)
    return way.to_verb(task.case.reference, task.verb, task.subject or None)


def _of_letter(task: TaskRow) -> bool:
    return task.verb.startswith("correspondence.")


def together(said: list[str]) -> str:
    """Several things due as one line that says once what they begin with: "… is owed a call; a debrief"."""
    every = list(dict.fromkeys(said))
    begin = commonprefix(every)
    begin = begin[: begin.rfind(" ") + 1]
    return "; ".join([every[0], *(each.removeprefix(begin) for each in every[1:])])
