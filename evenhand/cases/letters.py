"""D1, D2: a letter previewed, approved for sending with its last day fixed, and handed over.

Drafting is in `drafting.py`, by the record; sending and printing are in `sending.py` and `print_batch.py`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.db import transaction

from evenhand.cases import drafting, envelope, models, record, typesetting, writing
from evenhand.cases.correspondence import LetterData
from evenhand.cases.correspondence_json import from_dict, to_dict
from evenhand.cases.letter_facts import sides
from evenhand.cases.letter_facts.limit import left_open
from evenhand.cases.letter_facts.telling import limits_contact
from evenhand.cases.tasks import send_letter
from evenhand.policy import correspondence, last_day
from evenhand.policy.case import Case
from evenhand.policy.events.correspondence import Delivery, LetterIssued, LetterKind
from evenhand.policy.events.event import Event
from evenhand.policy.need import LetterFormat
from evenhand.policy.occasion import Occasion
from evenhand.policy.refusal import Refused

EDITABLE = frozenset({"reasons", "heard", "beyond_forceful"})
"""What whoever approves a letter may put in other words; days, rights and conduct are not theirs to change."""


class NoSuchLetter(Exception):
    """There is no letter with this id in the case."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would be if it were approved now. `unprintable` is what of it prints as its name instead."""

    data: bytes
    format: LetterFormat
    is_pdf: bool
    statements: Mapping[str, str]
    unprintable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Final:
    """A letter as it will be sent."""

    facts: LetterData
    data: bytes
    recipients: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the very bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def of(reference: str, letter: str) -> models.Letter:
    """One letter of a case. Raises `NoSuchLetter`."""
    found = models.Letter.objects.filter(case__reference=reference, letter=letter).select_related("case").first()
    if found is None:
        raise NoSuchLetter(f"{reference} {letter}")
    return found


def preview(
    reference: str, letter: str, *, format: LetterFormat | None = None, edits: Mapping[str, str] | None = None
) -> Preview:
    """How a letter looks in a format, the one suggested or approved if none is given. Before approval its last day is
    not fixed; afterwards, in the format it was approved in, these are the very bytes sent."""
    row = of(reference, letter)
    wanted = format or LetterFormat(row.format)
    shape = drafting.shape_of(wanted)
    data = _edited(from_dict(row.data), edits or {})
    is_sent_one = row.sent_bytes is not None and wanted == row.format and not edits
    made = bytes(row.sent_bytes) if is_sent_one and row.sent_bytes else typesetting.typeset(row.kind, shape.value, data)
    said = typesetting.statements(row.kind, shape.value, data)
    odd = writing.unprintable("\n".join([data.recipient.name, data.sender.name, *_texts(row)])) if shape.is_pdf else []
    return Preview(made, wanted, shape.is_pdf, said, tuple(odd))


@transaction.atomic
def approve(
    reference: str,
    letter: str,
    ask: record.Ask,
    *,
    delivery: Delivery,
    format: LetterFormat,
    edits: Mapping[str, str] | None = None,
) -> record.Done:
    """Dates the letter, fixes its last day to appeal, makes and keeps its bytes, and sets it on its way.

    The verb says the days, the letter is made with them, and the event carries the digest of those bytes: all of it in
    one transaction. By email it is sent at once, by post it waits for a print batch, by hand it waits to be handed
    over. Approving a letter that came back is a new issue; what was sent before is kept. Raises as `record.act_on`.
    """
    made: list[Final] = []

    def issue(case: Case, now: Occasion, subject: str | None = None, /, **answers: Any) -> list[Event]:
        (issued,) = correspondence.approve(case, now, subject, **answers, digest="")
        assert isinstance(issued, LetterIssued)
        final = _final(of(reference, letter), case, now, issued, edits or {})
        made.append(final)
        return [replace(issued, digest=final.digest)]

    done = record.act_on(reference, ask, issue, letter, delivery=delivery, format=format)
    if not done.repeated:
        row = _keep(of(reference, letter), made[0], ask, delivery, format)
        if delivery is Delivery.EMAIL:
            send_letter.defer(letter=row.pk)
    return done


