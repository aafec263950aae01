"""D1, D2: a letter approved, sent, returned, delivered. Here, and only here, a last day to appeal is fixed."""

from collections.abc import Iterator
from datetime import date

from evenhand.policy.case import Case
from evenhand.policy.events.correspondence import (
    Delivery,
    FormatDelivered,
    LetterIssued,
    LetterKind,
    LetterReturned,
    LetterSent,
    LetterSetAside,
    LetterUncertain,
    ReceiptProved,
)
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.independence import (
    objections_to_a_death,
    objections_to_a_target,
    objections_to_acting,
    objections_to_the_unnamed,
    was_affected,
)
from evenhand.policy.need import LetterFormat
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Role
from evenhand.policy.standing.correspondence import Letter, Post
from evenhand.policy.standing.investigation import BY

READS = "investigation involvement handling support correspondence decision expectation single_contact marker"
WHO = (Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR, Role.INDEPENDENT)
CHANNEL_OF = BY
ASKS_FOR_THE_ACCOUNT = (LetterKind.INVITATION, LetterKind.REMINDER)


def objections_to_approving(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_the_unnamed(case, now)
    yield from objections_to_acting(case, now)
    yield from objections_to_a_death(case, now)
    letter = case.correspondence.get(subject)
    if letter is None:
        yield Objection("There is no such letter in this case.", Promise.D1)
        return
    if letter.post not in (Post.DRAFT, Post.RETURNED, Post.UNCERTAIN):
        yield Objection("That letter is already approved.", Promise.D1)
    if not now.by.has(*WHO) or (letter.adverse and not (now.by.decides or now.by.has(Role.INDEPENDENT))):
        yield Objection("A manager approves this letter.", Promise.D1)
    if now.by.id in was_affected(case, now):
        yield Objection("You were affected by what happened, so someone else approves the letter.", Promise.D1)
    if letter.adverse and _about_a_decision(case, letter.about) and not still_stands(case, now, letter.about):
        yield Objection("What the letter tells no longer stands.", Promise.D1, "correspondence.set_aside")
    if letter.kind in ASKS_FOR_THE_ACCOUNT and case.investigation.paused:
        yield Objection("The investigation is paused.", Promise.I2, "investigation.resume")
    referral = case.support.get(letter.about)
    if referral and referral.withdrawn:
        yield Objection("The customer no longer agrees to that referral.", Promise.S2, "correspondence.set_aside")
    marker = case.marker.get(letter.about)
    if marker and marker.withheld_until:
        yield Objection(
            f"Notice of the marker is withheld; it is looked at again on {marker.withheld_until:%-d %B %Y}.",
            Promise.M1,
            "marker.give_notice",
        )


def objections_to_delivery(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    delivery: Delivery,
    format: LetterFormat,
    digest: str,
) -> Iterator[Objection]:
    if CHANNEL_OF[delivery] in now.known.unsafe:
        yield Objection(
            "That way of reaching the person is marked unsafe. Choose another.", Promise.D1, None, "delivery"
        )
    if now.known.must_not_be_told_alone and not now.known.safe_representative:
        yield Objection(
            "They are under 18, or cannot decide for themselves: first record a safe parent, guardian or attorney, "
            "who is told too.",
            Promise.D1,
            None,
            "delivery",
        )


@unless(objections_to_approving, objections_to_delivery, reads=READS)
def approve(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    delivery: Delivery,
    format: LetterFormat,
    digest: str,
) -> list[Event]:
    """Dates the letter and fixes its last day to appeal. `digest` is of the very bytes that will be sent.

    Where the person can only read an ordered format, its delivery fixes the last day instead.
    """
    letter = case.correspondence.get(subject)
    assert letter
    deemed_on = _deemed(now, delivery)
    waits = format.is_made_elsewhere
    return [
        LetterIssued(
            **stamp(now),
            letter=letter.id,
            kind=letter.kind,
            about=letter.about,
            format=format,
            delivery=delivery,
            deemed_on=deemed_on,
            appeal_by=_appeal_by(now, deemed_on) if letter.appealable and not waits else None,
            digest=digest,
            awaits_format=waits,
            appealable=letter.appealable,
            suitable=waits or CHANNEL_OF[delivery] not in now.known.unsuitable,
        )
    ]


def objections_to_sending(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    letter = case.correspondence.get(subject)
    if letter is None or letter.post is not Post.ISSUED:
        yield Objection("That letter is not waiting to be sent.", Promise.D1)


def objections_to_letting_go(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    """Asked before the letter leaves, too: it may have been approved while the person lived."""
    yield from objections_to_sending(case, now, subject)
    yield from objections_to_a_death(case, now)


@unless(objections_to_letting_go, reads="correspondence handling")
def send(case: Case, now: Occasion, subject: str | None = None, *, how: Delivery) -> list[Event]:
    """It left: the mail server took it, it was printed and posted, or handed over.

    One that was handed over later than it was to be leaves as long to appeal as it would have done (D2).
    """
    letter = case.correspondence.get(subject)
    assert letter
    sent: list[Event] = [LetterSent(**stamp(now), letter=letter.id, how=how)]
    late = how is Delivery.BY_HAND and letter.deemed_on is not None and now.day > letter.deemed_on
    if late and not letter.awaits_format:
        sent.append(_received(now, letter, now.day))
    return sent


@unless(objections_to_sending, reads="correspondence")
def doubt(case: Case, now: Occasion, subject: str | None = None) -> list[Event]:
    """Sending was begun and its outcome is unknown: a person looks, and no machine tries again."""
    return [LetterUncertain(**stamp(now), letter=str(subject))]


def objections_to_settling(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    letter = case.correspondence.get(subject)
    if letter is None or letter.post is not Post.UNCERTAIN:
        yield Objection("Nothing is uncertain about that letter.", Promise.D1)


@unless(objections_to_settling, reads="correspondence")
def confirm_sent(case: Case, now: Occasion, subject: str | None = None, *, how: Delivery) -> list[Event]:
    """A person found that the uncertain letter did go."""
    return [LetterSent(**stamp(now), letter=str(subject), how=how)]


def objections_to_returning(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    letter = case.correspondence.get(subject)
    if letter is None or letter.post is not Post.SENT:
        yield Objection("That letter has not been sent.", Promise.D1)


@unless(objections_to_returning, reads="correspondence")
def take_back(case: Case, now: Occasion, subject: str | None = None, *, reason: str) -> list[Event]:
    """It came back. Approving it again is a new issue, which can only move its last day later."""
    return [LetterReturned(**stamp(now), letter=str(subject), reason=reason)]


def objections_to_delivering(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    letter = case.correspondence.get(subject)
    if letter is None or not letter.awaits_format:
        yield Objection("No ordered format of that letter waits to be delivered.", Promise.D1)


def objections_to_day(
    case: Case, now: Occasion, subject: str | None = None, *, delivered_on: date
) -> Iterator[Objection]:
    if delivered_on > now.day:
        yield Objection("That day has not come yet.", Promise.D1, None, "delivered_on")
    letter = case.correspondence.get(subject)
    if letter and letter.issued_on and delivered_on < letter.issued_on:
        yield Objection("That is before the letter was approved.", Promise.D1, None, "delivered_on")


@unless(objections_to_delivering, objections_to_day, reads="correspondence")
def deliver_format(case: Case, now: Occasion, subject: str | None = None, *, delivered_on: date) -> list[Event]:
    """The braille, sign language, audio, translation or reading aloud reached them: the time to appeal starts."""
    letter = case.correspondence.get(subject)
    assert letter
    appeal_by = _appeal_by(now, delivered_on) if letter.appealable else None
    return [
        FormatDelivered(
            **stamp(now), letter=letter.id, about=letter.about, delivered_on=delivered_on, appeal_by=appeal_by
        )
    ]


def objections_to_proving(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    letter = case.correspondence.get(subject)
    if letter is None or letter.post is not Post.SENT or letter.awaits_format:
        yield Objection("That letter has not been sent.", Promise.D1)


@unless(objections_to_proving, objections_to_day, reads="correspondence")
def prove_receipt(case: Case, now: Occasion, subject: str | None = None, *, delivered_on: date) -> list[Event]:
    """Later proof of when it was received moves the last day later, never earlier."""
    letter = case.correspondence.get(subject)
    assert letter
    return [_received(now, letter, delivered_on)]


def _received(now: Occasion, letter: Letter, on: date) -> ReceiptProved:
    appeal_by = _appeal_by(now, on) if letter.appealable else None
    return ReceiptProved(**stamp(now), letter=letter.id, about=letter.about, received_on=on, appeal_by=appeal_by)


def objections_to_setting_aside(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_the_unnamed(case, now)
    yield from objections_to_acting(case, now)
    yield from objections_to_a_target(case, now)
    letter = case.correspondence.get(subject)
    if not now.by.decides:
        yield Objection("A manager sets a letter aside.", Promise.D1)
    if letter is None or letter.post is not Post.DRAFT:
        yield Objection("Only a letter that waits for approval can be set aside.", Promise.D1)
    elif letter.adverse and still_stands(case, now, letter.about):
        yield Objection("What the letter tells still stands, so the customer must be told.", Promise.D1)


def objections_to_reason(case: Case, now: Occasion, subject: str | None = None, *, reason: str) -> Iterator[Objection]:
    yield from unsaid(Promise.D1, reason=reason)


@unless(
    objections_to_setting_aside,
    objections_to_reason,
    reads="involvement correspondence handling decision expectation single_contact marker",
)
def set_aside(case: Case, now: Occasion, subject: str | None = None, *, reason: str) -> list[Event]:
    """What it says no longer stands: kept, never sent."""
    return [LetterSetAside(**stamp(now), letter=str(subject), reason=reason)]


def _about_a_decision(case: Case, about: str) -> bool:
    threads = (case.decision, case.expectation, case.single_contact, case.marker)
    return any(thread.get(about) is not None for thread in threads)


def still_stands(case: Case, now: Occasion, about: str) -> bool:
    """Whether the finding, limit, single contact or marker that a letter tells of is still so."""
    if case.handling.person_died:
        return False
    if finding := case.decision.get(about):
        return finding.stands
    if limit := case.expectation.get(about) or case.single_contact.get(about):
        return limit.is_live(now.day)
    marker = case.marker.get(about)
    return marker is not None and marker.stands


def _deemed(now: Occasion, delivery: Delivery) -> date:
    match delivery:
        case Delivery.POST:
            return now.terms.working_days_after(now.day, now.terms.deemed_delivery_days)
        case Delivery.EMAIL:
            return now.terms.working_days_after(now.day, 1)
        case _:
            return now.day


def _appeal_by(now: Occasion, delivered_on: date) -> date:
    return now.terms.working_days_after(delivered_on, now.terms.appeal_lodge_days)
