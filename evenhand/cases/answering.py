"""C2: the answer to an objection, approved to go: its bytes made and kept, and set on its way like every letter."""

import hashlib
import secrets
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.db import transaction

from evenhand.cases import envelope, models, objection_answer
from evenhand.cases.circumstances import Moment
from evenhand.cases.correspondence_json import to_dict
from evenhand.cases.drafting import shape_of
from evenhand.cases.letter_facts import sides
from evenhand.cases.letter_file import UNREADABLE, Way
from evenhand.cases.tasks import send_answer
from evenhand.cases.typesetting import typeset
from evenhand.contacts.models import Objected
from evenhand.people.models import User
from evenhand.people.refusal import NotDone
from evenhand.policy.correspondence import CHANNEL_OF
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat
from evenhand.policy.occasion import Occasion

ON_ITS_WAY = "The letter is on its way by email. Wait a few minutes: this page says when it went, or that it did not."
PRINTED = (
    "The letter was printed for the post. If it was posted, say so on the page where it was printed. If not, take it "
    "out of the post, and say here that it will not be posted."
)
WENT = "It went in this format already. Say when the format they need was delivered, or choose another."


def ways(objection: Objected, at: Moment) -> list[Way]:
    """Email, post and by hand, each open or with the reasons why not."""
    now = objection_answer.occasion_of(objection, at)
    return [_way(delivery, objection, now) for delivery in Delivery]


@transaction.atomic
def approve(
    objection: Objected, by: User, at: Moment, *, delivery: Delivery, format: LetterFormat, taken_back: bool = False
) -> models.AnswerLetter:
    """Makes and keeps the letter's bytes and sets it on its way: by email at once; by post it waits to
    be printed, and by hand to be handed over. In: also whether one that was printed will not be posted.

    Raises `NotDone` where it is on its way or went, may be in an envelope, or cannot go that way.
    """
    held = Objected.objects.select_for_update(of=("self",)).select_related("person", "answered_by").get(pk=objection.pk)
    _must_wait(held, at, format, taken_back)
    now = objection_answer.occasion_of(held, at)
    recipient = sides.recipient(held.person, now)
    if against := list(objection_answer.against(held, delivery, format, now)):
        raise NotDone(" ".join(dict.fromkeys(against)))
    try:
        told = objection_answer.facts(held, now)
        data = typeset(objection_answer.KIND, shape_of(format), told)
    except (sides.NoLandlord, *UNREADABLE) as fault:
        raise NotDone(str(fault)) from None
    reference = f"AN-{secrets.token_hex(4).upper()}"
    row = models.AnswerLetter.objects.create(
        objection=held,
        reference=reference,
        data=to_dict(told),
        format=format.value,
        delivery=delivery.value,
        issued_at=at.at,
        issued_by=by.actor_id,
        to_address="\n\n".join(envelope.blocks(held.person, recipient, delivery, now)),
        sent_bytes=data,
        sha256=hashlib.sha256(data).hexdigest(),
        message_id=_message_id(reference) if delivery is Delivery.EMAIL else "",
    )
    if delivery is Delivery.EMAIL:
        send_answer.defer(answer=row.pk)
    return row


def _way(delivery: Delivery, objection: Objected, now: Occasion) -> Way:
    because = tuple(dict.fromkeys(objection_answer.against(objection, delivery, LetterFormat.STANDARD, now)))
    return Way(delivery, because, CHANNEL_OF[delivery] not in now.known.unsuitable)


def is_printed(objection: Objected) -> bool:
    """Whether the answer as it was last approved is on paper, and nobody said that it was posted."""
    last = objection_answer.latest(objection)
    return last is not None and last.printed_at is not None and last.sent_at is None


def _must_wait(objection: Objected, at: Moment, format: LetterFormat, taken_back: bool) -> None:
    if not objection.answered_on:
        raise NotDone("Answer the objection first: then there is a letter to send.")
    if objection.sent_on:
        raise NotDone("The letter was sent already. The day is on the page before.")
    last = objection_answer.latest(objection)
    if last is None:
        return
    if last.sent_at is not None:
        if last.format == format:
            raise NotDone(WENT)
        return
    if last.delivery == Delivery.EMAIL and last.claimed_at is not None and not objection_answer.is_in_doubt(last, at):
        raise NotDone(ON_ITS_WAY)
    if last.printed_at is not None and not taken_back:
        raise NotDone(PRINTED)


def _message_id(reference: str) -> str:
    """Fixed when the letter is approved, so that one sent twice by accident shows as one and the same."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return make_msgid(idstring=reference, domain=domain)
