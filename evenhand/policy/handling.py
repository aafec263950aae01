"""I1: whose case it is, what it is linked to, who is let in, and when it is closed."""

from collections.abc import Iterator
from datetime import date

from evenhand.policy.case import Case
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.expectation import ExpectationEnded
from evenhand.policy.events.handling import (
    CaseAssigned,
    CaseClosed,
    CaseLinked,
    CaseReopened,
    MatterNamed,
    Outcome,
    PersonDied,
    RecordsJoined,
    RecordsReconciled,
)
from evenhand.policy.events.marker import MarkerRemoved
from evenhand.policy.events.single_contact import SingleContactEnded
from evenhand.policy.independence import objections_to_a_target, objections_to_acting, objections_to_the_unnamed
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, Refused, unless, unsaid
from evenhand.policy.staff import Kind, Role

READS = "handling involvement"


def objections_to_handling(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_the_unnamed(case, now)
    yield from objections_to_acting(case, now)
    if not now.by.has(Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER, Role.DIRECTOR):
        yield Objection("An investigator or a manager does this.", Promise.I1, for_good=True)


def objections_to_link(
    case: Case, now: Occasion, _: str | None = None, *, other: str, reason: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.I1, other=other, reason=reason)
    if case.handling.matter.is_sealed:
        yield Objection("A sealed matter is linked to nothing: a link would tell of it.", Promise.L1, field="other")
    if other == now.case:
        yield Objection("That is this case itself.", Promise.I1, field="other")
    if other in case.handling.linked:
        yield Objection("Those cases are already linked.", Promise.I1, field="other")


@unless(objections_to_handling, objections_to_link, reads=READS)
def link(case: Case, now: Occasion, _: str | None = None, *, other: str, reason: str) -> list[Event]:
    """To another case, by its reference: the same household, the same incident, both sides."""
    return [CaseLinked(**stamp(now), other=other, reason=reason)]


def link_back(case: Case, now: Occasion, other: str, reason: str) -> list[Event]:
    """The same link in the other case, for `record`, in the same transaction. A sealed matter is linked to nothing."""
    if case.handling.matter.is_sealed:
        raise Refused(Objection("There is no case with that reference that you can open.", Promise.I1, field="other"))
    return [] if other in case.handling.linked else [CaseLinked(**stamp(now), other=other, reason=reason)]


def objections_to_assigning(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_the_unnamed(case, now)
    yield from objections_to_acting(case, now)
    yield from objections_to_a_target(case, now)
    if now.by.kind is not Kind.SYSTEM and not now.by.decides:
        yield Objection("A manager says whose case it is.", Promise.I1, for_good=True)


def objections_to_holder(
    case: Case, now: Occasion, _: str | None = None, *, to: str, reason: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.I1, reason=reason)
    if to in case.involvement.targets | case.involvement.conflicted | now.known.colleagues_too:
        yield Objection(
            "That colleague was affected or has a conflict of interest. Choose another.", Promise.I1, field="to"
        )
    if to == case.handling.holder:
        yield Objection("The case is theirs already. Choose another colleague.", Promise.I1, field="to")


@unless(objections_to_assigning, objections_to_holder, reads=READS)
def assign(case: Case, now: Occasion, _: str | None = None, *, to: str, reason: str) -> list[Event]:
    """To another colleague, also by the system when one leaves (rule 21)."""
    return [CaseAssigned(**stamp(now), to=to, reason=reason)]


def objections_to_naming(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_the_unnamed(case, now)
    yield from objections_to_acting(case, now)
    yield from objections_to_a_target(case, now)
    if not case.handling.matter.is_sealed and not now.by.is_senior:
        yield Objection("Someone senior names an independent person for this case.", Promise.D2, for_good=True)


def objections_to_name(
    case: Case, now: Occasion, _: str | None = None, *, colleague: str, reason: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.D2, reason=reason)
    aside = case.involvement.targets | case.involvement.took_part
    if not case.handling.matter.is_sealed and colleague in aside:
        yield Objection("That person took part or was affected. Choose another.", Promise.D2, field="colleague")
    if colleague in now.known.colleagues_too:
        yield Objection("That person is close to the customer. Choose another.", Promise.I1, field="colleague")
    if colleague == case.counter_allegation.colleague:
        yield Objection("The colleague complained of cannot be let in.", Promise.I2, field="colleague")


@unless(objections_to_naming, objections_to_name, reads=READS + " counter_allegation")
def name(case: Case, now: Occasion, _: str | None = None, *, colleague: str, reason: str) -> list[Event]:
    """Lets one more colleague in to a sealed matter, or an independent person in to this case alone (rule 5)."""
    return [MatterNamed(**stamp(now), colleague=colleague, reason=reason)]


def objections_to_stepping_in(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    if now.by.kind is not Kind.SYSTEM:
        yield Objection("Whoever steps in is found when the last colleague named here leaves.", Promise.I1)
    if not case.handling.matter.is_sealed:
        yield Objection("Only a sealed matter is left to those named in it.", Promise.I1)


def objections_to_who_steps_in(
    case: Case, now: Occasion, _: str | None = None, *, colleague: str, reason: str
) -> Iterator[Objection]:
    yield from objections_to_name(case, now, colleague=colleague, reason=reason)
    if colleague in case.involvement.named | case.involvement.conflicted | now.known.affected:
        yield Objection("That colleague was named, affected, or has a conflict of interest.", Promise.I1)


@unless(objections_to_stepping_in, objections_to_who_steps_in, reads=READS + " counter_allegation")
def step_in(case: Case, now: Occasion, _: str | None = None, *, colleague: str, reason: str) -> list[Event]:
    """Everyone named in a sealed matter left: one colleague is let in in their place, and nobody else hears of it."""
    return [MatterNamed(**stamp(now), colleague=colleague, reason=reason)]


def objections_to_closing(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_handling(case, now)
    yield from objections_to_a_target(case, now)
    if case.handling.closed:
        yield Objection("The case is already closed.", Promise.I1)
    if case.incident.untriaged:
        yield Objection("A report here still waits for triage.", Promise.I1, "incident.triage")
    if case.incident.is_case and case.decision.undecided and not case.handling.person_died:
        yield Objection("The case has not been decided.", Promise.D1, "decision.decide")
    yield from _left_live(case, now)


def _left_live(case: Case, now: Occasion) -> Iterator[Objection]:
    """Whatever of the case, or of the sealed matter itself, would be forgotten with it."""
    if case.appeal.open:
        yield Objection("An appeal is open.", Promise.D2, "appeal.decide")
    if case.expectation.live(now.day):
        yield Objection("A limit on contact is still in force.", Promise.E1, "expectation.lift")
    if case.single_contact.live(now.day):
        yield Objection("A single contact is still in force.", Promise.E2, "single_contact.end")
    if case.marker.standing:
        yield Objection("A marker is still in force.", Promise.M1, "marker.remove")
    if case.legal_action.open:
        yield Objection("A legal step has not ended.", Promise.L1, "legal_action.end")
    if case.counter_allegation.open and not case.handling.person_died:
        yield Objection("What was said of a colleague is not resolved.", Promise.I2, "counter_allegation.resolve")
    if case.correspondence.waiting and not case.handling.person_died:
        yield Objection("A letter has not been sent.", Promise.D1, "correspondence.approve")


def objections_to_reasons(
    case: Case, now: Occasion, _: str | None = None, *, outcome: Outcome, reasons: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.I1, reasons=reasons)


CLOSING = (
    READS + " incident decision appeal expectation single_contact marker legal_action correspondence counter_allegation"
)


@unless(objections_to_closing, objections_to_reasons, reads=CLOSING)
def close(case: Case, now: Occasion, _: str | None = None, *, outcome: Outcome, reasons: str) -> list[Event]:
    """Nothing live is left behind."""
    return [CaseClosed(**stamp(now), outcome=outcome, reasons=reasons)]


def objections_to_reopening(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_handling(case, now)
    if not case.handling.closed:
        yield Objection("The case is open.", Promise.I1)


@unless(objections_to_reopening, reads=READS)
def reopen(case: Case, now: Occasion, _: str | None = None, *, reasons: str) -> list[Event]:
    """There is more to do in it."""
    return [CaseReopened(**stamp(now), reasons=reasons)]


def objections_to_mourning(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    if case.handling.person_died:
        yield Objection("The death is already recorded.", Promise.D1)


def objections_to_day(case: Case, now: Occasion, _: str | None = None, *, died_on: date) -> Iterator[Objection]:
    if died_on > now.day:
        yield Objection("That day has not come yet.", Promise.D1, field="died_on")


@unless(objections_to_mourning, objections_to_day, reads="handling expectation single_contact marker")
def record_death(case: Case, now: Occasion, _: str | None = None, *, died_on: date) -> list[Event]:
    """Ends every control at once and stops every letter (rule 10)."""
    why = "The person died."
    limits = [
        ExpectationEnded(**stamp(now), limit=x.id, cause=Ending.DEATH, reasons=why)
        for x in case.expectation.live(now.day)
    ]
    contacts = [
        SingleContactEnded(**stamp(now), limit=x.id, cause=Ending.DEATH, reasons=why)
        for x in case.single_contact.live(now.day)
    ]
    markers = [MarkerRemoved(**stamp(now), marker=m.id, cause=Ending.DEATH, reasons=why) for m in case.marker.standing]
    return [PersonDied(**stamp(now), died_on=died_on), *limits, *contacts, *markers]


def objections_to_joining(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from ()


@unless(objections_to_joining, reads="handling")
def join_records(case: Case, now: Occasion, _: str | None = None, *, other: str) -> list[Event]:
    """Two records of one person were joined: never refused; a manager reconciles what each case holds."""
    by = now.terms.working_days_after(now.day, now.terms.reconcile_days)
    return [RecordsJoined(**stamp(now), other=other, reconcile_by=by)]


def objections_to_reconciling(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_the_unnamed(case, now)
    yield from objections_to_acting(case, now)
    yield from objections_to_a_target(case, now)
    if not now.by.decides:
        yield Objection("A manager reconciles the person’s records.", Promise.I1, for_good=True)
    if case.handling.reconcile_by is None:
        yield Objection("There is nothing to reconcile in this case.", Promise.I1)


@unless(objections_to_reconciling, reads=READS)
def reconcile(case: Case, now: Occasion, _: str | None = None, *, reasons: str) -> list[Event]:
    """A manager has looked at both records' cases, needs and controls together."""
    return [RecordsReconciled(**stamp(now), reasons=reasons)]
