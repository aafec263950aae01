"""E1: how we now expect a customer to behave, and limits on how, how often and when they contact us."""

from collections.abc import Iterator
from datetime import date

from evenhand.policy.case import Case
from evenhand.policy.closing_channels import objections_to_closing, objections_to_forgetting_a_complaint
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.expectation import (
    ExpectationEnded,
    ExpectationExtended,
    ExpectationSet,
    ExpectationVaried,
    LimitReviewAnswered,
    LimitReviewRequested,
    LimitUnsuited,
    Plan,
)
from evenhand.policy.fairness import objections_without_assessment
from evenhand.policy.independence import objections_to_a_closed_case, objections_to_a_death, objections_to_deciding
from evenhand.policy.need import Channel
from evenhand.policy.notice import notice_on
from evenhand.policy.occasion import Occasion
from evenhand.policy.plan import objections_to_shape
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Kind, Role
from evenhand.policy.standing.expectation import Limit
from evenhand.policy.standing.single_contact import Contact
from evenhand.policy.terms import months_after

LONGEST = 12
"""Months before a fresh decision is needed, however long the landlord's own period."""


def objections_to_setting(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.E1, Role.MANAGER, Role.SENIOR_MANAGER)
    yield from objections_to_a_closed_case(case)
    yield from objections_to_a_death(case, now)
    if case.decision.standing is None:
        yield Objection("There is no finding against the customer that stands.", Promise.E1, "decision.decide")
    yield from objections_without_assessment(case, now, Step.DECISION, "limit")


def objections_to_limiting(case: Case, now: Occasion) -> Iterator[Objection]:
    """What a limit on contact needs beyond an expectation of behaviour (rule 6)."""
    if case.warning.settled(now.day):
        return
    yield Objection(
        "The customer has not had a warning that still counts, and nobody senior has agreed to go without one.",
        Promise.E1,
        "correspondence.approve" if case.warning.under_way(now.day) else "warning.give",
    )


def objections_to_plan(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    behaviour: str,
    reasons: str,
    starts_on: date,
    plan: Plan | None = None,
    ends_on: date | None = None,
    complaint_open: bool = False,
    complaint_considered: str = "",
) -> Iterator[Objection]:
    yield from unsaid(Promise.E1, behaviour=behaviour, reasons=reasons)
    yield from _objections_to_days(now, starts_on, ends_on)
    if plan is None:
        return
    yield from objections_to_limiting(case, now)
    yield from objections_to_shape(plan)
    yield from objections_to_closing(now.known, plan.channels, single_contact=False)
    yield from objections_to_forgetting_a_complaint(complaint_open or now.known.open_complaint, complaint_considered)


def _objections_to_days(now: Occasion, starts_on: date, ends_on: date | None) -> Iterator[Objection]:
    if starts_on < now.day:
        yield Objection("A limit cannot start before today.", Promise.E1, field="starts_on")
    if ends_on is not None and ends_on <= starts_on:
        yield Objection("The end comes after the start.", Promise.E1, field="ends_on")
    if ends_on is not None and ends_on > months_after(starts_on, LONGEST):
        yield Objection("A limit lasts at most 12 months before a fresh decision.", Promise.E1, field="ends_on")


