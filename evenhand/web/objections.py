"""C2: customers who object to how often they were counted: owed an answer by a day, and on a list until it has gone."""

from datetime import date
from typing import Any

from django.urls import reverse

from evenhand.cases import sight
from evenhand.contacts import standing
from evenhand.contacts.models import Objected
from evenhand.people import reading
from evenhand.people.models import User
from evenhand.policy.promises import Promise
from evenhand.policy.staff import DECIDERS
from evenhand.web import way
from evenhand.web.templatetags.words import day, until, urgency

MOST = 25


def waiting(viewer: User, on: date) -> list[dict[str, Any]]:
    """Each as a task, the soonest due first. Out: at most so many; the rest come as these are answered."""
    return [_task(one, on) for one in standing.owed(sight.people_close_to(viewer, on), MOST)]


def _task(one: Objected, on: date) -> dict[str, Any]:
    person = reading.kept_record(one.person)
    does = "send the answer" if one.answered_on else "answer the objection"
    page = "demand.sent" if one.answered_on else "demand.reply"
    return {
        "name": f"{person.name}: {does}",
        "href": reverse(page, args=[way.PEOPLE.sign(str(one.person_id)), one.pk]),
        "hint": f"Objected on {day(one.received_on)} to how often they were counted.",
        "promise": Promise.C2,
        "status": until(one.answer_by, on),
        "kind": urgency(one.answer_by, on),
        "day": day(one.answer_by),
    }


def on_today(viewer: User, on: date) -> dict[str, str] | None:
    """What managers' first page says of them: how many, and whether one is overdue."""
    if not viewer.actor.has(*DECIDERS):
        return None
    found = standing.owed(sight.people_close_to(viewer, on), MOST + 1)
    if not found:
        return None
    count = f"More than {MOST} customers" if len(found) > MOST else customers(len(found))
    late = sum(one.answer_by < on for one in found)
    first = found[0].answer_by
    return {
        "kind": "danger" if late else "due",
        "word": "Overdue" if late else "Due",
        "heading": f"{count} owed an answer to an objection",
        "text": f"They object to how often they were counted. The first answer {'was' if late else 'is'} due by "
        f"{day(first)}{f': {late} overdue' if late else ''}.",
    }


def customers(count: int) -> str:
    return f"{count} customer{'' if count == 1 else 's'}"
