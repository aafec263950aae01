"""Answers as they look, for the documentation: worked out by the policy itself from people who do not exist."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.api.told import AnswerOut, told
from evenhand.policy import contact_plan
from evenhand.policy.answer import AnswerCode, Asker
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.held import Held, HeldMarker
from evenhand.policy.terms import Terms

AT = datetime(2026, 12, 3, 10, 0, tzinfo=ZoneInfo("Europe/London"))
TELEPHONE = "0113 496 0001"
NOTHING = Held(telephone=TELEPHONE)
MARKED = Held(
    markers=(
        HeldMarker(
            case="EH-7K3F-Q2WX",
            id="M1",
            review_on=date(2027, 6, 3),
            ask="Priya Nair, 0113 496 0000",
            risk=Risk.WEAPON,
            controls=(Control.PAIRS, Control.RING_FIRST),
            audience=Audience.ALL,
            high=True,
        ),
    ),
    telephone=TELEPHONE,
)
ABOUT = {"source": "housing", "person_ref": "P1"}


def answered(held: Held, asker: Asker) -> AnswerOut:
    """The answer about somebody of whom this is held."""
    return told(contact_plan.answer(held, AT, asker, Terms()), held, asker)


def unanswered(code: AnswerCode) -> AnswerOut:
    """The answer where nothing can be said."""
    return told(contact_plan.unanswered(code, AT, TELEPHONE), None, Asker.COLLEAGUE)


def checks() -> dict[str, Any]:
    """One answer of every kind to a single question."""
    found = {
        "an_instruction": answered(MARKED, Asker.COLLEAGUE),
        "an_instruction_to_a_contractor": answered(MARKED, Asker.CONTRACTOR),
        "nothing_held": answered(NOTHING, Asker.COLLEAGUE),
        "no_match": unanswered(AnswerCode.NO_MATCH),
        "several_matches": unanswered(AnswerCode.SEVERAL_MATCHES),
        "register_stale": unanswered(AnswerCode.REGISTER_STALE),
    }
    known = ("an_instruction", "nothing_held")
    return {
        name: {"about": ABOUT if name in known else None, **answer.model_dump(mode="json")}
        for name, answer in found.items()
    }
