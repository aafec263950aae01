"""C2: approved answers to objections on their way: by email from the worker, by post from one file that is printed.

As with every letter (`sending.py`, `posting.py`): a claim is committed before anything is sent, and one whose outcome
nobody knows is shown to a person. Once it has gone, the customer is owed nothing more; where its format has to be made
by someone, only its delivery, which a person records, says so.
"""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import get_connection
from django.db import transaction

from evenhand.cases import envelope, models, objection_answer, print_batch, sending
from evenhand.cases.circumstances import Moment
from evenhand.contacts import standing
from evenhand.people.refusal import NotDone
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat

log = logging.getLogger(__name__)


def send(answer: int, at: Moment) -> bool:
    """Sends one approved answer by email, if it waits. Out: whether it was sent. Raises `sending.NotReached`.

    Commits between claiming and sending, so it must not be called within a transaction that goes on.
    """
    claimed = _claim(answer, at)
    if claimed is None:
        return False
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as trouble:
        _keep(claimed, claimed_at=None, trouble=str(trouble))
        raise sending.NotReached(str(trouble)) from trouble
    try:
        connection.send_messages([sending.message(claimed)])
    except (OSError, SMTPException) as trouble:
        log.warning("Answer %s may not have been sent: %s", claimed.reference, type(trouble).__name__)
        _keep(claimed, trouble=str(trouble) or type(trouble).__name__)
        return False
    finally:
        connection.close()
    went(claimed, at)
    return True


def unclaimed(at: datetime) -> list[int]:
    """Answers by email that wait although they were approved some time ago: their ids, to be tried again."""
    waiting = models.AnswerLetter.objects.filter(
        delivery=Delivery.EMAIL, claimed_at=None, sent_at=None, issued_at__lt=at - sending.OUTCOME_KNOWN_WITHIN
    )
    return [row.pk for row in waiting.select_related("objection") if _counts(row)]


@transaction.atomic
def doubt_waiting(at: Moment, why: str) -> list[str]:
    """Takes those that wait to go by email for gone, perhaps: a person finds out. Out: their references."""
    waiting = models.AnswerLetter.objects.select_for_update(of=("self",)).filter(delivery=Delivery.EMAIL, sent_at=None)
    rows = [row for row in waiting.select_related("objection").order_by("pk") if _counts(row)]
    for row in rows:
        _keep(row, claimed_at=row.claimed_at or at.at, trouble=why)
    return [row.reference for row in rows]


def to_print(close: Iterable[int]) -> list[models.AnswerLetter]:
    """Those that wait for the post, the longest waiting first; never of the people a viewer must not know of."""
    waiting = models.AnswerLetter.objects.filter(delivery=Delivery.POST, sent_at=None).order_by("pk")
    waiting = waiting.select_related("objection__person__merged_into", "objection__answered_by")
    return [row for row in waiting.exclude(objection__person__in=list(close)) if _counts(row)]


def printed(answers: Collection[int], close: Iterable[int], at: Moment) -> bytes:
    """One PDF of these of them, by their ids, a copy for each person who must be told. Raises `NotDone` if none may go.

    One that may not go any more is left out, and keeps the reason.
    """
    sheets = []
    for row in to_print(close):
        if row.pk not in answers:
            continue
        if why := objection_answer.hindrance(row, at):
            _keep(row, trouble=why)
            continue
        sheets += [(f"{row.reference}: {block}", bytes(row.sent_bytes)) for block in envelope.addresses(row)]
    if not sheets:
        raise NotDone(
            "None of these letters waits to be printed. Somebody may have posted them, or approved them anew."
        )
    return print_batch.merge(sheets).pdf


def posted(answers: Collection[int], close: Iterable[int], at: Moment) -> list[str]:
    """Records that these of them were put into the post. Out: the references of those that were; done twice, none."""
    rows = [row for row in to_print(close) if row.pk in answers]
    for row in rows:
        went(row, at)
    return [row.reference for row in rows]


@transaction.atomic
def went(row: models.AnswerLetter, at: Moment) -> None:
    """It left, once. In the person's own format, nothing is owed any more."""
    if models.AnswerLetter.objects.select_for_update().get(pk=row.pk).sent_at is not None:
        return
    _keep(row, sent_at=at.at, trouble="")
    if not LetterFormat(row.format).is_made_elsewhere and not row.objection.sent_on:
        try:
            standing.sent(row.objection, at.day)
        except NotDone as why:
            _keep(row, trouble=f"It was sent, and could not be recorded: {why}")


@transaction.atomic
def _claim(answer: int, at: Moment) -> models.AnswerLetter | None:
    rows = models.AnswerLetter.objects.select_for_update(of=("self",)).filter(pk=answer, delivery=Delivery.EMAIL)
    row = rows.select_related("objection__person", "objection__answered_by").first()
    if row is None or row.claimed_at or row.sent_at or not _counts(row):
        return None
    if why := objection_answer.hindrance(row, at):
        _keep(row, trouble=why)
        return None
    _keep(row, claimed_at=at.at)
    return row


def _counts(row: models.AnswerLetter) -> bool:
    """Whether it is the last that was approved, of an objection that is still owed its answer."""
    last = objection_answer.latest(row.objection)
    return row.objection.sent_on is None and last is not None and last.pk == row.pk


def _keep(row: models.AnswerLetter, **changes: object) -> None:
    if "trouble" in changes:
        changes["trouble"] = str(changes["trouble"])[:2000]
    models.AnswerLetter.objects.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)
