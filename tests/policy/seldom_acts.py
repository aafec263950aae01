"""Acts that the walk leaves out, whole and lawful somewhere: matters kept apart, aftercare, variations."""

from evenhand.policy.appeal_effect import Variation
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.counter_allegation import Result
from evenhand.policy.events.incident import Aftercare, Injury, Triage
from evenhand.policy.events.marker import Audience, Control
from tests.policy import answers as told
from tests.policy.acts import Act, act
from tests.policy.people import CUSTOMER, DUTY, INVESTIGATOR, MANAGER, SENIOR, SYSTEM

NEITHER = ((Conduct.THREATS, Finding.NEITHER),)


def _varied(variation: Variation) -> Act:
    given = {"outcome": Outcome.VARIED, "reasons": "In part.", "change": "Less.", "variation": variation}
    return act("appeal.decide", SENIOR, subjects=lambda case, day: ("A1",), **given)


VARIED = (
    _varied(Variation(found=NEITHER)),
    _varied(Variation(plan=told.BY_EMAIL_OR_LETTER)),
    _varied(Variation(plan=told.BY_LETTER)),
    _varied(Variation(controls=(Control.RING_FIRST,), audience=Audience.ALL)),
    _varied(Variation(controls=(Control.OFFICE_ONLY,), audience=Audience.ALL)),
    _varied(Variation(controls=(Control.ASK_FIRST,))),
    _varied(Variation()),
)
SELDOM = (
    *VARIED,
    act(
        "aftercare.add",
        INVESTIGATOR,
        subjects=lambda case, day: ("I1",),
        colleague="another",
        name="Nia",
        injury=Injury.SPECIFIED,
    ),
    act("counter_allegation.record", MANAGER, **told.ALLEGATION),
    act("counter_allegation.assign", MANAGER, investigator="senior", independent_because="Another team."),
    act("counter_allegation.resolve", SENIOR, result=tuple(Result)[0], reasons="Heard both.", told="We are sorry."),
    act("handling.name", SENIOR, colleague="independent", reason="Nobody else is free."),
    act("handling.name", MANAGER, colleague="somebody", reason="She helps."),
    act("handling.step_in", SYSTEM, colleague="somebody", reason="All left."),
    act("handling.link", MANAGER, other="CASE", reason="One household"),
    act("incident.instruct", DUTY, instruction="Go in pairs."),
    act("incident.look_after", MANAGER, subjects=lambda case, day: ("H1",), care=Aftercare.CALL),
    act("incident.triage", MANAGER, subjects=lambda case, day: ("I1",), outcome=Triage.NEW_CASE),
    act("incident.triage", MANAGER, subjects=lambda case, day: ("I1",), outcome=Triage.JOINS, joins="LATER"),
    act("legal_action.consider_without_notice", MANAGER, **told.step(), about="CASE", named=("senior",)),
    act("limit_review.notify", SYSTEM, subjects=lambda case, day: ("L1", "S1")),
    act("appeal.lodge", CUSTOMER, subjects=lambda case, day: ("F1", "L1", "S1", "M1"), grounds="Not so."),
    act("welfare.open", MANAGER, about="CASE", colleague="target", note="Shaken."),
    act("welfare.note", MANAGER, colleague="target", note="Better."),
)
