"""I1, I2: looking into what happened and how often, and listening to the customer's account."""

from collections.abc import Iterator
from datetime import date

from evenhand.policy.case import Case
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.incident import Triage
from evenhand.policy.events.investigation import (
    AccountDeclined,
    AccountHeard,
    ConflictDeclared,
    ContactAttempted,
    CustomerInvited,
    HowOftenViewed,
    InvestigationOpened,
    InvestigationPaused,
    InvestigationResumed,
    Pause,
    Speaker,
)
from evenhand.policy.independence import objections_to_a_closed_case, objections_to_a_death, objections_to_deciding
from evenhand.policy.need import Channel
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Role

WHO = (Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER)


def objections_to_opening(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.I1, *WHO)
    yield from objections_to_a_closed_case(case)
    if not case.incident.is_case:
        yield Objection("No report has been made a case here yet.", Promise.I1, "incident.triage")
    if case.investigation.open:
        yield Objection("The case already has an investigator.", Promise.I1, "investigation.declare_conflict")


def objections_to_investigator(
    case: Case, now: Occasion, _: str | None = None, *, investigator: str
) -> Iterator[Objection]:
    aside = case.involvement.targets | case.involvement.conflicted | now.known.colleagues_too
    if investigator in aside:
        yield Objection(
            "That colleague was affected, has a conflict of interest, or is close to the person. Choose another.",
            Promise.I1,
            field="investigator",
        )


@unless(objections_to_opening, objections_to_investigator, reads="incident involvement investigation handling")
def open(case: Case, now: Occasion, _: str | None = None, *, investigator: str) -> list[Event]:
    """`investigator` is the actor id of whoever looks into the case."""
    return [InvestigationOpened(**stamp(now), investigator=investigator)]


