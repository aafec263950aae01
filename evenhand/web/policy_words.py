"""The policy as anyone may read it: our own words for what it calls unacceptable or unreasonable, and what follows.

The numbers are the landlord's own terms, and the promises those that the code keeps (`policy/promises.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evenhand.policy.conduct import BEHAVIOURS, DEMANDS, Conduct
from evenhand.policy.promises import Promise
from evenhand.policy.terms import Terms

SAID: Mapping[Conduct, tuple[str, str]] = MappingProxyType(
    {
        Conduct.VIOLENCE: ("Violence", "Hitting, pushing, spitting at or hurting a colleague in any way."),
        Conduct.THREATS: ("Threats", "Saying or showing that you will hurt someone or cause harm."),
        Conduct.SHOUTING: ("Shouting that goes too far", "Shouting that goes on, or swearing at a colleague."),
        Conduct.PERSONAL_ABUSE: ("Personal abuse", "Insulting a colleague for who they are or how they look."),
        Conduct.DISCRIMINATION: (
            "Discrimination",
            "Hateful words about someone’s race, religion, sex, disability or anything like it. Online counts too.",
        ),
        Conduct.REPEATED_CONTACT: ("Contact again and again", "Getting in touch over and over before we can answer."),
        Conduct.EXCESSIVE_EMAILS: ("Too many emails", "Sending far more emails than anyone can read and answer."),
        Conduct.IMMEDIATE_RESPONSES: (
            "Answers at once",
            "Wanting an answer straight away when we have agreed a day with you.",
        ),
        Conduct.SENIOR_ONLY: ("Only senior colleagues", "Refusing to talk to anyone but someone senior, each time."),
        Conduct.NOT_SPECIFIC: ("Not saying what it is", "Not telling us what the problem or complaint is about."),
        Conduct.SETTLED_ISSUES: ("Old issues", "Coming back again and again to things that were settled."),
        Conduct.EXHAUSTED_COMPLAINT: (
            "A complaint that has ended",
            "Going on with a complaint after every stage of it is over.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something we do, what it means to the customer, and the promises behind it."""

    heading: str
    we: str
    you: str
    promises: tuple[Promise, ...]


def unacceptable() -> list[tuple[str, str]]:
    return [SAID[conduct] for conduct in Conduct if conduct in BEHAVIOURS]


def unreasonable() -> list[tuple[str, str]]:
    return [SAID[conduct] for conduct in Conduct if conduct in DEMANDS]


def steps(terms: Terms) -> list[Step]:
    """What we do, in the order it happens, with the landlord's own numbers."""
    return [*_listening(terms), *_deciding(terms), *_beyond()]


def days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"


def months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _listening(terms: Terms) -> list[Step]:
    return [
        Step(
            "We look into what happened",
            "Someone who was not part of it finds out the facts, what happened and how often.",
            f"We get in touch with you within {days(terms.first_contact_days)}, in a way that suits you. You can tell "
            "us your side, and someone can help you do it. We listen before we decide anything against you.",
            (Promise.I1, Promise.I2, Promise.C3),
        ),
        Step(
            "We ask if something makes things harder",
            "It may be your health, how you learn, money, or what is going on around you.",
            "You can say as much or as little as you like. If you agree, we ask someone to help you, such as a "
            "Customer Partner, a mediator or another service. You can change your mind.",
            (Promise.S1, Promise.S2),
        ),
    ]


def _deciding(terms: Terms) -> list[Step]:
    return [
        Step(
            "We tell you what we decided",
            "We write to you, in a format you can read, and say what we decided and why.",
            "If we decided against you, you need to stop what we describe. "
            f"You have {days(terms.appeal_lodge_days)} to ask us to look again. Someone senior who took no part does.",
            (Promise.D1, Promise.D2),
        ),
        Step(
            "We may limit how you contact us",
            "We may say by which ways, how often or on which days. An emergency always gets through. "
            "We never close every way to reach us.",
            "We tell you exactly what the limits are, and how to ask us to look again. They end "
            f"after {months(terms.limit_months)}, unless we look at it afresh and tell you why not.",
            (Promise.E1,),
        ),
        Step(
            "We may give you one person to contact",
            "One named colleague deals with what you need, with someone to stand in for them.",
            "We tell you their name and how to reach them, and tell you again whenever that changes.",
            (Promise.E2,),
        ),
        Step(
            "We may put a note on your record",
            "It keeps our colleagues safe. It is about one thing that happened, and never about who you are.",
            "We tell you what it says, why, and who can see it. We look at it again at least every "
            f"{months(terms.marker_review_months)}, and take it off when it is no longer needed. You can ask us to "
            "look again.",
            (Promise.M1, Promise.M2, Promise.M3),
        ),
    ]


def _beyond() -> list[Step]:
    return [
        Step(
            "We tell the police about a crime",
            "We do this when we believe that a crime was committed, such as violence or a threat.",
            "The police decide what they do about it.",
            (Promise.P1,),
        ),
        Step(
            "We may go to court",
            "We may ask a court for an order about what someone does, or about a tenancy. "
            "Where there is violence or a threat of it, the law can let us start before we tell you.",
            "Get advice from someone independent, such as Citizens Advice or a solicitor. We tell you where.",
            (Promise.L1, Promise.L2),
        ),
    ]