@unless(
    objections_to_setting,
    objections_to_plan,
    reads="incident involvement handling decision assessment warning expectation",
)
def set(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    behaviour: str,
    reasons: str,
    starts_on: date,
    plan: Plan | None = None,
    ends_on: date | None = None,
    complaint_open: bool = False,
    complaint_considered: str = "",
) -> list[Event]:
    """What we expect, with or without a plan of limits. A plan takes the place of any the person has, in any case."""
    assert case.decision.standing
    usual = months_after(starts_on, now.terms.limit_months)
    end, review_on = ends_on or usual, min(ends_on or usual, usual)
    here = {x.id for x in case.expectation.live(now.day) if x.plan is not None} if plan else frozenset()
    others = [x for x in now.known.limits if plan and not x.single_contact and x.case != now.case]
    elsewhere = sorted(others, key=lambda x: (x.case, x.id))
    return [
        *(ExpectationEnded(**stamp(now), limit=x, cause=Ending.REPLACED, reasons=reasons) for x in sorted(here)),
        ExpectationSet(
            **stamp(now),
            limit=f"L{len(case.expectation.limits) + 1}",
            finding=case.decision.standing.id,
            behaviour=behaviour,
            plan=plan,
            reasons=reasons,
            starts_on=starts_on,
            ends_on=end,
            review_on=review_on,
            notify_review_on=notice_on(now, review_on, starts_on),
            replaces=(elsewhere[0].case, elsewhere[0].id) if elsewhere else None,
            replaces_too=tuple((x.case, x.id) for x in elsewhere[1:]),
            complaint_considered=complaint_considered,
        ),
    ]


def give_way(case: Case, now: Occasion, subject: str, by: str) -> list[Event]:
    """A plan set in the case `by` replaces this one; for `record`, in the same transaction."""
    reason = f"Replaced by the plan set in case {by}."
    return [ExpectationEnded(**stamp(now), limit=subject, cause=Ending.REPLACED, reasons=reason)]


def _limit_of(case: Case, subject: str | None) -> tuple[Limit | Contact | None, Promise]:
    """The limit or single contact of this id, with the promise that is about it."""
    if contact := case.single_contact.get(subject):
        return contact, Promise.E2
    return case.expectation.get(subject), Promise.E1


def objections_to_changing(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.E1, Role.MANAGER, Role.SENIOR_MANAGER)
    yield from objections_to_a_death(case, now)
    yield from _objections_to_limit(case.expectation.get(subject), now)


def _objections_to_limit(
    limit: Limit | Contact | None, now: Occasion, promise: Promise = Promise.E1
) -> Iterator[Objection]:
    if limit is None:
        yield Objection("There is no such limit in this case.", promise)
    elif not limit.is_live(now.day):
        again = "single_contact.appoint" if promise is Promise.E2 else "expectation.set"
        yield Objection("That limit has ended. Decide afresh to set another.", promise, again)