def objections_to_declaring(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    if now.by.id in case.involvement.conflicted:
        yield Objection("You have already stood aside from this case.", Promise.I1)


@unless(objections_to_declaring, reads="involvement")
def declare_conflict(case: Case, now: Occasion, _: str | None = None, *, reason: str) -> list[Event]:
    """Whoever acts stands aside from the case; if they investigated it, it needs another investigator."""
    return [ConflictDeclared(**stamp(now), colleague=now.by.id, reason=reason)]


def objections_to_investigating(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.I1, *WHO)
    yield from objections_to_a_closed_case(case)
    yield from objections_to_a_death(case, now)
    if not case.investigation.open:
        yield Objection("Nobody investigates the case yet.", Promise.I1, "investigation.open")


def objections_to_contacting(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_investigating(case, now)
    if not case.incident.person:
        yield Objection("Nobody knows yet who the person is.", Promise.I2, "incident.identify")
    if case.investigation.paused:
        yield Objection("The investigation is paused.", Promise.I2, "investigation.resume")


CONTACTING = "incident involvement investigation handling"


@unless(objections_to_contacting, reads=CONTACTING)
def invite(case: Case, now: Occasion, _: str | None = None, *, how: str) -> list[Event]:
    """A letter that asks for the customer's account, and about support; the second is a reminder.

    `how` says how to give it: by telephone to whom, by a visit, in writing, with an advocate.
    """
    reply_by = now.terms.working_days_after(now.day, now.terms.first_contact_days + now.terms.deemed_delivery_days)
    return [CustomerInvited(**stamp(now), how=how, reply_by=reply_by, reminder=case.investigation.invited)]


def objections_to_when(case: Case, now: Occasion, on: date | None, field: str) -> Iterator[Objection]:
    """Of a call or a talk that is written down on a later day: it was by now, and after all that it is about."""
    if on is None:
        return
    if on > now.day:
        yield Objection("That day has not come yet. Enter the day on which it was.", Promise.I2, field=field)
    here = (one.happened_on for one in case.incident.all if one.triage is not Triage.JOINS)
    if on < max(here, default=on):
        yield Objection("That is before the incident happened. Check the day.", Promise.I2, field=field)


def objections_to_attempt(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    channel: Channel,
    tried_on: date | None = None,
    **rest: object,
) -> Iterator[Objection]:
    yield from objections_to_when(case, now, tried_on, "tried_on")
    if channel is Channel.LETTER:
        yield Objection(
            "An invitation or a reminder counts as an attempt on the day it is approved. Send one instead.",
            Promise.I2,
            "investigation.invite",
            "channel",
        )
    if channel in now.known.unsafe:
        yield Objection(
            f"It is not safe for the person to be reached {channel.words}. Use another way.",
            Promise.I2,
            None,
            "channel",
        )


@unless(objections_to_contacting, objections_to_attempt, reads=CONTACTING)
def attempt(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    channel: Channel,
    outcome: str,
    asked_support: bool = False,
    tried_on: date | None = None,
) -> list[Event]:
    """A try that found nobody, today unless `tried_on` says when, and counted on that day. By a channel that the
    person's needs rule out, it is kept and does not count."""
    return [
        ContactAttempted(
            **stamp(now),
            channel=channel,
            outcome=outcome,
            asked_support=asked_support,
            suitable=channel not in now.known.unsuitable,
            tried_on=tried_on or now.day,
        )
    ]


def objections_to_account(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    speaker: Speaker,
    words: str,
    advocate: str = "",
    heard_on: date | None = None,
    **rest: object,
) -> Iterator[Objection]:
    yield from unsaid(Promise.I2, words=words)
    yield from objections_to_when(case, now, heard_on, "heard_on")
    if speaker is not Speaker.CUSTOMER and not advocate.strip():
        yield Objection("Say who the advocate is.", Promise.I2, field="advocate")


def objections_to_hearing(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_investigating(case, now)
    if not case.incident.person:
        yield Objection("Nobody knows yet who the person is.", Promise.I2, "incident.identify")


@unless(objections_to_hearing, objections_to_account, reads=CONTACTING)
def hear(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    speaker: Speaker,
    channel: Channel,
    words: str,
    advocate: str = "",
    about_a_colleague: bool = False,
    heard_on: date | None = None,
) -> list[Event]:
    """The customer's side, in their words, told today unless `heard_on` says when. `about_a_colleague`: they complain
    of one, which rule 15 wants settled."""
    return [
        AccountHeard(
            **stamp(now),
            speaker=speaker,
            channel=channel,
            words=words,
            advocate=advocate,
            about_a_colleague=about_a_colleague,
            heard_on=heard_on or now.day,
        )
    ]


@unless(objections_to_hearing, reads=CONTACTING)
def decline(case: Case, now: Occasion, _: str | None = None, *, words: str) -> list[Event]:
    """The customer was asked, and would rather not give an account."""
    return [AccountDeclined(**stamp(now), words=words)]


def objections_to_pausing(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_investigating(case, now)
    if case.investigation.paused:
        yield Objection("The investigation is already paused.", Promise.I2, "investigation.resume")


def objections_to_pause(
    case: Case, now: Occasion, _: str | None = None, *, why: Pause, reason: str, look_again_on: date
) -> Iterator[Objection]:
    yield from unsaid(Promise.I2, reason=reason)
    if look_again_on <= now.day:
        yield Objection("Choose a later day on which to look again.", Promise.I2, field="look_again_on")


@unless(objections_to_pausing, objections_to_pause, reads="involvement investigation handling")
def pause(
    case: Case, now: Occasion, _: str | None = None, *, why: Pause, reason: str, look_again_on: date
) -> list[Event]:
    """The clock stands still until `look_again_on`; markers and limits stay as they are."""
    return [InvestigationPaused(**stamp(now), why=why, reason=reason, look_again_on=look_again_on)]


def objections_to_resuming(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_investigating(case, now)
    if not case.investigation.paused:
        yield Objection("The investigation is not paused.", Promise.I2)


@unless(objections_to_resuming, reads="involvement investigation handling")
def resume(case: Case, now: Occasion, _: str | None = None, *, reason: str) -> list[Event]:
    """The clock runs again, with a full period from today to decide."""
    decide_by = now.terms.working_days_after(now.day, now.terms.decide_days)
    return [InvestigationResumed(**stamp(now), reason=reason, decide_by=decide_by)]


@unless(objections_to_investigating, reads="involvement investigation handling")
def view_how_often(
    case: Case, now: Occasion, _: str | None = None, *, earlier: int, view: str, since: date | None = None
) -> list[Event]:
    """How often: `earlier` incidents in view since a day, and what the investigator makes of them."""
    return [HowOftenViewed(**stamp(now), earlier=earlier, since=since, view=view)]
