"""I2 and rule 15: what a customer says a colleague did: a sealed matter of its own, looked into by someone independent.

The customer's case itself knows only that something was said; it is settled there in words that give nothing away.
"""

from collections.abc import Iterator

from evenhand.policy.case import Case
from evenhand.policy.events.counter_allegation import (
    AllegationAssigned,
    AllegationRecorded,
    AllegationResolved,
    AllegationSettled,
    Result,
)
from evenhand.policy.events.event import Event, stamp
from evenhand.policy.events.handling import Matter, MatterOpened
from evenhand.policy.independence import objections_to_acting, objections_to_deciding, objections_to_the_unnamed
from evenhand.policy.occasion import Occasion
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import Objection, unless, unsaid
from evenhand.policy.staff import Role

READS = "involvement handling counter_allegation"


def objections_to_recording(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_acting(case, now)
    if case.handling.about is not None:
        yield Objection("This matter is already opened.", Promise.I2)


def objections_to_record(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    about: str,
    named: tuple[str, ...],
    words: str,
    name: str,
    colleague: str | None = None,
) -> Iterator[Objection]:
    yield from unsaid(Promise.I2, words=words, name=name)
    if not named:
        yield Objection("Name a manager who will see that it is looked into.", Promise.I2, field="named")
    if colleague and colleague in named:
        yield Objection("The colleague complained of cannot be let in to the matter.", Promise.I2, field="named")
    if colleague == now.by.id:
        yield Objection("It is about you, so another colleague records it.", Promise.I2, field="colleague")


@unless(objections_to_recording, objections_to_record, reads="involvement handling")
def record(
    case: Case,
    now: Occasion,
    _: str | None = None,
    *,
    about: str,
    named: tuple[str, ...],
    words: str,
    name: str,
    colleague: str | None = None,
) -> list[Event]:
    """Opens a sealed matter about the customer's case. `colleague` is the actor id of whoever it is about, if known."""
    return [
        MatterOpened(**stamp(now), matter=Matter.COUNTER_ALLEGATION, about=about, named=(*named, now.by.id)),
        AllegationRecorded(
            **stamp(now),
            words=words,
            colleague=colleague,
            name=name,
            resolve_by=now.terms.working_days_after(now.day, now.terms.decide_days),
        ),
    ]


def objections_to_an_open_allegation(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_the_unnamed(case, now)
    yield from objections_to_acting(case, now)
    if not case.counter_allegation.recorded:
        yield Objection("No allegation against a colleague is recorded here.", Promise.I2, "counter_allegation.record")
    if case.counter_allegation.resolved:
        yield Objection("It is already resolved.", Promise.I2)
    if now.by.id == case.counter_allegation.colleague:
        yield Objection("It is about you.", Promise.I2, for_good=True)


def objections_to_assigning(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_an_open_allegation(case, now)
    if not now.by.decides:
        yield Objection("A manager says who looks into it.", Promise.I2, for_good=True)


def objections_to_investigator(
    case: Case, now: Occasion, _: str | None = None, *, investigator: str, independent_because: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.I2, independent_because=independent_because)
    if investigator == case.counter_allegation.colleague or investigator in case.involvement.conflicted:
        yield Objection("Choose someone independent of what is alleged.", Promise.I2, field="investigator")


@unless(objections_to_assigning, objections_to_investigator, reads=READS)
def assign(
    case: Case, now: Occasion, _: str | None = None, *, investigator: str, independent_because: str
) -> list[Event]:
    """Someone independent of the case and of the colleague; they are let in by this."""
    return [AllegationAssigned(**stamp(now), investigator=investigator, independent_because=independent_because)]


def objections_to_resolving(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_an_open_allegation(case, now)
    if case.counter_allegation.investigator is None:
        yield Objection("Nobody independent looks into it yet.", Promise.I2, "counter_allegation.assign")
    elif now.by.id != case.counter_allegation.investigator:
        yield Objection("The independent investigator resolves it.", Promise.I2)


def objections_to_resolution(
    case: Case, now: Occasion, _: str | None = None, *, result: Result, reasons: str, told: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.I2, reasons=reasons, told=told)


@unless(objections_to_resolving, objections_to_resolution, reads=READS)
def resolve(case: Case, now: Occasion, _: str | None = None, *, result: Result, reasons: str, told: str) -> list[Event]:
    """What was found, for those let in; `told` is what the customer is told of it, naming nobody."""
    return [AllegationResolved(**stamp(now), result=result, reasons=reasons, told=told)]


def objections_to_settling(case: Case, now: Occasion, _: str | None = None) -> Iterator[Objection]:
    yield from objections_to_deciding(case, now, Promise.I2, Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER)
    if not case.investigation.allegation_unsettled:
        yield Objection("The account in this case complains of no colleague, or that is settled.", Promise.I2)


def objections_to_settlement(
    case: Case, now: Occasion, _: str | None = None, *, set_apart: bool, reason: str
) -> Iterator[Objection]:
    yield from unsaid(Promise.I2, reason=reason)


@unless(objections_to_settling, objections_to_settlement, reads="involvement investigation")
def settle(case: Case, now: Occasion, _: str | None = None, *, set_apart: bool, reason: str) -> list[Event]:
    """In the customer's case: what they said of a colleague is dealt with, or set apart for a stated reason."""
    return [AllegationSettled(**stamp(now), set_apart=set_apart, reason=reason)]