def objections_to_a_fresh_decision(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_changing(case, now, subject)
    yield from objections_without_assessment(case, now, Step.REVIEW)
    yield from objections_to_an_untold_change(case.expectation.get(subject))


def objections_to_an_untold_change(limit: Limit | Contact | None) -> Iterator[Objection]:
    """One fresh decision at a time: the customer is told of the last before there is another."""
    if limit and (limit.change.waits or limit.told.deemed_on is None):
        yield Objection(
            "The customer has not been told of the last decision on this limit. Approve its letter first.",
            Promise.D1,
            "correspondence.approve",
        )


def objections_to_variation(
    case: Case, now: Occasion, subject: str | None = None, *, plan: Plan, reasons: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.E1, reasons=reasons)
    if (limit := case.expectation.get(subject)) and limit.plan is None:
        yield Objection("That sets no limits. Set them as a plan of their own.", Promise.E1, "expectation.set")
    yield from objections_to_shape(plan)
    yield from objections_to_closing(now.known, plan.channels, single_contact=False)


CHANGING = "incident involvement handling assessment expectation"


@unless(objections_to_a_fresh_decision, objections_to_variation, reads=CHANGING)
def vary(case: Case, now: Occasion, subject: str | None = None, *, plan: Plan, reasons: str) -> list[Event]:
    """Another plan until the same end; told, and open to appeal, like the first."""
    return [ExpectationVaried(**stamp(now), limit=str(subject), plan=plan, reasons=reasons)]


def objections_to_reasons(
    case: Case, now: Occasion, subject: str | None = None, *, reasons: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.E1, reasons=reasons)


@unless(objections_to_a_fresh_decision, objections_to_reasons, reads=CHANGING)
def extend(case: Case, now: Occasion, subject: str | None = None, *, reasons: str) -> list[Event]:
    """A fresh decision that the limit goes on: reasoned, told, open to appeal (rule 7)."""
    end = months_after(now.day, now.terms.limit_months)
    notify_on = notice_on(now, end, now.day)
    return [
        ExpectationExtended(
            **stamp(now), limit=str(subject), reasons=reasons, ends_on=end, review_on=end, notify_review_on=notify_on
        )
    ]


@unless(objections_to_changing, objections_to_reasons, reads=CHANGING)
def lift(case: Case, now: Occasion, subject: str | None = None, *, reasons: str) -> list[Event]:
    """The limit ends today by decision."""
    return [ExpectationEnded(**stamp(now), limit=str(subject), cause=Ending.LIFTED, reasons=reasons)]


def objections_to_questioning(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    limit, promise = _limit_of(case, subject)
    if now.by.kind is not Kind.SYSTEM:
        change = "single_contact.change" if promise is Promise.E2 else "expectation.vary"
        yield Objection("Change the limit, or lift it.", promise, change)
    yield from _objections_to_limit(limit, now, promise)
    if limit and limit.change_by:
        yield Objection("A manager is already asked to change it.", promise)
    if _left_open(limit) - now.known.unsuitable:
        yield Objection("It still leaves a way that suits the person.", promise)


def _left_open(limit: Limit | Contact | None) -> frozenset[Channel]:
    if isinstance(limit, Contact):
        return limit.channels
    return limit.plan.channels if limit and limit.plan else frozenset(Channel)


@unless(objections_to_questioning, reads="expectation single_contact")
def question(case: Case, now: Occasion, subject: str | None = None) -> list[Event]:
    """What we know of the person's needs has changed, and no way is left that suits: a manager changes it (rule 2)."""
    by = now.terms.working_days_after(now.day, 1)
    return [LimitUnsuited(**stamp(now), limit=str(subject), change_by=by)]


def objections_to_lapsing(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    limit = case.expectation.get(subject)
    if limit is None or limit.ended or now.day <= limit.ends_on:
        yield Objection("The limit has not come to its end.", Promise.E1)


@unless(objections_to_lapsing, reads="expectation")
def lapse(case: Case, now: Occasion, subject: str | None = None) -> list[Event]:
    """Records that a limit came to its end, and tells the customer; it ended then whether or not this ran."""
    return [ExpectationEnded(**stamp(now), limit=str(subject), cause=Ending.LAPSED, reasons="It came to its end.")]


def objections_to_asking(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    limit, promise = _limit_of(case, subject)
    if now.by.kind is Kind.SYSTEM:
        yield Objection("Only the customer, or a colleague for them, asks for this.", promise)
    yield from _objections_to_limit(limit, now, promise)
    if limit and limit.answer_by:
        yield Objection("They have already asked, and an answer is due.", promise)


@unless(objections_to_asking, reads="expectation single_contact")
def request_review(case: Case, now: Occasion, subject: str | None = None, *, words: str) -> list[Event]:
    """The customer asks for a limit or a single contact to end; an answer is due by its own clock."""
    by = now.terms.working_days_after(now.day, now.terms.review_request_days)
    return [LimitReviewRequested(**stamp(now), limit=str(subject), words=words, answer_by=by)]


def objections_to_answering(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    limit, promise = _limit_of(case, subject)
    yield from objections_to_deciding(case, now, promise, Role.MANAGER, Role.SENIOR_MANAGER)
    yield from _objections_to_limit(limit, now, promise)
    if limit and not limit.answer_by:
        yield Objection("The customer has not asked for this limit to end.", promise)
    yield from objections_without_assessment(case, now, Step.REVIEW)


@unless(objections_to_answering, objections_to_reasons, reads=CHANGING + " single_contact")
def keep(case: Case, now: Occasion, subject: str | None = None, *, reasons: str) -> list[Event]:
    """The answer to the customer's request is that the limit stays as it is, and why."""
    return [LimitReviewAnswered(**stamp(now), limit=str(subject), reasons=reasons)]
