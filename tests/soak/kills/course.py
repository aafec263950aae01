"""What colleagues do in a soak of kills: a case from its report to the letter that answers the appeal, form by form.

Everything happens on one day, so that no course waits for another day; each letter goes by email.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.appeal import Lodger, Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.events.incident import Triage
from evenhand.policy.events.investigation import Speaker
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.need import Channel, LetterFormat

REPORTS, INVESTIGATES = ("amira.khan", "dev.patel", "lena.fischer"), ("tom.ashworth", "grace.obi")
DECIDES, HEARS = ("helen.marsh", "owen.price"), ("ruth.adeyemi", "iain.kerr")
ACTORS = (*REPORTS, *INVESTIGATES, *DECIDES, *HEARS)
WRITES = {
    "incident.report": "IncidentReported",
    "incident.triage": "IncidentTriaged",
    "investigation.open": "InvestigationOpened",
    "investigation.hear": "AccountHeard",
    "support.answer": "SupportAnswered",
    "investigation.view_how_often": "HowOftenViewed",
    "assessment.make": "AssessmentMade",
    "decision.decide": "FindingMade",
    "correspondence.approve": "LetterIssued",
    "marker.place": "MarkerPlaced",
    "appeal.lodge": "AppealLodged",
    "appeal.decide": "AppealDecided",
}
"""The event that each verb writes once."""
VERBS = tuple(WRITES)
WEIGHED = {
    "known": "They told us that they sleep badly. Nothing else is known.",
    "adjustments": "We offered to meet at a time that suits them.",
    "aim": "Colleagues can do their work without being frightened.",
    "alternatives": "A warning alone was considered, and would not keep colleagues safe.",
    "due_regard": "We looked at whether any of this follows from a disability, and it does not.",
}
BY_EMAIL = {"format": LetterFormat.STANDARD.value, "delivery": Delivery.EMAIL.value}


@dataclass
class Act:
    """One form of one colleague. `subject` is what in the case it is done to; answers are as a browser sends them."""

    verb: str
    by: str
    subject: str = ""
    answers: dict[str, Any] = field(default_factory=dict)


def from_report_to_appeal(number: int, person: str, name: str, day: date, actor: Callable[[str], str]) -> Iterator[Act]:
    """The acts of the case of that number, about this person, in their order."""
    reports, looks = REPORTS[number % 3], INVESTIGATES[number % 2]
    decides, hears = DECIDES[number // 2 % 2], HEARS[number // 3 % 2]
    yield Act("incident.report", reports, answers=_reported(person, name, day))
    yield Act("incident.triage", looks, answers={"outcome": Triage.NEW_CASE.value})
    yield Act("investigation.open", decides, answers={"investigator": actor(looks)})
    heard = {"speaker": Speaker.CUSTOMER.value, "channel": Channel.PHONE.value, "words": "Nobody rang me back."}
    yield Act("investigation.hear", looks, answers=heard)
    yield Act("support.answer", looks, answers={"words": "I sleep badly."})
    yield Act("investigation.view_how_often", looks, answers={"earlier": "0", "view": "Once, as far as we know."})
    yield Act("assessment.make", decides, answers={"step": Step.DECISION.value, **WEIGHED})
    found = {"found_0": Finding.UNACCEPTABLE.value, "reasons": "Two people heard it.", "relied_on": "The report."}
    yield Act("decision.decide", decides, answers={**found, "beyond_forceful": "It went on for ten minutes."})
    yield Act("correspondence.approve", decides, "T1", BY_EMAIL)
    yield Act("marker.place", decides, answers=_marked())
    yield Act("correspondence.approve", decides, "T2", BY_EMAIL)
    grounds = {"lodger": Lodger.CUSTOMER.value, "how": "by telephone", "grounds": "It was not me who said it."}
    yield Act("appeal.lodge", looks, "M1", grounds)
    yield Act("correspondence.approve", decides, "T3", BY_EMAIL)
    yield Act("appeal.decide", hears, "A1", {"outcome": Outcome.UPHELD.value, "reasons": "Nobody saw who it was."})
    yield Act("correspondence.approve", hears, "T4", BY_EMAIL)


def _reported(person: str, name: str, day: date) -> dict[str, Any]:
    return {
        "conducts": [Conduct.THREATS.value],
        "account": "Said that I would be hit if I came back.",
        "happened_on_0": str(day.day),
        "happened_on_1": str(day.month),
        "happened_on_2": str(day.year),
        "channel": Channel.VISIT.value,
        "where": "at the front door",
        "person": person,
        "person_words": name,
        "mine": "no",
    }


def _marked() -> dict[str, Any]:
    return {
        "incident": "I1",
        "risk": Risk.THREATS.value,
        "controls": [Control.PAIRS.value],
        "audience": Audience.ALL.value,
        "reasons": "A threat to hurt a colleague was made at the door.",
    }
