"""C2: the letter that answers a customer who objects to how often they were counted.

It says what was looked at, what was changed, and how to complain or go to the Ombudsman. There is no case behind it: it
hangs on the objection, and is worded, set, sent and printed like every letter, in the format that the person can read.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from evenhand.cases import envelope, models
from evenhand.cases.circumstances import Moment, occasion
from evenhand.cases.correspondence import LetterData, ObjectionAnswer
from evenhand.cases.correspondents import Sender
from evenhand.cases.drafting import shape_of
from evenhand.cases.letter_facts import sides
from evenhand.cases.letter_kind import Format, Kind
from evenhand.cases.sending import OUTCOME_KNOWN_WITHIN
from evenhand.cases.typesetting import typeset
from evenhand.contacts.models import Objected
from evenhand.people.models import User
from evenhand.policy.correspondence import against_reaching
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import Channel, LetterFormat
from evenhand.policy.occasion import Known, Occasion

KIND = Kind.OBJECTION_ANSWER
AnswerLetter = models.AnswerLetter
"""The letter as pages show it."""


def made(objection: Objected, shape: Format, at: Moment) -> bytes:
    """The letter as it would go now, or as it was approved. In: an objection that is answered. Raises `NoLandlord`."""
    last = latest(objection)
    if last is not None and shape_of(LetterFormat(last.format)) is shape:
        return bytes(last.sent_bytes)
    return typeset(KIND, shape, facts(objection, occasion_of(objection, at)))


def facts(objection: Objected, now: Occasion) -> LetterData:
    """What the letter tells, dated the day it is made."""
    by = objection.answered_by
    assert by is not None
    ours = sides.landlord()
    return LetterData(
        landlord=ours,
        recipient=sides.recipient(objection.person, now),
        sender=_sender(by, now),
        reference=f"{objection.person.ref}/{objection.answered_on:%Y%m%d}",
        dated=now.day,
        adjustments=sides.adjustments(now.known),
        limits_contact=bool(now.known.limits),
        objection=ObjectionAnswer(
            received_on=objection.received_on,
            words=objection.words,
            looked_at=objection.looked_at,
            changed=objection.answer,
        ),
    )


def latest(objection: Objected) -> models.AnswerLetter | None:
    """The answer as it was last approved to go."""
    return models.AnswerLetter.objects.filter(objection=objection).last()


def latest_of(objections: Iterable[Objected]) -> dict[int, models.AnswerLetter]:
    """The same of several, by the objection. One query, without what is in them."""
    found = models.AnswerLetter.objects.filter(objection__in=[one.pk for one in objections])
    return {row.objection_id: row for row in found.defer("sent_bytes", "data").order_by("pk")}


def suggested(objection: Objected, at: Moment) -> LetterFormat:
    """The format to offer first, from what is on the person's record today."""
    return sides.suggested(objection.person, occasion_of(objection, at).known)


def stopped(row: models.AnswerLetter, at: Moment) -> str:
    """Why an approved answer may not reach the person any more, in words; empty if it may. Its bytes are not read."""
    now = occasion_of(row.objection, at)
    return " ".join(dict.fromkeys(against(row.objection, Delivery(row.delivery), LetterFormat(row.format), now)))


def hindrance(row: models.AnswerLetter, at: Moment) -> str:
    """Why it may not go after all: as above, or because it is not what was approved."""
    kept = hashlib.sha256(bytes(row.sent_bytes)).hexdigest() == row.sha256
    changed = "" if kept else "What is kept is not what was approved. Approve it again."
    return " ".join(filter(None, (stopped(row, at), changed)))


def is_in_doubt(row: models.AnswerLetter, at: Moment) -> bool:
    """Whether nobody knows if it went: it was claimed for sending long ago, or sending it broke off."""
    return (
        row.claimed_at is not None
        and row.sent_at is None
        and (bool(row.trouble) or at.at - row.claimed_at > OUTCOME_KNOWN_WITHIN)
    )


def against(objection: Objected, delivery: Delivery, format: LetterFormat, now: Occasion) -> Iterator[str]:
    """Why it cannot go this way to this person, in words."""
    if now.known.died_on is not None:
        yield "They have died, so nothing is written to them any more."
    recipient = sides.recipient(objection.person, now)
    for each in (
        *against_reaching(now, delivery),
        *envelope.objections(objection.person, recipient, delivery, format, now),
    ):
        yield each.words


def _sender(by: User, now: Occasion) -> Sender:
    """The manager who answered, and no way of reaching them that is closed to the customer."""
    ours = sides.landlord()
    return replace(sides.sender([by.actor_id], frozenset(), ours), closed=_closed(now.known))


def _closed(known: Known) -> tuple[str, ...]:
    suit = sides.NAMED - known.unsuitable
    opened = frozenset(Channel).intersection(*(one.channels for one in known.limits if not one.single_contact))
    return tuple(sorted(channel.value for channel in sides.NAMED - (suit & opened or suit)))


def occasion_of(objection: Objected, at: Moment) -> Occasion:
    """The circumstances of the letter: whoever answered writes it."""
    by = objection.answered_by
    assert by is not None
    return occasion(by.actor, at, objection.person)
