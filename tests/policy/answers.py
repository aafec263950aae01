"""Answers that a colleague might give to each verb, whole and lawful, for tests to change one at a time."""

from datetime import date
from typing import Any

from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.events.expectation import Plan
from evenhand.policy.events.handling import Outcome
from evenhand.policy.events.incident import Injury
from evenhand.policy.events.investigation import Speaker
from evenhand.policy.events.legal_action import Against, Remedy
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.events.support import Agency
from evenhand.policy.need import Channel, LetterFormat
from tests.policy.people import TARGET

BY_LETTER = Plan(channels=frozenset({Channel.LETTER}))
BY_EMAIL_OR_LETTER = Plan(channels=frozenset({Channel.EMAIL, Channel.LETTER}))

Answers = dict[str, Any]


def report(day: date, *conducts: Conduct, harmed: bool = True, person: str | None = "person") -> Answers:
    return {
        "conducts": conducts or (Conduct.THREATS,),
        "account": "He said he would hit her.",
        "happened_on": day,
        "person": person,
        "home": "home",
        "harmed": ((TARGET.id, "Ann", Injury.UPSET),) if harmed else (),
    }


def assessment(step: Step = Step.DECISION) -> Answers:
    return {
        "step": step,
        "known": "Nothing known.",
        "adjustments": "Asked; none needed.",
        "aim": "Colleagues are safe.",
        "alternatives": "A talk; it was tried.",
        "due_regard": "Weighed.",
    }


THREATENED = {"THREATS": Finding.UNACCEPTABLE}


def finding(**found: Finding) -> Answers:
    return {
        "found": tuple((Conduct[name], finding) for name, finding in (found or THREATENED).items()),
        "reasons": "Two people heard it.",
        "relied_on": "The call's recording.",
        "beyond_forceful": "A threat is more than being firm.",
    }


def marker(incident: str = "I1") -> Answers:
    return {
        "incident": incident,
        "risk": Risk.THREATS,
        "controls": (Control.PAIRS,),
        "audience": Audience.ALL,
        "reasons": "A threat at the door.",
    }


def limits(day: date, plan: Plan | None = BY_LETTER) -> Answers:
    return {
        "behaviour": "Do not threaten anyone.",
        "reasons": "To keep colleagues safe.",
        "starts_on": day,
        "plan": plan,
    }


def single_contact(**changes: object) -> Answers:
    return {
        "colleague": "named colleague",
        "name": "Sam Carter",
        "telephone": "01632 960000",
        "email": "team@example.org",
        "cover": "The duty team",
        "reasons": "So that answers agree.",
        "agreed": True,
        **changes,
    }


def step(against: Against = Against.CUSTOMER, tenancy: str | None = None) -> Answers:
    return {
        "remedy": Remedy.INJUNCTION,
        "against": against,
        "reasons": "He came back with a knife.",
        "advice": "Counsel advises it.",
        "tenancy": tenancy,
    }


HEARD: Answers = {"speaker": Speaker.CUSTOMER, "channel": Channel.PHONE, "words": "I was upset about the leak."}
POSTED: Answers = {"delivery": Delivery.POST, "format": LetterFormat.STANDARD, "digest": "0f"}
REFERRAL: Answers = {
    "agency": Agency.CUSTOMER_PARTNER,
    "name": "Kim",
    "purpose": "Help with the repair",
    "consent": "Said yes on the telephone.",
}
BELIEF: Answers = {
    "incident": "I1",
    "belief": "a threat to harm",
    "reasons": "He held a knife.",
    "colleague_asked": "She wants it.",
}
ALLEGATION: Answers = {"about": "CASE", "named": ("manager",), "words": "She swore first.", "name": "Ann"}
BRAILLE = LetterFormat.BRAILLE
PERSON_LEFT = Outcome.PERSON_LEFT
