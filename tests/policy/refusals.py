"""Tries for refusals: every verb, by everybody, in cases that have come far, with each answer made wrong in turn.

python -m tests.policy.refusals                       writes refusals_tried.txt again
REFUSALS=add python -m pytest -p no:xdist tests/policy    adds to refusals_met.txt what else the tests meet

What changed in either is for a person to read: it is everything the policy was seen to say no with.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Any

from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.incident import Triage
from evenhand.policy.events.investigation import Pause
from evenhand.policy.events.plain import to_plain
from evenhand.policy.occasion import Known
from evenhand.policy.refusal import Refused
from evenhand.policy.verbs import VERBS
from tests.policy import answers, people
from tests.policy.acts import (
    ANOTHER_PERSON,
    APPEAL,
    APPROVE,
    INVESTIGATION,
    LETTERS,
    PAUSE,
    SUPPORT,
    TO_A_FINDING,
    WARNING,
    Act,
)
from tests.policy.more_acts import (
    COUNTER_ALLEGATION,
    DEATH,
    DISPOSAL,
    EXPECTATION,
    HANDLING,
    LEGAL,
    MARKER,
    POLICE,
    PROVISIONAL,
    REVIEWED_CONTACT,
    REVIEWED_LIMIT,
    REVIEWED_MARKER,
    SINGLE_CONTACT,
    WITHHELD,
)
from tests.policy.people import CUSTOMER, DUTY, INVESTIGATOR, MANAGER, SENIOR, SYSTEM
from tests.policy.refusals_read import TRIED, keep, said
from tests.policy.seldom_acts import SELDOM
from tests.policy.stories import (
    Story,
    a_finding,
    a_warning_and_a_finding,
    an_appeal,
    an_investigation,
    given,
    ready_to_decide,
)

ACTS = (
    *TO_A_FINDING,
    *INVESTIGATION,
    *PAUSE,
    *SUPPORT,
    *ANOTHER_PERSON,
    APPROVE,
    *LETTERS,
    *APPEAL,
    *WARNING,
    *EXPECTATION,
    *REVIEWED_LIMIT,
    *SINGLE_CONTACT,
    *REVIEWED_CONTACT,
    *MARKER,
    *REVIEWED_MARKER,
    *WITHHELD,
    *PROVISIONAL,
    *POLICE,
    *LEGAL,
    *COUNTER_ALLEGATION,
    *HANDLING,
    *DEATH,
    *DISPOSAL,
    *SELDOM,
)
EVERYONE = tuple(getattr(people, name) for name in people.__all__)
SUBJECTS = (None, "I1", "F1", "L1", "S1", "M1", "A1", "D1", "R1", "P1", "C1", "K1", "H1")
LATE = timedelta(days=900)
BRAILLE = {**answers.POSTED, "format": answers.BRAILLE}


@cache
def places() -> tuple[Story, ...]:
    """Cases that have come so far, each in its own direction."""
    return (*_to_a_finding(), *_after_a_finding(), *_letters(), *_appeals(), *_of_others(), *_apart())


def _to_a_finding() -> Iterator[Story]:
    wait = {"why": Pause.POLICE, "reason": "Asked.", "look_again_on": given().day + timedelta(days=14)}
    yield from (
        given(),
        given().reported(),
        given().reported(person=None),
        given().reported(person=None).does("incident.instruct", DUTY, instruction="Go in pairs."),
        given().reported().triaged(),
        given().reported().triaged(Triage.NOT_CONDUCT),
        an_investigation(),
        an_investigation().heard(about_a_colleague=True),
        an_investigation().does("investigation.invite", INVESTIGATOR, how="By letter."),
        an_investigation().does("investigation.pause", **wait),
        ready_to_decide(),
        ready_to_decide().marked_at_once(),
        ready_to_decide().does("support.refer", INVESTIGATOR, **answers.REFERRAL),
    )


def _after_a_finding() -> Iterator[Story]:
    limited = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed().told(LetterKind.LIMITS)
    upheld = an_appeal().does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")
    court = a_finding().does("legal_action.consider", **answers.step())
    approved = a_finding().does("legal_action.consider", **answers.step())
    approved.does("legal_action.approve", SENIOR, "C1", reasons="Yes.").weighed(Step.LEGAL)
    yield from (
        a_finding(),
        a_finding().told(LetterKind.FINDING),
        a_finding().does("warning.propose_skipping", reason="He has a knife."),
        a_finding().marked(),
        a_finding().marked().told(LetterKind.MARKER).later(days=190),
        a_finding().marked().does("marker.withhold_notice", SENIOR, "M1", reasons="He would find her."),
        a_warning_and_a_finding(),
        limited,
        replace_day(limited, 170).does("expectation.request_review", CUSTOMER, "L1", words="End it."),
        an_appeal(),
        upheld,
        court,
        approved,
    )


def _letters() -> Iterator[Story]:
    braille = a_finding().does("correspondence.approve", MANAGER, "D1", **BRAILLE)
    posted = a_finding().does("correspondence.approve", MANAGER, "D1", **answers.POSTED)
    unsure = a_finding().does("correspondence.approve", MANAGER, "D1", **answers.POSTED)
    invited = an_investigation().does("investigation.invite", INVESTIGATOR, how="By letter.")
    yield from (posted, braille, unsure.does("correspondence.doubt", SYSTEM, "D1"), invited.told(LetterKind.INVITATION))
    yield a_finding().told(LetterKind.FINDING).does("correspondence.take_back", subject="D1", reason="Wrong address.")


def _appeals() -> Iterator[Story]:
    """Against each thing that can be appealed, and what stood too long."""
    limited = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed()
    for story, against in ((limited, "L1"), (replace_day(limited, 0), "S1"), (a_finding().marked(), "M1")):
        yield story.appealed(against).weighed(Step.APPEAL, SENIOR)
    yield replace_day(limited, 400)
    told = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed().told(LetterKind.LIMITS)
    told.told(LetterKind.SINGLE_CONTACT).weighed(Step.REVIEW)
    yield told
    yield replace_day(told, 0).does("expectation.request_review", CUSTOMER, "L1", words="End it.")
    yield a_finding().marked().told(LetterKind.MARKER).later(days=170).weighed(Step.REVIEW)
    yield a_finding().marked().later(days=300)
    yield a_finding().marked_at_once().later(days=40)


def _of_others() -> Iterator[Story]:
    """The same of a child, of somebody whose age nobody knows, who lives with a colleague, or who complains."""
    lived_with = Known(person="person", age=40, colleagues_too=frozenset({MANAGER.id, "somebody"}))
    complains = Known(person="person", age=40, open_complaint=True, affected=frozenset({"colleague"}))
    for known in (Known(person="person", age=9), Known(person="person", age=16), Known(person="person")):
        child = a_warning_and_a_finding()
        child.known = known
        yield child
    started = a_finding().does("legal_action.consider", **answers.step())
    started.does("legal_action.approve", SENIOR, "C1", reasons="Yes.").weighed(Step.LEGAL)
    yield started.does("legal_action.start", subject="C1", court="County court")
    yield a_finding().does("handling.join_records", SYSTEM, other="other")
    for known in (lived_with, complains):
        story = a_warning_and_a_finding()
        story.known = known
        yield story


def _apart() -> Iterator[Story]:
    turned_away = given().reported().triaged(Triage.NOT_CONDUCT)
    looked_into = given().does("counter_allegation.record", MANAGER, **answers.ALLEGATION)
    looked_into.does("counter_allegation.assign", MANAGER, investigator="senior", independent_because="Another team.")
    yield from (
        given().reported().does("police.report", INVESTIGATOR, **answers.BELIEF),
        turned_away.does("handling.close", outcome=answers.PERSON_LEFT, reasons="Gone."),
        a_finding().does("handling.record_death", SYSTEM, died_on=given().day),
        a_finding().does("disposal.hold", SENIOR, reason="A claim.", review_on=given().day + timedelta(days=9)),
        given().does("counter_allegation.record", MANAGER, **answers.ALLEGATION),
        looked_into,
        given().does("legal_action.consider_without_notice", **answers.step(), about="CASE", named=("senior",)),
        given().does("welfare.open", about="CASE", colleague="target", note="Shaken."),
    )


def replace_day(story: Story, days: int) -> Story:
    """The same case some days on; the story it was taken from stays where it is."""
    later = Story(story.known, story.terms, story.day + timedelta(days=days))
    later.case, later.events = story.case, list(story.events)
    return later


def wrong(given_answers: Mapping[str, Any], day: date) -> Iterator[dict[str, Any]]:
    """The answers as they are, then with each made empty, another or out of its time."""
    yield dict(given_answers)
    for name, value in given_answers.items():
        for other in _others(value, day):
            yield {**given_answers, name: other}


def _others(value: Any, day: date) -> Iterator[Any]:
    if isinstance(value, Enum):
        yield from (each for each in type(value) if each is not value)
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, str):
        yield from ("", "nobody")
    elif isinstance(value, int):
        yield from (-1, 0)
    elif isinstance(value, date):
        yield from (day - LATE, day + LATE)
    elif isinstance(value, tuple | frozenset):
        yield type(value)()
    elif hasattr(value, "channels"):
        yield replace(value, channels=frozenset())


@cache
def acts_of(verb: str) -> tuple[Act, ...]:
    return tuple(act for act in ACTS if act.verb == verb)


def refusals_of(name: str) -> list[str]:
    """Everything the verb was seen to be refused with. What it is not refused, it does so that it can be kept."""
    verb, found = VERBS[name], set[str]()
    for story in places():
        for by in EVERYONE:
            now = story.now(by)
            for subject in SUBJECTS:
                found |= {said(each) for each in verb.objections(story.case, now, subject)}
        for act in acts_of(name):
            for subject in set(act.subjects(story.case, story.day)) or {None}:
                for answer in wrong(act.answers(story.case, story.day, subject), story.day):
                    try:
                        for event in verb(story.case, story.now(act.by[0]), subject, **answer):
                            to_plain(event)
                    except Refused as refused:
                        found |= {said(each) for each in refused.objections}
    return sorted(found)


if __name__ == "__main__":
    keep(TRIED, {name: refusals_of(name) for name in VERBS})
