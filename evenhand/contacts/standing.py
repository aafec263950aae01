"""C2: what was said of a suggestion: by a manager who set it aside or took it to a case, by a customer against it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from evenhand.contacts import suggesting, suggestion_json
from evenhand.contacts.models import Answered, Objected, Suggested
from evenhand.contacts.models.demand import Said
from evenhand.people.models import Person, User
from evenhand.people.refusal import NotDone
from evenhand.policy.demand.measure import Measure


@transaction.atomic
def answer(
    person: Person, found: Sequence[Measure], said: Said, words: str, by: User, at: datetime, *, case: str = ""
) -> Answered:
    """Keeps what a manager said of a suggestion, with the figures it was said of; the suggestion is shown no more."""
    Suggested.objects.filter(person=person).update(answered=True)
    return Answered.objects.create(
        person=person,
        said=said.value,
        words=words,
        kinds=[one.kind.value for one in found],
        until=max(one.window.last for one in found),
        figures=suggestion_json.suggestion(person.ref, tuple(found)),
        case=case,
        at=at,
        by=by,
    )


def first_to_take(person: Person, found: Sequence[Measure]) -> None:
    """Holds a person until the transaction ends. Raises `NotDone` if what shows was taken to a case already.

    Of two managers who take one suggestion at the same moment the second waits here, and is told of the first.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    last = Answered.objects.filter(person=person, said=Said.CASE.value).select_related("by").first()
    if last and suggesting.covers(last, suggestion_json.suggestion(person.ref, tuple(found))):
        raise NotDone(
            f"{last.by.name} took this to a case already: {last.case}. Nothing was made a second time. Open that case, "
            "and add there what you know."
        )


def record_objection(person: Person, words: str, received_on: date, by: User, at: datetime) -> Objected:
    """Keeps that a customer objects."""
    return Objected.objects.create(person=person, words=words, received_on=received_on, recorded_by=by, recorded_at=at)


@transaction.atomic
def reply(objection: Objected, words: str, by: User, on: date) -> None:
    """Answers an objection, once. Raises `NotDone` if somebody has."""
    kept = Objected.objects.select_for_update().get(pk=objection.pk)
    if kept.answer:
        raise NotDone("Somebody has answered this objection already. Their answer is on the page before.")
    kept.answer, kept.answered_by, kept.answered_on = words, by, on
    kept.save(update_fields=["answer", "answered_by", "answered_on"])
