"""L1, L2: legal steps against a customer or a tenancy. Without notice, in a sealed matter until served."""

from collections.abc import Iterator
from datetime import date

from evenhand.policy.case import Case
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.handling import Matter, MatterOpened
from evenhand.policy.events.legal_action import (
    Against,
    Remedy,
    StepApproved,
    StepBreached,
    StepConsidered,
    StepEnded,
    StepMadeKnown,
    StepOrdered,
    StepServed,
    StepStarted,
)
from evenhand.policy.fairness import objections_without_assessment
from evenhand.policy.independence import (
    objections_to_a_death,
    objections_to_a_target_elsewhere,
    objections_to_deciding,
    objections_to_the_unnamed,
)
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Role
from evenhand.policy.standing.legal_action import Stage

READS = "incident involvement handling legal_action"
ANYONE_DECIDING = (Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR)


def objections_to_acting_at_law(case: Case, now: Occasion) -> Iterator[Objection]:
    yield from objections_to_the_unnamed(case, now)
    yield from objections_to_deciding(case, now, Promise.L1, *ANYONE_DECIDING)
    yield from objections_to_a_target_elsewhere(case, now)
    yield from objections_to_a_death(case, now)


def objections_to_considering(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting_at_law(case, now)
    if not case.incident.person:
        yield Objection("Nobody knows yet who the person is.", Promise.L1, "incident.identify")


def objections_to_step(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    remedy: Remedy,
    against: Against,
    reasons: str,
    advice: str,
    tenancy: str | None = None,
) -> Iterator[Objection]:
    yield from _objections_to_what_is_considered(now, against, tenancy, reasons, advice)


def _objections_to_what_is_considered(
    now: Occasion, against: Against, tenancy: str | None, reasons: str, advice: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.L1, reasons=reasons, advice=advice)
    if against is Against.TENANCY and tenancy not in now.known.tenancies:
        yield Objection("Choose a tenancy the person holds today.", Promise.L1, field="tenancy")


@unless(objections_to_considering, objections_to_step, reads=READS)
def consider(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    remedy: Remedy,
    against: Against,
    reasons: str,
    advice: str,
    tenancy: str | None = None,
) -> list[Event]:
    """With notice, in the case itself. `advice` is the legal advice taken."""
    return [_considered(case, now, remedy, against, tenancy, reasons, advice, without_notice=False)]


def objections_to_sealing(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    if now.by.id in now.known.colleagues_too or not now.by.has(*ANYONE_DECIDING):
        yield Objection("Only a manager may consider a legal step without notice.", Promise.L1)
    if now.by.id in now.known.affected:
        yield Objection("You were affected by what this person did, so a colleague who was not must act.", Promise.L1)
    if case.handling.about is not None:
        yield Objection("This matter is already opened.", Promise.L1)


def objections_to_sealed_step(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    about: str,
    named: tuple[str, ...],
    remedy: Remedy,
    against: Against,
    reasons: str,
    advice: str,
    tenancy: str | None = None,
) -> Iterator[Objection]:
    yield from _objections_to_what_is_considered(now, against, tenancy, reasons, advice)
    if not named or set(named) <= {now.by.id}:
        yield Objection("Name at least one other colleague: someone senior has to approve.", Promise.L1, field="named")
    if set(named) & now.known.colleagues_too:
        yield Objection("One of those named is close to the person. Choose others.", Promise.L1, field="named")


@unless(objections_to_sealing, objections_to_sealed_step, reads="handling legal_action")
def consider_without_notice(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    about: str,
    named: tuple[str, ...],
    remedy: Remedy,
    against: Against,
    reasons: str,
    advice: str,
    tenancy: str | None = None,
) -> list[Event]:
    """Opens a sealed matter `about` a case: only those `named`, and whoever opens it, know that it exists."""
    return [
        MatterOpened(**stamp(now), matter=Matter.LEGAL, about=about, named=(*named, now.by.id)),
        _considered(case, now, remedy, against, tenancy, reasons, advice, without_notice=True),
    ]


def _objections_at(case: Case, subject: str | None, *stages: Stage) -> Iterator[Objection]:
    step = case.legal_action.get(subject)
    if step is None:
        yield Objection("There is no such legal step here.", Promise.L1, "legal_action.consider")
    elif step.stage not in stages:
        yield Objection("The legal step is not at the stage for this.", Promise.L1)


def objections_to_approving(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting_at_law(case, now)
    yield from _objections_at(case, subject, Stage.CONSIDERED)
    if not now.by.is_senior:
        yield Objection("Someone senior approves a legal step.", Promise.L1, for_good=True)
    step = case.legal_action.get(subject)
    if step and step.considered_by == now.by.id:
        yield Objection("You proposed it, so someone else approves it.", Promise.L1, for_good=True)


@unless(objections_to_approving, reads=READS)
def approve(case: Case, now: Occasion, subject: str | None = None, *, reasons: str) -> list[Event]:
    """Someone senior agrees, after reading the advice."""
    return [StepApproved(**stamp(now), step=str(subject), reasons=reasons)]


def objections_to_starting(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting_at_law(case, now)
    yield from _objections_at(case, subject, Stage.APPROVED)
    yield from objections_without_assessment(case, now, Step.LEGAL)


@unless(objections_to_starting, reads=READS + " assessment")
def start(case: Case, now: Occasion, subject: str | None = None, *, court: str, reference: str = "") -> list[Event]:
    """The court has the papers."""
    return [StepStarted(**stamp(now), step=str(subject), court=court, reference=reference)]


def objections_to_serving(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting_at_law(case, now)
    yield from _objections_at(case, subject, Stage.STARTED, Stage.ORDERED)


def objections_to_service(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    served_on: date,
    how: str,
    people: tuple[str, ...],
    what_next: str,
) -> Iterator[Objection]:
    yield from unsaid(Promise.L1, how=how, what_next=what_next)
    step = case.legal_action.get(subject)
    if served_on > now.day:
        yield Objection("That day has not come yet.", Promise.L1, field="served_on")
    if step and step.against is Against.TENANCY and now.known.joint_tenants - set(people):
        yield Objection("Action against a tenancy is served on each joint tenant.", Promise.L1, field="people")


@unless(objections_to_serving, objections_to_service, reads=READS)
def serve(
    case: Case,
    now: Occasion,
    subject: str | None = None,
    *,
    served_on: date,
    how: str,
    people: tuple[str, ...],
    what_next: str,
) -> list[Event]:
    """The papers reached everyone they must. From now the customer may know, and is told where to get advice (L2)."""
    return [
        StepServed(**stamp(now), step=str(subject), served_on=served_on, how=how, people=people, what_next=what_next)
    ]


def make_known(case: Case, now: Occasion, considered: StepConsidered, served: StepServed, of: str) -> list[Event]:
    """In the case that the sealed matter `of` is about: once served, everyone who works on it may know (L1).

    For `record`, in the transaction of the serving.
    """
    return [
        StepMadeKnown(
            **stamp(now),
            matter=of,
            step=served.step,
            remedy=considered.remedy,
            against=considered.against,
            served_on=served.served_on,
        )
    ]


def objections_to_ordering(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting_at_law(case, now)
    yield from _objections_at(case, subject, Stage.STARTED, Stage.SERVED)


@unless(objections_to_ordering, reads=READS)
def order(
    case: Case, now: Occasion, subject: str | None = None, *, terms: str, until: date | None = None
) -> list[Event]:
    """What the court ordered, and until when."""
    return [StepOrdered(**stamp(now), step=str(subject), terms=terms, until=until)]


def objections_to_breaching(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting_at_law(case, now)
    yield from _objections_at(case, subject, Stage.ORDERED)


@unless(objections_to_breaching, reads=READS)
def breach(case: Case, now: Occasion, subject: str | None = None, *, what: str, happened_on: date) -> list[Event]:
    """The order was broken."""
    return [StepBreached(**stamp(now), step=str(subject), what=what, happened_on=happened_on)]


def objections_to_ending(case: Case, now: Occasion, subject: str | None = None) -> Iterator[Objection]:
    yield from objections_to_the_unnamed(case, now)
    yield from objections_to_deciding(case, now, Promise.L1, *ANYONE_DECIDING)
    yield from _objections_at(case, subject, *(stage for stage in Stage if stage is not Stage.ENDED))


@unless(objections_to_ending, reads=READS)
def end(case: Case, now: Occasion, subject: str | None = None, *, outcome: str) -> list[Event]:
    """How the step ended: withdrawn, refused, run out, settled."""
    return [StepEnded(**stamp(now), step=str(subject), outcome=outcome)]


def _considered(
    case: Case,
    now: Occasion,
    remedy: Remedy,
    against: Against,
    tenancy: str | None,
    reasons: str,
    advice: str,
    *,
    without_notice: bool,
) -> StepConsidered:
    return StepConsidered(
        **stamp(now),
        step=f"C{len(case.legal_action.steps) + 1}",
        remedy=remedy,
        against=against,
        tenancy=tenancy,
        without_notice=without_notice,
        reasons=reasons,
        advice=advice,
    )
