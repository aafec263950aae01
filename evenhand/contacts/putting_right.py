"""C2: what is ours is put right first: by somebody named, by a day, and with a word of what was done."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from evenhand.contacts.evidence import MATTER_COLUMNS, matter_of
from evenhand.contacts.models import Matter, PutRight, PutRightStep
from evenhand.contacts.models.put_right import Step
from evenhand.people import known, reading
from evenhand.people.models import Person, User
from evenhand.people.refusal import NotDone
from evenhand.policy.demand.exclusion import ours
from evenhand.policy.demand.window import Window
from evenhand.policy.terms import months_after

LATEST_MONTHS = 12
"""No day is set further away than that: it would promise nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who says something of it, when, and on the landlord's own day."""

    by: User
    at: datetime
    day: date


def may_be_ours(person: Person, span: Window, day: date) -> list[Matter]:
    """A customer's matters that were late, or closed and not done, in a span up to a day: those still to do first."""
    theirs = Matter.objects.filter(person__in=reading.identities(person))
    until = min(span.last, day)
    found = [row[0] for row in theirs.values_list(*MATTER_COLUMNS) if ours(matter_of(row), span.first, until)]
    waiting = theirs.filter(pk__in=found).annotate(is_done=Q(done_on__isnull=False))
    return list(waiting.select_related("person").order_by("is_done", "-opened_on", "pk"))


@transaction.atomic
def ask(matter: Matter, what: str, who: User, by_day: date, said: Said) -> PutRight:
    """Asks a colleague to put a matter right by a day. Raises `NotDone` if somebody does, or they cannot."""
    Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)
    if taken := _open(matter.pk):
        raise NotDone(
            f"{taken.who.name} puts this right already, by {_day(taken.by_day)}. Open that, and change it there."
        )
    _may_be_asked(matter, who, by_day, said)
    task = PutRight.objects.create(matter=matter, what=what, who=who, by_day=by_day)
    _note(task, Step.ASKED, what, said)
    return task


@transaction.atomic
def change(task: PutRight, who: User, by_day: date, why: str, said: Said) -> None:
    """Gives it to somebody else, or another day. Raises `NotDone` if it is done, or they cannot."""
    kept = _held(task)
    if kept.done_on:
        raise NotDone("It is done, so there is nothing to change. If it is not, say so on the page before.")
    _may_be_asked(kept.matter, who, by_day, said)
    kept.who, kept.by_day = who, by_day
    kept.save(update_fields=["who", "by_day"])
    _note(kept, Step.CHANGED, why, said)


@transaction.atomic
def done(task: PutRight, on: date, words: str, said: Said) -> None:
    """Somebody says that it is done, and what was done. Raises `NotDone` if it was, or for a day still to come."""
    kept = _held(task)
    if kept.done_on:
        raise NotDone("Somebody has said already that this is done. What they wrote is on the page before.")
    if on > said.day:
        raise NotDone("It cannot have been done after today. Check the day.")
    if on < kept.matter.opened_on:
        raise NotDone(f"The matter was opened on {_day(kept.matter.opened_on)}, so it was not done before. Check it.")
    kept.done_on = on
    kept.save(update_fields=["done_on"])
    _note(kept, Step.DONE, words, said)


@transaction.atomic
def not_done(task: PutRight, by_day: date, words: str, said: Said, who: User | None = None) -> None:
    """It is not done after all: the same colleague has it again, or `who`, by a new day. Raises `NotDone` where they
    cannot."""
    kept = _held(task)
    if not kept.done_on:
        raise NotDone("Nobody has said that this is done, so it still waits.")
    if taken := _open(kept.matter_id):
        raise NotDone(f"{taken.who.name} was asked anew, and puts this right by {_day(taken.by_day)}.")
    kept.who = who or kept.who
    _may_be_asked(kept.matter, kept.who, by_day, said)
    kept.done_on, kept.by_day, kept.what = None, by_day, words
    kept.save(update_fields=["done_on", "by_day", "what", "who"])
    _note(kept, Step.NOT_DONE, words, said)


def waiting(close: Collection[int], most: int) -> list[PutRight]:
    """All that is still to be put right, the soonest first; nothing of people a viewer must not know of. One query."""
    return list(_of(close).filter(done_on=None).order_by("by_day", "id")[:most])


def on_first_page(viewer: User, on: date, most: int) -> list[PutRight]:
    """What a colleague has to put right; for whoever decides, all that is overdue or belongs to nobody who works here
    as well. Their own first, each the soonest first. One query."""
    theirs = Q(who=viewer)
    if viewer.actor.decides:
        theirs |= Q(by_day__lt=on) | Q(who__is_active=False)
    found = _of(()).filter(theirs, done_on=None).annotate(own=Q(who=viewer))
    return list(found.order_by("-own", "by_day", "id")[:most])


def of_matters(matters: Iterable[int]) -> dict[int, PutRight]:
    """The one to show beside each of these matters: what is open, or else the last. One query."""
    found = _of(()).filter(matter__in=list(matters)).annotate(is_done=Q(done_on__isnull=False))
    return {task.matter_id: task for task in found.order_by("-is_done", "id")}


def of_person(person: Person) -> list[PutRight]:
    """All that was or is to be put right for a customer, what is open first."""
    found = _of(()).filter(matter__person__in=reading.identities(person)).annotate(is_done=Q(done_on__isnull=False))
    return list(found.prefetch_related("steps__by", "steps__who").order_by("is_done", "by_day", "id"))


def one(task: int) -> PutRight | None:
    """One of them, with whose matter it is."""
    return _of(()).filter(pk=task).first()


def _of(close: Collection[int]) -> QuerySet[PutRight]:
    found = PutRight.objects.select_related("matter__person__merged_into", "who")
    return found.exclude(matter__person__in=list(close)) if close else found


def _open(matter: int) -> PutRight | None:
    return PutRight.objects.filter(matter=matter, done_on=None).select_related("who").first()


def _held(task: PutRight) -> PutRight:
    """The task as it is now, which nobody else changes until this is done: the matter is what all of them hold, and
    the task what letting go of it holds. Raises `NotDone` if it was let go of."""
    Matter.objects.select_for_update(no_key=True).get(pk=task.matter_id)
    held = PutRight.objects.select_for_update(of=("self",)).select_related("matter__person", "who")
    if (kept := held.filter(pk=task.pk).first()) is None:
        raise NotDone("This was put right so long ago that nothing of it is kept any more. Ask for it anew.")
    return kept


def _may_be_asked(matter: Matter, who: User, by_day: date, said: Said) -> None:
    if by_day < said.day:
        raise NotDone("The day is over already. Choose a day that is still to come.")
    if by_day > months_after(said.day, LATEST_MONTHS):
        raise NotDone("That is more than a year away. Choose a day that means something to the customer.")
    if not who.is_active:
        raise NotDone(f"{who.name} does not work here any more. Give it to somebody else.")
    if who.actor_id in known.colleagues_close_to(matter.person, said.day):
        raise NotDone("They are the customer or live with them, so they do not deal with this. Choose somebody else.")


def _note(task: PutRight, step: Step, words: str, said: Said) -> None:
    PutRightStep.objects.create(
        task=task, step=step.value, words=words, who=task.who, by_day=task.by_day, at=said.at, by=said.by
    )


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
