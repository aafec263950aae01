"""The one door through which anything happens to a case: locked, replayed, asked, written, told, in one transaction."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from evenhand.cases import drafting, effects, feed, log, models, summary
from evenhand.cases.circumstances import Moment, occasion
from evenhand.cases.log import Entry
from evenhand.people import known, reading
from evenhand.people.models import Person
from evenhand.policy import handling, joined
from evenhand.policy import incident as incident_verbs
from evenhand.policy.case import Case
from evenhand.policy.events.event import Event
from evenhand.policy.events.handling import Matter
from evenhand.policy.events.incident import Triage
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, Refused, Verb
from evenhand.policy.staff import SYSTEM, Actor

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
Act = Callable[..., list[Event]]
"""A verb, or what asks one and adds what only memory has: the digest of a letter's bytes."""


class NoSuchCase(Exception):
    """There is no case with this reference."""


class Stale(Exception):
    """A person did something in the case since the form's page was shown; nothing was written. `news` is what."""

    def __init__(self, news: Sequence[Entry]) -> None:
        super().__init__("The case has changed since this page was shown.")
        self.news = news


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks for an act and when. `seen` is the last event by a person that their page showed; `token` is the
    form's own, used once. Both are empty for the system and for commands."""

    by: Actor
    moment: Moment
    seen: int | None = None
    token: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What was written. `repeated` says that the form had been answered before, and this is its first result."""

    reference: str
    entries: tuple[Entry, ...] = ()
    repeated: bool = False


@transaction.atomic
def open_case(ask: Ask, verb: Verb, *, about_person: Person | None = None, **answers: Any) -> Done:
    """A new log whose first events are the verb's. Raises `Refused`; gives the first result for a repeated form."""
    if (first := _repeat_of(ask)) is not None:
        return first
    if about_person is not None:
        known.lock(about_person)
    row = _new_row(ask)
    row.person = about_person
    now = occasion(ask.by, ask.moment, about_person, row.reference)
    entries = _write(row, [], verb(Case(), now, None, **answers), now)
    _remember(ask, row.reference)
    return Done(row.reference, tuple(entries))


@transaction.atomic
def act_on(reference: str, ask: Ask, verb: Act, subject: str | None = None, /, **answers: Any) -> Done:
    """One act on one case. Raises `NoSuchCase`, `Refused` with every objection, or `Stale`; then nothing is written."""
    if (first := _repeat_of(ask)) is not None:
        return first
    if verb is handling.link:
        _lock_in_order(reference, answers.get("other", ""))
    row, past = _locked(reference)
    _freshness(ask, row, past)
    case = log.case_of(past)
    now = occasion(ask.by, ask.moment, row.person, row.reference, case.handling.linked)
    entries = _write(row, past, verb(case, now, subject, **answers), now)
    _remember(ask, reference)
    return Done(reference, tuple(entries))


@transaction.atomic
def join(reference: str, into: str, ask: Ask, *, reason: str) -> Done:
    """Triage: the report `reference` joins the case `into`; both logs are written, or neither."""
    if (first := _repeat_of(ask)) is not None:
        return first
    (row, past), (target, target_past) = (_locked(r) for r in sorted((reference, into)))
    if row.reference != reference:
        row, past, target, target_past = target, target_past, row, past
    _freshness(ask, row, past)
    _fits(row, target)
    now = occasion(ask.by, ask.moment, row.person or target.person, reference)
    triaged = incident_verbs.triage(log.case_of(past), now, outcome=Triage.JOINS, reason=reason, joins=into)
    case, told = log.case_of(target_past), [entry.event for entry in past]
    entries = _write(row, past, triaged, now)
    _write(target, target_past, joined.taken(case, now, told, of=reference), now)
    history = [*past, *entries]
    if known_there := joined.identified(log.case_of(history), now, case.incident.person, of=into):
        entries += _write(row, history, known_there, now)
    _remember(ask, into)
    return Done(into, tuple(entries))


