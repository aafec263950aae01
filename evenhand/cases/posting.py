"""D1: letters by post: printed together, put into envelopes by the manifest, and recorded once they are posted."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from evenhand.cases import envelope, models, print_batch, printed_before, record, setting_aside
from evenhand.cases.circumstances import occasion
from evenhand.cases.log import case_of, entries_of
from evenhand.policy import correspondence
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.events.handling import Matter
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, Refused
from evenhand.policy.staff import SYSTEM, Actor
from evenhand.policy.standing.correspondence import Post


class NoSuchBatch(Exception):
    """There is no print batch with this reference."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of recording a batch as posted: the letters recorded, and those that were not, with why."""

    letters: tuple[str, ...]
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """A letter that was about to be printed and was set aside instead, with why."""

    letter: models.Letter
    why: str


def waiting() -> QuerySet[models.Letter]:
    """Approved letters for the post that are in no batch, those due soonest first. A letter of a sealed matter is not
    among them: whoever is named there prints it from the matter itself, by its id."""
    return _printable().filter(case__matter=Matter.CONDUCT)


def set_aside_overtaken(letters: Iterable[int], moment: record.Moment) -> tuple[Aside, ...]:
    """Asked before a batch is made: of these approved letters (by their ids), those whose matter is over since are set
    aside, each in a transaction of its own, and named with why."""
    return tuple(
        Aside(letter, why)
        for letter in _printable().filter(pk__in=list(letters))
        if (why := setting_aside.if_overtaken(letter, moment))
    )


@transaction.atomic
def make(letters: Iterable[int], by: Actor, moment: record.Moment) -> models.PrintBatch:
    """One PDF of these letters (by their ids), a copy for each person who must be told, and the manifest.

    Raises `Refused` if none of them waits to be printed any more. A letter is in one batch only. One that may not go
    (its matter is over, the person died, letters to them became unsafe) is left out and keeps the reason.
    """
    chosen = [letter for letter in _locked(letters) if _may_go(letter, moment)]
    pages = [
        (envelope_of(letter, block), bytes(letter.sent_bytes or b""))
        for letter in chosen
        for block in envelope.addresses(letter)
    ]
    if not pages:
        raise Refused(
            Objection("None of these letters waits to be printed. Somebody may have printed them.", Promise.D1)
        )
    merged = print_batch.merge(pages)
    batch = models.PrintBatch.objects.create(
        reference=f"PB-{secrets.token_hex(4).upper()}",
        made_at=moment.at,
        made_by=by.id,
        pdf=merged.pdf,
        sha256=hashlib.sha256(merged.pdf).hexdigest(),
        manifest=merged.manifest,
    )
    models.Letter.objects.filter(pk__in=[letter.pk for letter in chosen]).update(batch=batch)
    return batch


def mark_posted(reference: str, ask: record.Ask) -> Posted:
    """Records each letter of the batch as sent, each in a transaction of its own: one that meanwhile may not be sent
    (the person died) is named with the reason and stops none of the others. Done twice, it does nothing more."""
    batch = models.PrintBatch.objects.filter(reference=reference).first()
    if batch is None:
        raise NoSuchBatch(reference)
    sent: list[str] = []
    refused: list[tuple[str, str]] = []
    for letter in batch.letters.filter(post=Post.ISSUED).select_related("case").order_by("pk"):
        try:
            mine = record.Ask(ask.by, ask.moment)
            record.act_on(letter.case.reference, mine, correspondence.send, letter.letter, how=Delivery.POST)
        except Refused as why:
            refused.append((letter.reference, str(why)))
        else:
            sent.append(letter.reference)
    models.PrintBatch.objects.filter(pk=batch.pk, posted_at=None).update(posted_at=ask.moment.at, posted_by=ask.by.id)
    return Posted(tuple(sent), tuple(refused))


@transaction.atomic
def undo(reference: str) -> int:
    """A batch that was spoilt before any of it was posted: its letters wait to be printed again. Out: how many.

    Of those that wait nothing stays in it: else it would show them to people who may not see the letters themselves.
    """
    batch = models.PrintBatch.objects.select_for_update().filter(reference=reference, posted_at=None).first()
    if batch is None:
        raise NoSuchBatch(reference)
    count = models.Letter.objects.filter(batch=batch, post=Post.ISSUED).update(batch=None)
    printed_before.make_again([batch.pk])
    return count


def envelope_of(letter: models.Letter, block: str) -> str:
    """A line of the manifest: the letter's reference and whom the envelope names."""
    return f"{letter.reference}: {', '.join(block.splitlines())}"


def _printable() -> QuerySet[models.Letter]:
    letters = models.Letter.objects.filter(post=Post.ISSUED, delivery=Delivery.POST, batch=None)
    return letters.select_related("case__person").order_by("send_by", "pk")


def _locked(letters: Iterable[int]) -> list[models.Letter]:
    return list(_printable().select_for_update(of=("self",)).filter(pk__in=list(letters)))


def _may_go(letter: models.Letter, moment: record.Moment) -> bool:
    now = occasion(SYSTEM, moment, letter.case.person, letter.case.reference)
    why = envelope.hindrance(letter, case_of(entries_of(letter.case)), now)
    if why:
        models.Letter.objects.filter(pk=letter.pk).update(trouble=why)
    return not why
