"""D1, D2: a letter approved, sent, returned, delivered. Here, and only here, a last day to appeal is fixed."""

from collections.abc import Iterator
from datetime import date

from evenhand.policy import last_day, overtaken
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
from evenhand.policy.staff import SYSTEM, Role
from evenhand.policy.standing.correspondence import Letter, Post
from evenhand.policy.standing.investigation import BY

READS = f"investigation involvement {overtaken.KNOWS}"
WHO = (Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR, Role.INDEPENDENT)
GOING = "correspondence handling decision expectation single_contact marker"
CHANNEL_OF = BY
ENDS = (LetterKind.LIMIT_ENDED, LetterKind.MARKER_ENDED)


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
    if not now.by.has(*WHO) or (letter.weighty and not (now.by.decides or now.by.has(Role.INDEPENDENT))):
        yield Objection("A manager approves this letter.", Promise.D1)
    if now.by.id in was_affected(case, now):
        yield Objection("You were affected by what happened, so someone else approves the letter.", Promise.D1)
    yield from _objections_to_what_it_tells(case, now, letter)


def _objections_to_what_it_tells(case: Case, now: Occasion, letter: Letter) -> Iterator[Objection]:
    """What it tells may be over, or may not be told yet."""
    over = overtaken.why(case, letter, now.day)
    if over and not case.handling.person_died:
        yield Objection(over, Promise.D1, "correspondence.set_aside")
    if letter.kind in overtaken.ASKS_FOR_THE_ACCOUNT and case.investigation.paused:
        yield Objection("The investigation is paused.", Promise.I2, "investigation.resume")
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
    yield from against_reaching(now, delivery)


def against_reaching(now: Occasion, delivery: Delivery) -> Iterator[Objection]:
    """Why no letter may go to the person this way, whatever it tells."""
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
    deemed_on = last_day.deemed(now, delivery)
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
            appeal_by=None if waits else last_day.of(case, now, letter, deemed_on),
            digest=digest,
            awaits_format=waits,
            appealable=letter.appealable,
            suitable=waits or CHANNEL_OF[delivery] not in now.known.unsuitable,
        )
    ]


def objections_to_sending(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from _objections_unless_issued(case, subject)


def _objections_unless_issued(case: Case, subject: str | None) -> Iterator[Objection]:
    letter = case.correspondence.get(subject)
    if letter is None or letter.post is not Post.ISSUED:
        yield Objection("That letter is not waiting to be sent.", Promise.D1)


def objections_to_letting_go(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    """Asked before the letter leaves, too: it may have been approved while the person lived."""
    yield from _objections_unless_issued(case, subject)
    yield from objections_to_a_death(case, now)


def objections_to_its_going(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    """Asked when the letter is about to be printed or sent: all that was true when it was approved may be over.

    Recording that one went is refused for none of this: it went, and the record says so.
    """
    yield from objections_to_letting_go(case, now, subject)
    if letter := case.correspondence.get(subject):
        yield from _objections_to_what_it_tells(case, now, letter)


@unless(objections_to_letting_go, reads=GOING)
def send(case: Case, now: Occasion, subject: str | None = None, *, how: Delivery) -> list[Event]:
    """It left: the mail server took it, it was printed and posted, or handed over.

    One that was handed over later than it was to be leaves as long to appeal as it would have done (D2).
    """
    letter = case.correspondence.get(subject)
    assert letter
    sent: list[Event] = [LetterSent(**stamp(now), letter=letter.id, how=how)]
    late = how is Delivery.BY_HAND and letter.deemed_on is not None and now.day > letter.deemed_on
    if late and not letter.awaits_format:
        sent.append(_received(case, now, letter, now.day))
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


@unless(objections_to_delivering, objections_to_day, reads=GOING)
def deliver_format(case: Case, now: Occasion, subject: str | None = None, *, delivered_on: date) -> list[Event]:
    """The braille, sign language, audio, translation or reading aloud reached them: the time to appeal starts."""
    letter = case.correspondence.get(subject)
    assert letter
    appeal_by = last_day.of(case, now, letter, delivered_on)
    return [
        FormatDelivered(
            **stamp(now), letter=letter.id, about=letter.about, delivered_on=delivered_on, appeal_by=appeal_by
        )
    ]


def objections_to_proving(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    letter = case.correspondence.get(subject)
    if letter is None or letter.post is not Post.SENT or letter.awaits_format:
        yield Objection("That letter has not been sent.", Promise.D1)


@unless(objections_to_proving, objections_to_day, reads=GOING)
def prove_receipt(case: Case, now: Occasion, subject: str | None = None, *, delivered_on: date) -> list[Event]:
    """Later proof of when it was received moves the last day later, never earlier."""
    letter = case.correspondence.get(subject)
    assert letter
    return [_received(case, now, letter, delivered_on)]


def _received(case: Case, now: Occasion, letter: Letter, on: date) -> ReceiptProved:
    appeal_by = last_day.of(case, now, letter, on)
    return ReceiptProved(**stamp(now), letter=letter.id, about=letter.about, received_on=on, appeal_by=appeal_by)


def objections_to_setting_aside(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    if now.by != SYSTEM:
        yield from objections_to_the_unnamed(case, now)
    yield from objections_to_acting(case, now)
    yield from objections_to_a_target(case, now)
    letter = case.correspondence.get(subject)
    if not now.by.decides and now.by != SYSTEM:
        yield Objection("A manager sets a letter aside.", Promise.D1)
    if letter is None or letter.post not in overtaken.UNSENT:
        yield Objection("Only a letter that has not gone can be set aside.", Promise.D1)
    elif _must_go(case, now, letter) and not overtaken.why(case, letter, now.day):
        yield Objection("What the letter tells still stands, so the customer must be told.", Promise.D1)


def _must_go(case: Case, now: Occasion, letter: Letter) -> bool:
    """Unless it is overtaken: a weighty letter, the end of what they were told of, and what was approved."""
    if letter.weighty or letter.post is not Post.DRAFT or now.by == SYSTEM:
        return True
    return letter.kind in ENDS and overtaken.was_told(case, letter.about)


def objections_to_reason(case: Case, now: Occasion, subject: str | None = None, *, reason: str) -> Iterator[Objection]:
    yield from unsaid(Promise.D1, reason=reason)


@unless(
    objections_to_setting_aside,
    objections_to_reason,
    reads=f"involvement {overtaken.KNOWS}",
)
def set_aside(case: Case, now: Occasion, subject: str | None = None, *, reason: str) -> list[Event]:
    """What it says no longer stands: kept, never sent. The system does so where an approved letter was about to go."""
    return [LetterSetAside(**stamp(now), letter=str(subject), reason=reason)]
