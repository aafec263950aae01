"""D1: a letter by email, sent once. The worker claims it and commits, sends, and records what came of it.

A claim whose outcome nobody knows is shown to a person: no machine tries again, so that nobody is sent a letter twice
or told of one that never came. Only a mail server that could not be reached at all is tried again, since then nothing
can have been sent.
"""

from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction

from evenhand.cases import envelope, models, record, setting_aside
from evenhand.cases.circumstances import Moment, occasion
from evenhand.cases.correspondence_json import from_dict
from evenhand.cases.drafting import shape_of
from evenhand.cases.log import case_of
from evenhand.people import mail_server
from evenhand.people.text import tidy
from evenhand.policy import correspondence
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat
from evenhand.policy.refusal import Refused
from evenhand.policy.staff import SYSTEM
from evenhand.policy.standing.correspondence import Post

OUTCOME_KNOWN_WITHIN = timedelta(minutes=15)
"""After this a claim without an outcome is doubted: the worker must have died, for the mail server's answer takes
at most 30 seconds."""
TRIED_FOR = timedelta(hours=24)
"""A letter that no mail server could be reached for in this time is shown to a person."""


def send(letter: int, moment: Moment) -> bool:
    """Sends one approved letter, if it waits and nobody else sends it. Out: whether it was sent.

    Commits between claiming and sending, so it must not be called within a transaction that goes on.
    Raises `mail_server.NotReached`, and then it still waits.
    """
    claimed = _claim(letter, moment)
    if claimed is None:
        return False
    try:
        mail_server.hand_over(message(claimed), f"Letter {claimed.reference}")
    except mail_server.NotReached as trouble:
        _release(claimed, trouble)
        raise
    except mail_server.MayHaveGone as trouble:
        doubt(claimed, moment, str(trouble))
        return False
    _record_sent(claimed, moment)
    return True


def message(letter: models.Letter | models.AnswerLetter) -> EmailMessage:
    """The email: the letter's very bytes attached, and words beside it that give nothing away."""
    facts = from_dict(letter.data)
    shape = shape_of(LetterFormat(letter.format))
    sender = facts.sender
    how = sender.ways if "email" in sender.closed else f"call {sender.telephone} or reply to this email"
    body = (
        f"Dear {facts.recipient.name},\n\nA letter from {facts.landlord.name} is attached to this email. "
        f"Our reference is {facts.reference}.\n\nIf you cannot open it, or would like it in another form, please "
        f"{how}.\n\n{facts.sender.team}\n{facts.landlord.name}\n"
    )
    first, *others = envelope.addresses(letter)
    made = EmailMessage(
        subject=tidy(f"A letter from {facts.landlord.name}"),
        body=body,
        to=[first],
        cc=others,
        # A line break would begin a line of its own in the head of the email.
        reply_to=[tidy(facts.sender.email)] if facts.sender.email else None,
        headers={"Message-ID": letter.message_id},
    )
    kind = "application/pdf" if shape.is_pdf else "text/plain"
    made.attach(f"letter-{facts.reference}{shape.suffix}", bytes(letter.sent_bytes or b""), kind)
    return made


def doubt_old_claims(now: datetime) -> list[int]:
    """Letters claimed so long ago that whoever sent them must have stopped half-way: their ids, to be doubted."""
    claimed = models.Letter.objects.filter(post=Post.ISSUED, claimed_at__lt=now - OUTCOME_KNOWN_WITHIN)
    return list(claimed.order_by("pk").values_list("pk", flat=True))


def unclaimed(now: datetime) -> list[int]:
    """Letters by email that wait although they were approved some time ago: their ids, to be tried again."""
    waiting = models.Letter.objects.filter(
        post=Post.ISSUED, delivery=Delivery.EMAIL, claimed_at=None, issued_at__lt=now - OUTCOME_KNOWN_WITHIN
    )
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def give_up(now: datetime) -> list[int]:
    """Those of the unclaimed for which no mail server was reached all day."""
    return list(
        models.Letter.objects.filter(pk__in=unclaimed(now), issued_at__lt=now - TRIED_FOR).values_list("pk", flat=True)
    )


@transaction.atomic
def doubt(letter: models.Letter, moment: Moment, trouble: str) -> None:
    """Records that nobody knows whether the letter went; a person looks into it."""
    models.Letter.objects.filter(pk=letter.pk).update(trouble=trouble[:2000])
    ask = record.Ask(SYSTEM, moment)
    record.act_on(letter.case.reference, ask, correspondence.doubt, letter.letter)


@transaction.atomic
def _claim(letter: int, moment: Moment) -> models.Letter | None:
    found = models.Letter.objects.select_related("case").filter(pk=letter).first()
    if found is None:
        return None
    row, past = record.locked(found.case.reference)
    found.refresh_from_db()
    now = occasion(SYSTEM, moment, row.person, row.reference)
    if found.claimed_at or found.delivery != Delivery.EMAIL or setting_aside.if_overtaken(found, moment):
        return None
    if why := envelope.hindrance(found, case_of(past), now):
        models.Letter.objects.filter(pk=found.pk, post=Post.ISSUED).update(trouble=why)
        return None
    found.claimed_at = moment.at
    found.save(update_fields=["claimed_at"])
    return found


def _release(letter: models.Letter, trouble: Exception) -> None:
    models.Letter.objects.filter(pk=letter.pk).update(claimed_at=None, trouble=str(trouble)[:2000])


@transaction.atomic
def _record_sent(letter: models.Letter, moment: Moment) -> None:
    ask = record.Ask(SYSTEM, moment)
    try:
        record.act_on(letter.case.reference, ask, correspondence.send, letter.letter, how=Delivery.EMAIL)
    except Refused as why:
        # It went, but meanwhile it was doubted, set aside or the person died: a person is told so with the letter.
        models.Letter.objects.filter(pk=letter.pk).update(trouble=f"It was sent, and could not be recorded: {why}")
        return
    models.Letter.objects.filter(pk=letter.pk).update(trouble="")
