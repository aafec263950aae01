"""C2: approved answers to objections that go by post: put into one file that is printed, and marked as posted.

What may not go any more is neither printed nor marked, and what was never printed cannot have been posted.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from evenhand.cases import envelope, models, objection_answer, print_batch
from evenhand.cases.answer_sending import hold, keep, waiting, went
from evenhand.cases.circumstances import Moment
from evenhand.contacts import standing
from evenhand.people.refusal import NotDone
from evenhand.policy.events.correspondence import Delivery

NOT_PRINTED = "It was not printed yet. Open the file to print first."

IN_HAND = timedelta(days=14)
"""What was printed may lie in an envelope for so long: until then it is said that it must not be posted any more."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One PDF, and the answers that are in it."""

    pdf: bytes
    rows: tuple[models.AnswerLetter, ...]


@dataclass(slots=True)
class Posted:
    """The references of those that were recorded as posted, and why the others were not, by theirs."""

    done: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


def to_print(close: Iterable[int], at: Moment) -> list[tuple[models.AnswerLetter, str]]:
    """Those that wait for the post, the longest waiting first, each with why it may not go any more, or nothing.

    Nothing waits for the post to someone who died, but for what was just printed. In: the people of whom the viewer
    must not know (rule 21).
    """
    still = standing.alive("objection__") | Q(printed_at__gt=at.at - IN_HAND)
    rows = waiting(Delivery.POST).filter(still).exclude(objection__person__in=list(close)).defer("sent_bytes", "data")
    return [(row, objection_answer.stopped(row, at)) for row in rows]


def printed(answers: Collection[int], close: Iterable[int], at: Moment) -> Printed:
    """One PDF of these of them, by their ids, a copy for each person who must be told. Raises `NotDone` if none may go.

    One that may not go any more is left out, and keeps the reason.
    """
    made = _into_a_file(answers, close, at)
    if made is None:
        raise NotDone(
            "None of these letters waits to be printed. Somebody may have posted them, or approved them anew."
        )
    return made


@transaction.atomic
def posted(answers: Collection[int], close: Iterable[int], at: Moment) -> Posted:
    """Records that these of them were put into the post. Done twice, none is; nor one that was not printed, or may
    not go: its reason is kept."""
    told = Posted()
    for row in _held(answers, close):
        if row.printed_at is None:
            told.left[row.reference] = NOT_PRINTED
        elif why := objection_answer.hindrance(row, at):
            keep(row, trouble=why)
            told.left[row.reference] = why
        else:
            went(row, at)
            told.done.append(row.reference)
    return told


@transaction.atomic
def _into_a_file(answers: Collection[int], close: Iterable[int], at: Moment) -> Printed | None:
    rows, sheets = [], []
    for row in _held(answers, close):
        if why := objection_answer.hindrance(row, at):
            keep(row, trouble=why)
            continue
        keep(row, printed_at=at.at, trouble="")
        rows.append(row)
        sheets += [(f"{row.reference}: {block}", bytes(row.sent_bytes)) for block in envelope.addresses(row)]
    return Printed(print_batch.merge(sheets).pdf, tuple(rows)) if sheets else None


def _held(answers: Collection[int], close: Iterable[int]) -> list[models.AnswerLetter]:
    """Those of them that still wait, with their objections held: nobody approves one anew meanwhile."""
    these = waiting(Delivery.POST).filter(pk__in=answers).exclude(objection__person__in=list(close))
    hold(these.values_list("objection", flat=True))
    return list(these.all())
