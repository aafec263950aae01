"""What anyone may try in a case, thread by thread, for the walk. Answers are whole; who tries is what matters.

People come as relations: the target, the investigator, a manager and a senior who may decide, a director who is fresh.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from evenhand.policy.appeal_effect import Variation
from evenhand.policy.case import Case
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import Delivery, LetterKind
from evenhand.policy.events.incident import Triage
from evenhand.policy.events.investigation import Pause
from evenhand.policy.events.marker import Audience, Control
from evenhand.policy.need import Channel
from evenhand.policy.staff import SYSTEM, Actor
from evenhand.policy.standing.correspondence import Post
from tests.policy import answers as told
from tests.policy.people import COLLEAGUE, CUSTOMER, DIRECTOR, INVESTIGATOR, MANAGER, SENIOR, TARGET

Subjects = Callable[[Case, date], Iterable[str | None]]
Answers = Callable[[Case, date, str | None], dict[str, Any]]
MOST = 2
"""Counts stop at two."""


def itself(case: Case, day: date) -> Iterable[str | None]:
    return (None,)


@dataclass(frozen=True)
class Act:
    """One verb, who tries it, on what, with which answers."""

    verb: str
    by: tuple[Actor, ...]
    answers: Answers = lambda case, day, subject: {}
    subjects: Subjects = itself
    never: bool = False
    """Nobody is ever allowed this."""


def act(verb: str, *by: Actor, subjects: Subjects = itself, **given: Any) -> Act:
    return Act(verb, by, lambda case, day, subject: given, subjects)


def never(verb: str, *by: Actor, subjects: Subjects = itself, **given: Any) -> Act:
    return Act(verb, by, lambda case, day, subject: given, subjects, never=True)


def few(count: Callable[[Case], int]) -> Subjects:
    """At most two of a thing are made."""
    return lambda case, day: (None,) if count(case) < MOST else ()


# The spine: report, triage, investigate, account, support, assessment, finding, its letter, appeal, outcome, again.

DECIDERS = (MANAGER, SENIOR, TARGET, DIRECTOR)
UNACCEPTABLE, NEITHER = Finding.UNACCEPTABLE, Finding.NEITHER


def _found(threats: Finding, shouting: Finding) -> Answers:
    answer = told.finding(THREATS=threats, SHOUTING=shouting)
    return lambda case, day, subject: {
        **answer,
        "found": tuple(p for p in answer["found"] if p[0] in case.incident.conducts),
    }


fresh_finding = few(lambda case: len(case.decision.findings))
REPORT = Act(
    "incident.report",
    (COLLEAGUE,),
    lambda case, day, _: told.report(day, Conduct.THREATS, Conduct.SHOUTING),
    lambda case, day: () if case.incident.all else (None,),
)
TRIAGE = act("incident.triage", MANAGER, TARGET, outcome=Triage.NEW_CASE)
OPEN = act("investigation.open", MANAGER, TARGET, investigator=INVESTIGATOR.id)
HOW_OFTEN = act("investigation.view_how_often", MANAGER, INVESTIGATOR, TARGET, earlier=1, view="Twice.")
HEAR = act("investigation.hear", MANAGER, INVESTIGATOR, TARGET, **told.HEARD)
ANSWER = act("support.answer", INVESTIGATOR, words="Nothing.")


def _unweighed(case: Case, day: date) -> Iterable[str | None]:
    found = case.assessment.at(Step.DECISION)
    return () if (found and day <= found.until) or not case.decision.undecided else (None,)


def weigh_again(what: str) -> Act:
    """Once something of this kind rests on the assessment, so that there may be another."""

    def rests(case: Case, day: date) -> Iterable[str | None]:
        found = case.assessment.at(Step.DECISION)
        wanted = what != "finding" or case.decision.quashed
        return (None,) if found and what in found.rested and wanted else ()

    return act("assessment.make", INVESTIGATOR, subjects=rests, **told.assessment())


ASSESS = act(
    "assessment.make",
    MANAGER,
    INVESTIGATOR,
    TARGET,
    subjects=_unweighed,
    **told.assessment(),
)
ADVERSE = Act("decision.decide", DECIDERS, _found(UNACCEPTABLE, UNACCEPTABLE), fresh_finding)
SHOUTED_ONLY = Act("decision.decide", (MANAGER,), _found(NEITHER, UNACCEPTABLE), fresh_finding)
NO_FINDING = Act("decision.decide", (MANAGER, TARGET), _found(NEITHER, NEITHER), fresh_finding)
TO_A_FINDING = (REPORT, TRIAGE, OPEN, HOW_OFTEN, HEAR, ANSWER, ASSESS, ADVERSE)

TURNED_AWAY = (
    act("incident.triage", MANAGER, outcome=Triage.NEEDS_MORE, reason="Who was there?"),
    act("incident.triage", MANAGER, TARGET, outcome=Triage.NOT_CONDUCT, reason="A repair."),
)
INVESTIGATION = (
    *TURNED_AWAY,
    never("investigation.open", MANAGER, investigator=TARGET.id),
    act("investigation.invite", INVESTIGATOR, TARGET, how="By telephone."),
    act("investigation.attempt", INVESTIGATOR, channel=Channel.PHONE, outcome="No answer", asked_support=True),
    act("investigation.attempt", INVESTIGATOR, channel=Channel.VISIT, outcome="Nobody in", asked_support=True),
    act("investigation.attempt", INVESTIGATOR, channel=Channel.EMAIL, outcome="No reply"),
    act("investigation.decline", INVESTIGATOR, TARGET, words="No."),
    NO_FINDING,
)
PAUSE = (
    Act(
        "investigation.pause",
        (INVESTIGATOR, TARGET),
        lambda case, day, _: {"why": Pause.POLICE, "reason": "Asked.", "look_again_on": day + timedelta(days=7)},
    ),
    act("investigation.resume", INVESTIGATOR, TARGET, reason="They are done."),
    act("investigation.declare_conflict", INVESTIGATOR, reason="A friend."),
    act("support.decline", INVESTIGATOR, words="Rather not."),
)
SUPPORT = (
    act("support.ask", INVESTIGATOR, how="On the telephone"),
    act("support.decline", INVESTIGATOR, words="Rather not."),
    Act("support.refer", (INVESTIGATOR,), lambda c, d, s: told.REFERRAL, few(lambda c: len(c.support.referrals))),
    act("support.withdraw", INVESTIGATOR, words="No.", subjects=lambda c, d: [r.id for r in c.support.referrals]),
    act("support.end", INVESTIGATOR, outcome="Helped.", subjects=lambda c, d: [r.id for r in c.support.referrals]),
    Act(
        "support.override",
        (MANAGER, INVESTIGATOR, TARGET),
        lambda c, d, s: {"name": "Children's services", "reason": "A child is at risk."},
        few(lambda c: len(c.support.referrals)),
    ),
)
ANOTHER_PERSON = (
    act("incident.identify", INVESTIGATOR, person="person", how="Seen."),
    act("incident.identify", INVESTIGATOR, person="somebody else", how="It was the brother."),
    Act(
        "incident.correct",
        (INVESTIGATOR,),
        lambda c, day, s: {"correction": "Shouting only.", "conducts": (Conduct.SHOUTING,), "happened_on": day},
        lambda c, d: [i.id for i in c.incident.all],
    ),
    Act(
        "incident.correct",
        (INVESTIGATOR,),
        lambda c, day, s: {
            "correction": "A threat.",
            "conducts": (Conduct.THREATS, Conduct.SHOUTING),
            "happened_on": day,
        },
        lambda c, d: [i.id for i in c.incident.all],
    ),
)

# Letters, and the appeals they open.


def _waiting(*posts: Post) -> Subjects:
    return lambda case, day: [x.id for x in case.correspondence.letters if x.post in posts]


APPROVE = act("correspondence.approve", MANAGER, TARGET, subjects=_waiting(Post.DRAFT, Post.RETURNED), **told.POSTED)
LETTERS = (
    Act(
        "correspondence.approve",
        (MANAGER,),
        lambda c, d, s: {**told.POSTED, "format": told.BRAILLE},
        _waiting(Post.DRAFT, Post.RETURNED),
    ),
    act("correspondence.send", SYSTEM, subjects=_waiting(Post.ISSUED), how=Delivery.POST),
    act("correspondence.doubt", SYSTEM, subjects=_waiting(Post.ISSUED)),
    act("correspondence.confirm_sent", MANAGER, subjects=_waiting(Post.UNCERTAIN), how=Delivery.POST),
    act("correspondence.take_back", MANAGER, subjects=_waiting(Post.SENT), reason="Gone away"),
    act("correspondence.set_aside", MANAGER, TARGET, SYSTEM, subjects=_waiting(*Post), reason="It does not stand."),
    Act("correspondence.deliver_format", (MANAGER,), lambda c, day, s: {"delivered_on": day}, _waiting(*Post)),
    Act("correspondence.prove_receipt", (MANAGER,), lambda c, day, s: {"delivered_on": day}, _waiting(Post.SENT)),
)


def _appealable(case: Case, day: date) -> list[str]:
    if len(case.appeal.all) >= MOST:
        return []
    markers = [m.id for m in case.marker.standing]
    limits = [x.id for x in (*case.expectation.limits, *case.single_contact.contacts) if not x.ended]
    return [*(f.id for f in case.decision.findings if f.stands), *limits, *markers]


def _open(case: Case, day: date) -> list[str]:
    return [a.id for a in case.appeal.open]


def _varied(case: Case, day: date, subject: str | None) -> dict[str, Any]:
    against = found.against if (found := case.appeal.get(subject)) else ""
    change = Variation(
        found=tuple((c, NEITHER if c is Conduct.THREATS else UNACCEPTABLE) for c in case.incident.conducts)
        if against.startswith("F")
        else (),
        plan=told.BY_EMAIL_OR_LETTER,
        controls=(Control.RING_FIRST,),
        audience=Audience.COLLEAGUES,
    )
    return {"outcome": Outcome.VARIED, "reasons": "In part.", "change": "Less.", "variation": change}


HEARERS = (SENIOR, DIRECTOR, INVESTIGATOR, TARGET, MANAGER)
WEIGH_APPEAL = act("assessment.make", DIRECTOR, **told.assessment(Step.APPEAL))
LODGE = act("appeal.lodge", CUSTOMER, subjects=_appealable, grounds="Not so.")
APPEAL = (
    LODGE,
    act("appeal.withdraw", CUSTOMER, subjects=_open, words="Leave it."),
    WEIGH_APPEAL,
    act("appeal.decide", *HEARERS, subjects=_open, outcome=Outcome.UPHELD, reasons="Wrong."),
    act("appeal.decide", *HEARERS, subjects=_open, outcome=Outcome.DISMISSED, reasons="Right."),
    Act("appeal.decide", (SENIOR, DIRECTOR), _varied, _open),
)
OUTCOMES = (
    LODGE,
    WEIGH_APPEAL,
    act("appeal.decide", SENIOR, DIRECTOR, TARGET, subjects=_open, outcome=Outcome.UPHELD, reasons="Wrong."),
    act("appeal.decide", DIRECTOR, subjects=_open, outcome=Outcome.DISMISSED, reasons="Right."),
    Act("appeal.decide", (DIRECTOR,), _varied, _open),
)
LATE = act("appeal.lodge", CUSTOMER, subjects=_appealable, grounds="Not so.", late_reason="In hospital.")
UPHELD = (LODGE, act("appeal.decide", DIRECTOR, SENIOR, subjects=_open, outcome=Outcome.UPHELD, reasons="Wrong."))

WARNING = (
    act(
        "warning.give",
        MANAGER,
        TARGET,
        expected="Stop.",
        if_it_goes_on="Limits.",
        subjects=few(lambda c: c.warning.given),
    ),
    act("warning.propose_skipping", MANAGER, SENIOR, TARGET, reason="A knife."),
    act("warning.approve_skipping", SENIOR, DIRECTOR, MANAGER, TARGET, reason="Yes."),
    act("warning.refuse_skipping", SENIOR, TARGET, reason="No."),
)
WARNED = (WARNING[0],)


def _unlimited(case: Case, day: date) -> Iterable[str | None]:
    return () if case.expectation.limits or case.single_contact.contacts else (None,)


SKIPPED = (
    act("warning.propose_skipping", MANAGER, subjects=_unlimited, reason="A knife."),
    act("warning.approve_skipping", SENIOR, subjects=_unlimited, reason="Yes."),
)

KINDS_WITH_APPEAL = frozenset(
    {
        LetterKind.FINDING,
        LetterKind.LIMITS,
        LetterKind.SINGLE_CONTACT,
        LetterKind.MARKER,
        LetterKind.REVIEW_OUTCOME,
    }
)
