"""C2: customers who object to how often they were counted: owed an answer by a day, and on a list until it has gone."""

from datetime import date
from typing import Any

from django.urls import reverse

from evenhand.cases import objection_answer, sight
from evenhand.cases.circumstances import Moment
from evenhand.cases.objection_answer import AnswerLetter
from evenhand.contacts import standing
from evenhand.contacts.models import Objected
from evenhand.people import reading
from evenhand.people.models import User
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.promises import Promise
from evenhand.policy.staff import DECIDERS
from evenhand.web import way
from evenhand.web.templatetags.words import day, until, urgency

MOST = 25


def waiting(viewer: User, at: Moment) -> list[dict[str, Any]]:
    """Each as a task, the soonest due first. Out: at most so many; the rest come as these are answered."""
    owed = standing.owed(sight.people_close_to(viewer, at.day), MOST)
    letters = objection_answer.latest_of(owed)
    return [_task(one, letters.get(one.pk), at) for one in owed]


def _task(one: Objected, letter: AnswerLetter | None, at: Moment) -> dict[str, Any]:
    person = reading.kept_record(one.person)
    does, page = _next(one, letter, at)
    here = [way.PEOPLE.sign(str(one.person_id)), one.pk]
    return {
        "person": person,
        "name": f"{person.name}: {does}",
        "href": reverse(page, args=[] if page == "demand.print" else here),
        "hint": f"Objected on {day(one.received_on)} to how often they were counted.",
        "promise": Promise.C2,
        "status": until(one.answer_by, at.day),
        "kind": urgency(one.answer_by, at.day),
        "day": day(one.answer_by),
    }


def _next(one: Objected, letter: AnswerLetter | None, at: Moment) -> tuple[str, str]:
    """What is to be done next, and the page on which it is."""
    if not one.answered_on:
        return "answer the objection", "demand.reply"
    if letter and objection_answer.is_in_doubt(letter, at):
        return "find out whether the answer went", "demand.send"
    if letter is None or letter.trouble:
        return "send the answer", "demand.send"
    if letter.sent_at:
        return "say when their format was delivered", "demand.sent"
    if letter.delivery == Delivery.POST:
        return "print and post the answer", "demand.print"
    if letter.delivery == Delivery.BY_HAND:
        return "hand over the answer, and say when", "demand.sent"
    return "the answer goes by email", "demand.send"


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
