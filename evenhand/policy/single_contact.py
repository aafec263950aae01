"""E2: one named colleague to contact, with cover; every change is told to the customer. It counts as a limit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from evenhand.policy.case import Case
from evenhand.policy.closing_channels import objections_to_closing, objections_to_forgetting_a_complaint
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.single_contact import (
    SingleContactAppointed,
    SingleContactChanged,
    SingleContactEnded,
    SingleContactExtended,
    SingleContactLeft,
)
from evenhand.policy.fairness import objections_without_assessment
from evenhand.policy.independence import (
    objections_to_a_closed_case,
    objections_to_a_death,
    objections_to_deciding,
    was_affected,
)
from evenhand.policy.need import Channel
from evenhand.policy.notice import notice_on
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Kind, Role
from evenhand.policy.terms import months_after

READS = "incident involvement handling decision assessment warning single_contact"


def objections_to_appointing(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.E2, Role.MANAGER, Role.SENIOR_MANAGER)
    yield from objections_to_a_closed_case(case)
    yield from objections_to_a_death(case, now)
    if case.decision.standing is None:
        yield Objection("There is no finding against the customer that stands.", Promise.E2, "decision.decide")
    yield from objections_without_assessment(case, now, Step.DECISION, "single contact")
    if not case.warning.settled(now.day):
        yield Objection(
            "The customer has not had a warning that still counts, and nobody senior has agreed to go without one.",
            Promise.E2,
            "warning.give",
        )
    if any(x.single_contact for x in now.known.limits) or case.single_contact.live(now.day):
        yield Objection(
            "The person already has a single contact. Change that one.", Promise.E2, "single_contact.change"
        )


def objections_to_who(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    colleague: str,
    name: str,
    telephone: str,
    email: str,
    cover: str,
    reasons: str,
    agreed: bool,
    starts_on: date | None = None,
    complaint_open: bool = False,
    complaint_considered: str = "",
) -> Iterator[Objection]:
    yield from unsaid(Promise.E2, name=name, cover=cover, reasons=reasons)
    begins = case.single_contact.get(subject) is None
    yield from objections_to_forgetting_a_complaint(
        complaint_open or (begins and now.known.open_complaint), complaint_considered, Promise.E2
    )
    if (
        colleague
        in was_affected(case, now) | now.known.affected | case.involvement.conflicted | now.known.colleagues_too
    ):
        yield Objection(
            "That colleague was affected or has a conflict of interest. Choose another.", Promise.E2, field="colleague"
        )
    if not agreed:
        yield Objection("The colleague agrees to be the single contact first.", Promise.E2, field="agreed")
    if not telephone.strip() and not email.strip():
        yield Objection("Give the team’s telephone number or email address.", Promise.E2, field="telephone")
    if given := _channels(telephone, email):
        # Beside the first of the two ways that the form asks for: what is wrong is what was given here.
        closing = objections_to_closing(now.known, given, single_contact=True)
        yield from (replace(each, field="telephone") for each in closing)


@unless(objections_to_appointing, objections_to_who, reads=READS)
def appoint(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    colleague: str,
    name: str,
    telephone: str,
    email: str,
    cover: str,
    reasons: str,
    agreed: bool,
    starts_on: date | None = None,
    complaint_open: bool = False,
    complaint_considered: str = "",
) -> list[Event]:
    """`telephone` and `email` are the team's, never the colleague's own (rule 21)."""
    assert case.decision.standing
    start = max(starts_on or now.day, now.day)
    end = months_after(start, now.terms.limit_months)
    return [
        SingleContactAppointed(
            **stamp(now),
            limit=f"S{len(case.single_contact.contacts) + 1}",
            finding=case.decision.standing.id,
            colleague=colleague,
            name=name,
            telephone=telephone,
            email=email,
            cover=cover,
            channels=_channels(telephone, email),
            reasons=reasons,
            starts_on=start,
            ends_on=end,
            review_on=end,
            notify_review_on=notice_on(now, end, start),
            complaint_considered=complaint_considered,
        )
    ]


def objections_to_changing(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.E2, Role.MANAGER, Role.SENIOR_MANAGER)
    yield from objections_to_a_death(case, now)
    contact = case.single_contact.get(subject)
    if contact is None or not contact.is_live(now.day):
        yield Objection("There is no such single contact in force here.", Promise.E2, "single_contact.appoint")


@unless(objections_to_changing, objections_to_who, reads=READS)
def change(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    colleague: str,
    name: str,
    telephone: str,
    email: str,
    cover: str,
    reasons: str,
    agreed: bool,
) -> list[Event]:
    """Another colleague, or other details; the customer is told."""
    return [
        SingleContactChanged(
            **stamp(now),
            limit=str(subject),
            colleague=colleague,
            name=name,
            telephone=telephone,
            email=email,
            cover=cover,
            channels=_channels(telephone, email),
            reasons=reasons,
        )
    ]


def objections_to_extending(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_changing(case, now, subject)
    yield from objections_without_assessment(case, now, Step.REVIEW)
    contact = case.single_contact.get(subject)
    if contact and (contact.change.waits or contact.told.deemed_on is None):
        yield Objection(
            "The customer has not been told of the last decision on this. Approve its letter first.",
            Promise.D1,
            "correspondence.approve",
        )


def objections_to_reasons(
    case: Case, now: Occasion, subject: str | None = None, *, reasons: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.E2, reasons=reasons)


@unless(objections_to_extending, objections_to_reasons, reads=READS)
def extend(case: Case, now: Occasion, subject: str | None = None, *, reasons: str) -> list[Event]:
    """A fresh decision that the single contact goes on (rule 7)."""
    end = months_after(now.day, now.terms.limit_months)
    notify_on = notice_on(now, end, now.day)
    return [
        SingleContactExtended(
            **stamp(now), limit=str(subject), reasons=reasons, ends_on=end, review_on=end, notify_review_on=notify_on
        )
    ]


@unless(objections_to_changing, objections_to_reasons, reads=READS)
def end(case: Case, now: Occasion, subject: str | None = None, *, reasons: str) -> list[Event]:
    """The customer may contact anyone again from today."""
    return [SingleContactEnded(**stamp(now), limit=str(subject), cause=Ending.LIFTED, reasons=reasons)]


def objections_to_covering(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    if now.by.kind is not Kind.SYSTEM:
        yield Objection("That a colleague left is recorded for all their cases at once.", Promise.E2)
    contact = case.single_contact.get(subject)
    if contact is None or not contact.is_live(now.day):
        yield Objection("There is no such single contact in force here.", Promise.E2)
    elif contact.change_by:
        yield Objection("Another single contact is already asked for.", Promise.E2, "single_contact.change")


@unless(objections_to_covering, reads="single_contact")
def cover(case: Case, now: Occasion, subject: str | None = None) -> list[Event]:
    """The colleague left: cover steps in, and a manager names another by the next working day (rule 21)."""
    by = now.terms.working_days_after(now.day, 1)
    return [SingleContactLeft(**stamp(now), limit=str(subject), change_by=by)]


def objections_to_lapsing(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    contact = case.single_contact.get(subject)
    if contact is None or contact.ended or now.day <= contact.ends_on:
        yield Objection("The single contact has not come to its end.", Promise.E2)


@unless(objections_to_lapsing, reads="single_contact")
def lapse(case: Case, now: Occasion, subject: str | None = None) -> list[Event]:
    """Records that the single contact came to its end, and tells the customer."""
    reason = "It came to its end."
    return [SingleContactEnded(**stamp(now), limit=str(subject), cause=Ending.LAPSED, reasons=reason)]


def _channels(telephone: str, email: str) -> frozenset[Channel]:
    ways = {Channel.PHONE: telephone, Channel.EMAIL: email}
    return frozenset(channel for channel, details in ways.items() if details.strip())
