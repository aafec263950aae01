"""Rules 13, 21 and 22: who may open a case, and which parts of it they see. Every door asks here and nowhere else."""

from dataclasses import dataclass
from enum import StrEnum

from evenhand.policy.events import (
    appeal,
    assessment,
    counter_allegation,
    decision,
    disposal,
    expectation,
    handling,
    incident,
    investigation,
    legal_action,
    marker,
    police,
    single_contact,
    support,
    warning,
    welfare,
)
from evenhand.policy.events.event import Event
from evenhand.policy.staff import Actor, Role


class Part(StrEnum):
    """A part of a case that may be seen apart from the others; most are a tab of its page."""

    REPORT = "report"
    AFFECTED = "affected colleagues"
    ACCOUNT = "account"
    SUPPORT = "support"
    DECISION = "decision"
    CONTROLS = "limits and markers"
    APPEAL = "appeal"
    LETTERS = "letters"
    POLICE = "police"
    LEGAL = "legal"
    ALLEGATION = "counter-allegation"
    WELFARE = "welfare"
    HANDLING = "handling"
    LOOKS = "who looked"


WHOLE = frozenset(Part) - {Part.LOOKS}
AUDIT = frozenset({Part.HANDLING, Part.LOOKS})
REPORTERS = frozenset({Part.REPORT})
HELPERS = frozenset({Part.SUPPORT})


@dataclass(frozen=True, slots=True)
class Subject:
    """What the decision to show a case rests on, read from its summary. Actor ids throughout."""

    sealed: bool
    untriaged: bool
    holder: str | None
    named: frozenset[str]
    reporters: frozenset[str]
    targets: frozenset[str]
    colleagues_too: frozenset[str]
    has_referral: bool


def parts(viewer: Actor, of: Subject) -> frozenset[Part]:
    """The parts this viewer sees; empty when, to them, the case does not exist."""
    if viewer.id in of.colleagues_too:
        return frozenset()
    if of.sealed:
        return WHOLE if viewer.id in of.named else frozenset()
    seen = REPORTERS if viewer.id in of.reporters else frozenset[Part]()
    if viewer.has(Role.DATA_PROTECTION):
        seen |= AUDIT
    if viewer.has(Role.CUSTOMER_PARTNER) and of.has_referral:
        seen |= HELPERS
    if viewer.id in of.targets:
        return seen | REPORTERS if viewer.has(*Role) else seen
    if _works_on(viewer, of):
        seen |= WHOLE
    if viewer.is_senior:
        seen |= {Part.LOOKS}
    return seen


AT_ONCE = frozenset({"provisional_marker.place", "incident.instruct", "police.report"})
"""What keeps people safe and waits for nobody, once somebody is in danger (rules 7 and 20, P1)."""


def may_at_once(viewer: Actor, verb: str, of: Subject) -> bool:
    """Whether a colleague on duty may do this in a case that they do not work on, and are shown no more of for it."""
    apart = of.sealed or viewer.id in of.targets | of.colleagues_too
    return verb in AT_ONCE and viewer.has(Role.DUTY) and not apart


def _works_on(viewer: Actor, of: Subject) -> bool:
    if viewer.decides or viewer.id in of.named or viewer.id == of.holder:
        return True
    if of.untriaged:
        return viewer.has(Role.INVESTIGATOR, Role.DUTY)
    return viewer.has(Role.INVESTIGATOR) and of.holder is None


PART_OF_MODULE = {
    incident.__name__: Part.REPORT,
    investigation.__name__: Part.ACCOUNT,
    support.__name__: Part.SUPPORT,
    assessment.__name__: Part.DECISION,
    decision.__name__: Part.DECISION,
    warning.__name__: Part.DECISION,
    expectation.__name__: Part.CONTROLS,
    single_contact.__name__: Part.CONTROLS,
    marker.__name__: Part.CONTROLS,
    appeal.__name__: Part.APPEAL,
    police.__name__: Part.POLICE,
    legal_action.__name__: Part.LEGAL,
    counter_allegation.__name__: Part.ALLEGATION,
    welfare.__name__: Part.WELFARE,
    handling.__name__: Part.HANDLING,
    disposal.__name__: Part.HANDLING,
}


def part_of(event: Event) -> Part:
    """The part of the case that an event belongs to, so that a timeline shows no more than its tabs do."""
    if isinstance(event, incident.ColleagueAffected | incident.AftercareGiven | incident.AftercareMoved):
        return Part.AFFECTED
    if isinstance(event, counter_allegation.AllegationSettled):
        return Part.ACCOUNT
    return PART_OF_MODULE.get(type(event).__module__, Part.LETTERS)


PART_OF_CONCEPT = {
    **{module.rpartition(".")[2]: part for module, part in PART_OF_MODULE.items()},
    "limit_review": Part.CONTROLS,
    "provisional_marker": Part.CONTROLS,
    "correspondence": Part.LETTERS,
}
PART_OF_ACT = {
    "aftercare.add": Part.AFFECTED,
    "incident.look_after": Part.AFFECTED,
    "counter_allegation.settle": Part.ACCOUNT,
}


def part_of_verb(verb: str) -> Part:
    """The part of the case that a verb of the registry acts on: whoever does not see it is not told of it as due."""
    return PART_OF_ACT.get(verb) or PART_OF_CONCEPT[verb.partition(".")[0]]
