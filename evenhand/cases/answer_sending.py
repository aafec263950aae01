"""C2: approved answers to objections that go by email from the worker, and what follows once one went.

As with every letter (`sending.py`): a claim is committed before anything is sent, and one whose outcome nobody knows is
shown to a person. Once it has gone, the customer is owed nothing more; where its format has to be made by someone, only
its delivery, which a person records, says so.

Whoever approves, claims, prints or posts holds the objection first: so of two answers to it only one goes.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from evenhand.cases import models, objection_answer, sending
from evenhand.cases.circumstances import Moment
from evenhand.contacts import standing
from evenhand.contacts.models import Objected
from evenhand.people import mail_server
from evenhand.people.refusal import NotDone
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat


def send(answer: int, at: Moment) -> bool:
    """Sends one approved answer by email, if it waits. Out: whether it was sent.

    Commits between claiming and sending, so it must not be called within a transaction that goes on.
    Raises `mail_server.NotReached`, and then it still waits.
    """
    claimed = _claim(answer, at)
    if claimed is None:
        return False
    try:
        mail_server.hand_over(sending.message(claimed), f"Answer {claimed.reference}")
    except mail_server.NotReached as trouble:
        keep(claimed, claimed_at=None, trouble=str(trouble))
        raise
    except mail_server.MayHaveGone as trouble:
        keep(claimed, trouble=str(trouble))
        return False
    went(claimed, at)
    return True


def waiting(delivery: Delivery) -> QuerySet[models.AnswerLetter]:
    """Approved and not gone: of each objection that is still owed its answer the last that was approved. One query."""
    later = models.AnswerLetter.objects.filter(objection=OuterRef("objection"), pk__gt=OuterRef("pk"))
    rows = models.AnswerLetter.objects.filter(~Exists(later), delivery=delivery, sent_at=None, objection__sent_on=None)
    return rows.select_related("objection__person__merged_into", "objection__answered_by").order_by("pk")


def unclaimed(at: datetime) -> list[int]:
    """Answers by email that wait although they were approved some time ago: their ids, to be tried again."""
    living = waiting(Delivery.EMAIL).filter(standing.alive("objection__"))
    old = living.filter(claimed_at=None, issued_at__lt=at - sending.OUTCOME_KNOWN_WITHIN)
    return list(old.values_list("pk", flat=True))


@transaction.atomic
def doubt_waiting(at: Moment, why: str) -> list[str]:
    """Takes those that wait to go by email for gone, perhaps: a person finds out. Out: their references."""
    hold(waiting(Delivery.EMAIL).values_list("objection", flat=True))
    rows = list(waiting(Delivery.EMAIL).defer("sent_bytes", "data"))
    for row in rows:
        keep(row, claimed_at=row.claimed_at or at.at, trouble=why)
    return [row.reference for row in rows]


def hold(objections: Iterable[int]) -> list[Objected]:
    """These objections, held until the transaction ends; what is asked of their answers afterwards stays true."""
    return list(Objected.objects.select_for_update().filter(pk__in=list(objections)).order_by("pk"))


@transaction.atomic
def went(row: models.AnswerLetter, at: Moment) -> None:
    """It left, once. In the person's own format, nothing is owed any more."""
    (objection,) = hold([row.objection_id])
    if models.AnswerLetter.objects.filter(pk=row.pk, sent_at__isnull=False).exists():
        return
    keep(row, sent_at=at.at, trouble="")
    if not LetterFormat(row.format).is_made_elsewhere and not objection.sent_on:
        try:
            standing.sent(objection, at.day)
        except NotDone as why:
            keep(row, trouble=f"It was sent, and could not be recorded: {why}")


def keep(row: models.AnswerLetter, **changes: object) -> None:
    """Writes what became of an answer."""
    if "trouble" in changes:
        changes["trouble"] = str(changes["trouble"])[:2000]
    models.AnswerLetter.objects.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)


@transaction.atomic
def _claim(answer: int, at: Moment) -> models.AnswerLetter | None:
    hold(models.AnswerLetter.objects.filter(pk=answer).values_list("objection", flat=True))
    row = waiting(Delivery.EMAIL).filter(pk=answer, claimed_at=None).first()
    if row is None or _another_goes(row, at):
        return None
    if why := objection_answer.hindrance(row, at):
        keep(row, trouble=why)
        return None
    keep(row, claimed_at=at.at)
    return row


def _another_goes(row: models.AnswerLetter, at: Moment) -> bool:
    """Whether an answer to the same objection is being sent; of one in doubt somebody decided to send this as well."""
    others = models.AnswerLetter.objects.filter(objection=row.objection_id, sent_at=None, claimed_at__isnull=False)
    return any(not objection_answer.is_in_doubt(each, at) for each in others.defer("sent_bytes", "data"))
