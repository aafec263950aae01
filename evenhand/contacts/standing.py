"""C2: what was said of a suggestion: by a manager who set it aside or took it to a case, by a customer against it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from evenhand.contacts import remeasure, suggesting, suggestion_json
from evenhand.contacts.models import Answered, Objected, Suggested
from evenhand.contacts.models.demand import Said
from evenhand.people import reading
from evenhand.people.models import Person, User
from evenhand.people.refusal import NotDone
from evenhand.policy.demand.measure import Measure
from evenhand.policy.demand.objection import answer_by
from evenhand.policy.terms import Terms

TOOK_PART = (
    "You have said yourself what these contacts amount to, and the customer objects to that. Ask a manager who took no "
    "part in it to answer (D2)."
)


@transaction.atomic
def answer(
    person: Person,
    found: Sequence[Measure],
    said: Said,
    words: str,
    by: User,
    at: datetime,
    *,
    case: str = "",
    matters: Sequence[int] = (),
) -> Answered:
    """Keeps what a manager said of a suggestion, with the figures it was said of; the suggestion is shown no more.

    In: also the case it was taken to, or the keys of the matters that were our own failure.
    """
    shown = Suggested.objects.filter(person__in=reading.identities(person))
    if not shown.update(answered=True):
        # Everybody was being measured just now, by what had been said before: they are measured once more.
        remeasure.people([person.pk], at)
    return Answered.objects.create(
        person=person,
        said=said.value,
        words=words,
        kinds=[one.kind.value for one in found],
        until=max(one.window.last for one in found),
        figures=suggestion_json.suggestion(person.ref, tuple(found)),
        case=case,
        matters=list(matters),
        at=at,
        by=by,
    )


def first_to_take(person: Person, found: Sequence[Measure]) -> None:
    """Holds a person until the transaction ends. Raises `NotDone` if what shows was taken to a case already.

    Of two managers who take one suggestion at the same moment the second waits here, and is told of the first.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    taken = Answered.objects.filter(person__in=reading.identities(person), said=Said.CASE.value)
    last = taken.select_related("by").first()
    if last and suggesting.covers(last, suggestion_json.suggestion(person.ref, tuple(found))):
        raise NotDone(
            f"{last.by.name} took this to a case already: {last.case}. Nothing was made a second time. Open that case, "
            "and add there what you know."
        )


def record_objection(
    person: Person, words: str, received_on: date, by: User, at: datetime, *, terms: Terms
) -> Objected:
    """Keeps that a customer objects, and by when they are owed an answer."""
    return Objected.objects.create(
        person=person,
        words=words,
        received_on=received_on,
        answer_by=answer_by(received_on, terms),
        recorded_by=by,
        recorded_at=at,
    )


def took_part(objection: Objected, by: User) -> bool:
    """Whether the colleague has said what the figures amount to: then the objection is to their own reading (D2)."""
    return Answered.objects.filter(person__in=reading.identities(objection.person), by=by).exists()


@transaction.atomic
def reply(objection: Objected, looked_at: str, words: str, by: User, on: date) -> None:
    """Answers an objection, once. Raises `NotDone` if somebody has, or where it is to what `by` made of the figures."""
    kept = Objected.objects.select_for_update().get(pk=objection.pk)
    if kept.answer:
        raise NotDone("Somebody has answered this objection already. Their answer is on the page before.")
    if took_part(kept, by):
        raise NotDone(TOOK_PART)
    kept.looked_at, kept.answer, kept.answered_by, kept.answered_on = looked_at, words, by, on
    kept.save(update_fields=["looked_at", "answer", "answered_by", "answered_on"])


@transaction.atomic
def sent(objection: Objected, on: date) -> None:
    """Keeps the day on which the answer went to the customer: until then it is still owed."""
    kept = Objected.objects.select_for_update().get(pk=objection.pk)
    if not kept.answered_on:
        raise NotDone("Answer the objection first: then there is a letter to send.")
    if kept.sent_on:
        raise NotDone("The letter was sent already. The day is on the page before.")
    if on < kept.answered_on:
        raise NotDone("The letter cannot have gone before it was written. Check the day.")
    kept.sent_on = on
    kept.save(update_fields=["sent_on"])


def alive(of: str = "") -> Q:
    """Objections of people who have not died: to the others nothing is written any more, and no answer is owed.

    In: the way from a row to its objection, as `objection__`. Asked of the record that stands for the person as well.
    """
    return Q(**{f"{of}person__died_on": None, f"{of}person__merged_into__died_on": None})


def owed(close: Collection[int], most: int) -> list[Objected]:
    """Objections whose answer has not gone to the customer, the soonest due first. One query.

    In: the people of whom the viewer must not know (rule 21), and how many are looked at.
    """
    found = (
        Objected.objects.filter(alive(), sent_on=None).select_related("person__merged_into").order_by("answer_by", "id")
    )
    return list((found.exclude(person__in=list(close)) if close else found)[:most])