def locked(reference: str) -> tuple[models.Case, list[Entry]]:
    """The case's row and log under lock, the person's records locked first. Only within a transaction."""
    return _locked(reference)


def new_reference() -> str:
    """Random, so that it tells nothing of how many there are or in what order; read aloud without mistakes."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"EH-{drawn[:4]}-{drawn[4:]}"


def _new_row(ask: Ask) -> models.Case:
    row = models.Case(reference=new_reference(), opened_at=ask.moment.at, opened_by=ask.by.id)
    row.save()
    return row


def _locked(reference: str) -> tuple[models.Case, list[Entry]]:
    before = models.Case.objects.filter(reference=reference).only("person", "disposed_on").first()
    if before is None or before.disposed_on is not None:
        raise NoSuchCase(reference)
    if before.person_id is not None:
        known.lock_all_of(before.person_id)
    row = models.Case.objects.select_for_update(of=("self",)).select_related("person", "home").get(pk=before.pk)
    if row.person is not None and row.person_id != before.person_id:
        known.lock(row.person)
    return row, log.entries_of(row)


def _lock_in_order(*references: str) -> None:
    """Two cases written in one act are locked in the order of their references, so that no two acts wait for ever."""
    for reference in sorted(set(references)):
        with suppress(NoSuchCase):  # the verb says so, in its own words
            _locked(reference)


def _freshness(ask: Ask, row: models.Case, past: list[Entry]) -> None:
    if ask.seen is not None and row.last_by_person > ask.seen:
        raise Stale([e for e in past if e.number > ask.seen and e.event.by != SYSTEM.id])


def _write(row: models.Case, past: list[Entry], events: list[Event], now: Occasion) -> list[Entry]:
    """Append, take effect, draft the letters called for, and refresh the summary: all or nothing."""
    entries = log.append(row, events)
    effects.on_row(row, events)
    history = [*past, *entries]
    drafted = [made for entry in entries if (made := drafting.draft(row, history, entry, now)) is not None]
    entries += log.append(row, drafted)
    history = [*past, *entries]
    case = log.case_of(history)
    summary.refresh(row, case, history)
    drafting.follow(row, case)
    feed.announce(entries)
    for reference, act in effects.elsewhere(row, history, events):
        other, other_past = _locked(reference)
        if called_for := act(log.case_of(other_past), now):
            _write(other, other_past, called_for, now)
    return entries


def _fits(row: models.Case, into: models.Case) -> None:
    """A report joins only a case of conduct, and never one about somebody else."""
    if Matter(into.matter).is_sealed:
        raise NoSuchCase(into.reference)
    if row.person and into.person and into.person_id not in reading.identities(row.person):
        about_another = "That case is about somebody else. Make this report a case of its own, and link the two."
        raise Refused(Objection(about_another, Promise.I1, field="joins"))


def _repeat_of(ask: Ask) -> Done | None:
    """Claims the form's token; if it was used before, the first result. Waits for a first answer still under way."""
    if not ask.token:
        return None
    try:
        with transaction.atomic():
            models.FormToken.objects.create(token=ask.token, by=ask.by.id, at=ask.moment.at)
    except IntegrityError:
        if (first := first_result(ask.token, ask.by)) is not None:
            return first
        raise NoSuchCase("of another colleague’s form") from None
    return None


def first_result(token: str, by: Actor) -> Done | None:
    """What came of a form, if this actor has sent it before; None also of one that is still being answered."""
    first = models.FormToken.objects.filter(token=token, by=by.id).exclude(reference="").first()
    return Done(first.reference, repeated=True) if first else None


def forget_forms(before: datetime) -> int:
    """Drops the tokens of forms answered before then: nobody sends a form again after a month. Out: how many."""
    return models.FormToken.objects.filter(at__lt=before).delete()[0]


def _remember(ask: Ask, reference: str) -> None:
    if ask.token:
        models.FormToken.objects.filter(token=ask.token).update(reference=reference)
