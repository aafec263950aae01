"""Where each case of `refusals.places` stands, and others in which there are two of everything: `stands.txt`.

python -m tests.policy.stands      writes it again; what changed is for a person to read
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from evenhand.policy.case import THREADS, Case
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.handling import Outcome as Closing
from evenhand.policy.events.incident import Triage
from tests.policy import answers
from tests.policy.people import ANOTHER_MANAGER, CUSTOMER, INVESTIGATOR, MANAGER, SENIOR, SYSTEM
from tests.policy.refusals import places, replace_day
from tests.policy.refusals_read import keep
from tests.policy.seldom_acts import VARIED
from tests.policy.stories import (
    Story,
    a_finding,
    a_warning_and_a_finding,
    an_appeal,
    an_investigation,
    given,
    ready_to_decide,
)

FILE = Path(__file__).with_name("stands.txt")
BRAILLE = {**answers.POSTED, "format": answers.BRAILLE}
VIOLENT = {"THREATS": Finding.UNACCEPTABLE, "SHOUTING": Finding.UNACCEPTABLE}


def _found_in_part() -> Story:
    story = given().reported(Conduct.THREATS, Conduct.SHOUTING).triaged().investigated().heard().asked().weighed()
    story.found(**VIOLENT).marked().appealed().weighed(Step.APPEAL, SENIOR)
    (part, *_) = VARIED
    given_answers = part.answers(story.case, story.day, "A1")
    change = {**given_answers, "variation": type(given_answers["variation"])(found=answers.finding()["found"])}
    return story.does("appeal.decide", SENIOR, "A1", **change)


def _at_court() -> Iterator[Story]:
    story = a_finding().does("legal_action.consider", **answers.step())
    story.does("legal_action.consider", **answers.step()).does("legal_action.approve", SENIOR, "C1", reasons="Yes.")
    story.weighed(Step.LEGAL).does("legal_action.start", subject="C1", court="County court")
    served = {"served_on": story.day, "how": "By hand", "what_next": "A hearing."}
    story.does("legal_action.serve", subject="C1", people=("person",), **served)
    story.does("legal_action.order", subject="C1", terms="Stay away.", until=story.day + timedelta(days=90))
    yield replace_day(story, 0).does("legal_action.serve", subject="C1", people=("other",), **served)
    yield replace_day(story, 0).does("legal_action.end", subject="C1", outcome="Withdrawn")
    yield story.does("legal_action.breach", subject="C1", what="Came back", happened_on=story.day)


def _with_the_police() -> Story:
    story = given().reported().does("police.report", INVESTIGATOR, **answers.BELIEF)
    return story.does("police.update", INVESTIGATOR, "P1", update="They visit.", reference="CR/1")


def _asked_again() -> Iterator[Story]:
    yield an_investigation().does("support.ask", INVESTIGATOR, how="By telephone.")
    yield an_investigation().does("support.decline", INVESTIGATOR, words="No.")
    yield an_investigation().heard().asked().does("incident.identify", person="another", how="A neighbour said.")
    twice = ready_to_decide().does("support.refer", INVESTIGATOR, **answers.REFERRAL)
    twice.does("support.refer", INVESTIGATOR, **answers.REFERRAL).does("support.end", INVESTIGATOR, "R1", outcome="Ok.")
    yield twice
    yield a_finding().does("support.override", **{"name": "Kim", "reason": "A child."})
    yield (
        a_finding()
        .does("warning.propose_skipping", reason="x")
        .does("warning.refuse_skipping", SENIOR, reason="Warn him.")
    )
    yield (
        a_finding().does("warning.propose_skipping", reason="x").does("warning.approve_skipping", SENIOR, reason="Yes.")
    )
    warning = {"expected": "Stop.", "if_it_goes_on": "We may limit contact."}
    warned = a_finding().does("warning.give", **warning)
    warned.does("correspondence.approve", MANAGER, "D2", **BRAILLE)
    warned.does("correspondence.send", MANAGER, "D2", how=answers.POSTED["delivery"]).later(days=9)
    yield warned.does("correspondence.deliver_format", subject="D2", delivered_on=warned.day)
    yield ready_to_decide().warned().does("incident.identify", person="another", how="A neighbour said.")


def _held() -> Iterator[Story]:
    yield given().reported().triaged().does("handling.assign", to="another manager", reason="Hers.")
    closed = given().reported().triaged(Triage.NOT_CONDUCT)
    closed.does("handling.close", outcome=Closing.PERSON_LEFT, reasons="Gone.")
    yield closed.later(days=5).does("handling.reopen", reasons="More came.")
    twice = a_warning_and_a_finding().limited(None)
    twice.weighed().limited(answers.BY_EMAIL_OR_LETTER)
    twice.does("expectation.lift", subject="L1", reasons="Better.")
    yield twice.told(LetterKind.LIMITS)
    marked = a_finding().marked().told(LetterKind.MARKER).later(days=160)
    marked.does("marker.notify_review", SYSTEM, "M1").later(days=10).weighed(Step.REVIEW)
    yield marked.does("marker.keep", subject="M1", reasons="It goes on.")
    changed = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed().told(LetterKind.LIMITS)
    changed.told(LetterKind.SINGLE_CONTACT).weighed(Step.REVIEW)
    changed.does("expectation.extend", subject="L1", reasons="On.").weighed(Step.REVIEW)
    yield changed.does("single_contact.extend", subject="S1", reasons="On.")
    twice_appealed = an_appeal().does("appeal.decide", SENIOR, "A1", outcome=Outcome.DISMISSED, reasons="Right.")
    yield twice_appealed.marked().appealed("M1").does("appeal.withdraw", CUSTOMER, "A2", words="Never mind.")
    confirmed = ready_to_decide().marked_at_once()
    yield confirmed.does("provisional_marker.confirm", ANOTHER_MANAGER, "M1", reasons="Agreed.")


def stories() -> Iterator[Story]:
    yield from places()
    yield from (_found_in_part(), *_at_court(), _with_the_police(), *_asked_again(), *_held())


def plain(value: Any) -> str:
    """A value in one line: of a dataclass only what is not as it is at first."""
    if is_dataclass(value) and not isinstance(value, type):
        first = {field.name: field.default for field in fields(value)}
        said = {name: getattr(value, name) for name in first}
        return f"{type(value).__name__}({', '.join(f'{n}={plain(v)}' for n, v in said.items() if v != first[n])})"
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, frozenset | set):
        return "{" + ", ".join(sorted(map(plain, value))) + "}"
    if isinstance(value, tuple | list):
        return "(" + ", ".join(map(plain, value)) + ")"
    if isinstance(value, dict):
        return "{" + ", ".join(sorted(f"{plain(k)}: {plain(v)}" for k, v in value.items())) + "}"
    return str(value) if isinstance(value, date) else repr(value)


def standing(case: Case) -> list[str]:
    empty = Case()
    return [f"{name}: {plain(getattr(case, name))}" for name in THREADS if getattr(case, name) != getattr(empty, name)]


def all_standing() -> dict[str, list[str]]:
    return {f"case {number}": standing(story.case) for number, story in enumerate(stories(), 1)}


if __name__ == "__main__":
    keep(FILE, all_standing())