def hand_over(reference: str, letter: str, ask: record.Ask) -> record.Done:
    """Records that the approved letter was put into the customer's hands, or read to them."""
    return record.act_on(reference, ask, correspondence.send, letter, how=Delivery.BY_HAND)


def _final(row: models.Letter, case: Case, now: Occasion, issued: LetterIssued, edits: Mapping[str, str]) -> Final:
    person = row.case.person
    assert person
    recipient = sides.recipient(person, now, row.case.home)
    if objections := list(envelope.objections(person, recipient, issued.delivery, issued.format, now)):
        raise Refused(*objections)
    drafted = _dated(_edited(from_dict(row.data), edits), issued, last_day.begun(case, issued.about, issued.letter))
    facts = replace(
        drafted,
        recipient=recipient,
        sender=replace(drafted.sender, closed=sides.closed(case, now, row.case.reference)),
        landlord=sides.landlord(),
        limits_contact=limits_contact(case, now, row.case.reference),
    )
    if contact := facts.single_contact:
        facts = replace(facts, single_contact=left_open(contact, case, now, row.case.reference))
    shape = drafting.shape_of(issued.format)
    names = drafting.unnameable(row.case)
    drafting.check(LetterKind(row.kind), shape, facts, appealable=issued.appealable, names=names)
    recipients = envelope.blocks(person, recipient, issued.delivery, now)
    return Final(facts, typesetting.typeset(row.kind, shape.value, facts), tuple(recipients))


def _dated(data: LetterData, issued: LetterIssued, begun: date | None) -> LetterData:
    """The letter's days, from the event that fixes them; `begun` is since when the customer knows of what it tells."""
    starts = begun or issued.deemed_on
    appeal, limits, contact = data.appeal, data.limits, data.single_contact
    if appeal and issued.appealable:
        appeal = replace(appeal, last_day=issued.appeal_by)
    if limits and issued.kind is LetterKind.LIMITS:
        limits = replace(limits, starts=max(limits.starts, starts))
    if contact and issued.kind is LetterKind.SINGLE_CONTACT:
        contact = replace(contact, starts=max(contact.starts, issued.deemed_on if contact.replaces else starts))
    return replace(data, dated=issued.on, appeal=appeal, limits=limits, single_contact=contact)


def _edited(data: LetterData, edits: Mapping[str, str]) -> LetterData:
    if unknown := edits.keys() - EDITABLE:
        raise ValueError(f"Nobody may edit {', '.join(sorted(unknown))} in a letter.")
    return replace(data, **edits)  # type: ignore[arg-type]


def _keep(row: models.Letter, final: Final, ask: record.Ask, delivery: Delivery, format: LetterFormat) -> models.Letter:
    """The new issue in the letter's row, and the one before it beside."""
    if row.sent_bytes is not None:
        fields = [f.attname for f in models.EarlierIssue._meta.concrete_fields if f.name not in ("id", "letter")]
        models.EarlierIssue.objects.create(letter=row, **{name: getattr(row, name) for name in fields})
    row.data, row.format, row.delivery = to_dict(final.facts), format, delivery
    row.issued_at, row.issued_by = ask.moment.at, ask.by.id
    row.to_address, row.sent_bytes, row.sha256 = "\n\n".join(final.recipients), final.data, final.digest
    row.message_id = _message_id(row) if delivery is Delivery.EMAIL else ""
    row.claimed_at, row.sent_at, row.batch, row.trouble = None, None, None, ""
    row.save()
    return row


def _message_id(row: models.Letter) -> str:
    """Fixed when the letter is approved, so that one sent twice by accident shows as one and the same."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return make_msgid(idstring=row.reference, domain=domain)


def _texts(row: models.Letter) -> list[str]:
    """Every text of the letter's facts, as it was written."""
    found: list[str] = []
    rest: list[Any] = [row.data]
    while rest:
        value = rest.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict | list):
            rest.extend(value.values() if isinstance(value, dict) else value)
    return found
