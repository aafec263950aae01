"""S1, S2: asking what makes things harder, and asking others to help when the customer agrees."""

from collections.abc import Iterator
from datetime import date

from evenhand.policy.case import Case
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.support import (
    Agency,
    ConsentWithdrawn,
    ReferralEnded,
    ReferralMade,
    ReferredWithoutConsent,
    SupportAnswered,
    SupportAsked,
    SupportDeclined,
)
from evenhand.policy.independence import objections_to_a_death, objections_to_a_target, objections_to_acting
from evenhand.policy.need import Need
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Kind, Role

FOLLOW_UP_DAYS = 20
WHO = (Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER, Role.CUSTOMER_PARTNER)


def objections_to_helping(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from _objections(case, now, Promise.S1)


def objections_to_referring(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from _objections(case, now, Promise.S2)


def _objections(case: Case, now: Occasion, promise: Promise) -> Iterator[Objection]:
    yield from objections_to_acting(case, now)
    yield from objections_to_a_death(case, now)
    yield from objections_to_a_target(case, now)
    if now.by.kind is Kind.COLLEAGUE and not now.by.has(*WHO):
        yield Objection("An investigator, a manager or a Customer Partner does this.", promise, for_good=True)
    if not case.incident.person:
        yield Objection("Nobody knows yet who the person is.", promise, "incident.identify")


@unless(objections_to_helping, reads="incident involvement handling")
def ask(case: Case, now: Occasion, _: str | None = None, *, how: str) -> list[Event]:
    """The customer was asked whether something contributes; no answer yet."""
    return [SupportAsked(**stamp(now), how=how)]


@unless(objections_to_helping, reads="incident involvement handling")
def answer(case: Case, now: Occasion, _: str | None = None, *, words: str, needs: tuple[Need, ...] = ()) -> list[Event]:
    """What the customer said; `needs` are also recorded with the person, where every case sees them."""
    return [SupportAnswered(**stamp(now), words=words, needs=needs)]


@unless(objections_to_helping, reads="incident involvement handling")
def decline(case: Case, now: Occasion, _: str | None = None, *, words: str) -> list[Event]:
    """They were asked, and would rather not say."""
    return [SupportDeclined(**stamp(now), words=words)]


def objections_to_consent(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    agency: Agency,
    name: str,
    purpose: str,
    consent: str,
    follow_up_on: date | None = None,
) -> Iterator[Objection]:
    yield from unsaid(Promise.S2, name=name, purpose=purpose)
    if not consent.strip():
        yield Objection(
            "Say how and when the customer agreed. Without their agreement there is no referral.",
            Promise.S2,
            "support.override",
            "consent",
        )


@unless(objections_to_referring, objections_to_consent, reads="incident involvement handling support")
def refer(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    agency: Agency,
    name: str,
    purpose: str,
    consent: str,
    follow_up_on: date | None = None,
) -> list[Event]:
    """With the customer's agreement, in the words and on the day they gave it."""
    return [
        ReferralMade(
            **stamp(now),
            referral=_next(case),
            agency=agency,
            name=name,
            purpose=purpose,
            consent=consent,
            follow_up_on=follow_up_on or now.terms.working_days_after(now.day, FOLLOW_UP_DAYS),
        )
    ]


def objections_to_following(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_referring(case, now)
    referral = case.support.get(subject)
    if referral is None:
        yield Objection("There is no such referral in this case.", Promise.S2)
    elif referral.ended:
        yield Objection("That referral has already ended.", Promise.S2)


@unless(objections_to_following, reads="incident involvement handling support")
def withdraw(case: Case, now: Occasion, subject: str | None = None, *, words: str) -> list[Event]:
    """The customer no longer agrees; it takes effect at once."""
    return [ConsentWithdrawn(**stamp(now), referral=str(subject), words=words)]


@unless(objections_to_following, reads="incident involvement handling support")
def end(case: Case, now: Occasion, subject: str | None = None, *, outcome: str) -> list[Event]:
    """What came of the referral."""
    return [ReferralEnded(**stamp(now), referral=str(subject), outcome=outcome)]


def objections_to_overriding(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_referring(case, now)
    if not now.by.decides:
        yield Objection("A manager decides that safeguarding comes before agreement.", Promise.S2)


def objections_to_override(
    case: Case, now: Occasion, _: str | None = None, *, name: str, reason: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.S2, name=name, reason=reason)


@unless(objections_to_overriding, objections_to_override, reads="incident involvement handling support")
def override(case: Case, now: Occasion, _: str | None = None, *, name: str, reason: str) -> list[Event]:
    """A safeguarding referral without agreement, with the duty that requires it."""
    return [ReferredWithoutConsent(**stamp(now), referral=_next(case), name=name, reason=reason)]


def _next(case: Case) -> str:
    return f"R{len(case.support.referrals) + 1}"
