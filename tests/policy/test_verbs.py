"""Every verb is in the registry, every remedy names one, and each reads only the threads it declares."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from evenhand import policy
from evenhand.policy import deadline
from evenhand.policy.case import THREADS, Case, replay
from evenhand.policy.deadline import due
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.marker import TenancyEnded
from evenhand.policy.refusal import Objection
from evenhand.policy.verbs import VERBS
from tests.policy import answers
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
)
from tests.policy.more_acts import (
    COUNTER_ALLEGATION,
    DEATH,
    DISPOSAL,
    EXPECTATION,
    HANDLING,
    LEGAL,
    MARKER,
    NOTIFY_OF_REVIEW,
    POLICE,
    PROVISIONAL,
    REVIEWED_CONTACT,
    REVIEWED_LIMIT,
    REVIEWED_MARKER,
    SINGLE_CONTACT,
    WITHHELD,
)
from tests.policy.only import Only
from tests.policy.people import (
    COLLEAGUE,
    CUSTOMER,
    DIRECTOR,
    INDEPENDENT,
    INVESTIGATOR,
    MANAGER,
    SENIOR,
    SYSTEM,
    TARGET,
)
from tests.policy.stories import (
    Story,
    a_finding,
    a_warning_and_a_finding,
    an_appeal,
    an_investigation,
    given,
    ready_to_decide,
)

ROOT = Path(policy.__path__[0])


def modules() -> Iterator[str]:
    yield from (m.name for m in pkgutil.iter_modules(policy.__path__) if not m.ispkg)


def test_every_verb_is_in_the_registry_under_its_concept() -> None:
    written = {
        f"{name}.{each}": found
        for name in modules()
        for each, found in vars(importlib.import_module(f"evenhand.policy.{name}")).items()
        if hasattr(found, "objections") and found.__module__ == f"evenhand.policy.{name}"
    }
    assert dict(VERBS) == written


def remedies() -> Iterator[tuple[str, str]]:
    for file in sorted(ROOT.glob("**/*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == Objection.__name__:
                given_remedy = node.args[2:3] + [k.value for k in node.keywords if k.arg == "remedy"]
                yield from ((file.name, n.value) for n in given_remedy if isinstance(n, ast.Constant) and n.value)


def test_every_remedy_names_a_verb() -> None:
    found = list(remedies())
    assert len(found) > 20
    assert not [(file, remedy) for file, remedy in found if remedy not in VERBS]


def test_every_deadline_names_the_verb_that_answers_it() -> None:
    words = {
        n.value for n in ast.walk(ast.parse(Path(deadline.__file__).read_text("utf-8"))) if isinstance(n, ast.Constant)
    }
    named = {
        word for word in words if isinstance(word, str) and word.partition(".")[0] in set(modules()) and "." in word
    }
    assert len(named) > 10 and named <= set(VERBS)
    assert all(d.verb in VERBS for story in stories() for d in due(story.case))


def test_every_declared_thread_is_a_thread() -> None:
    assert not {name: verb.reads - THREADS.keys() for name, verb in VERBS.items() if verb.reads - THREADS.keys()}


def stories() -> list[Story]:
    """Cases that have come far, each in its own direction."""
    limited = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed().told(LetterKind.LIMITS)
    marked = a_finding().marked_at_once().marked().told(LetterKind.MARKER).does("marker.end_tenancy", SYSTEM, "M1")
    believed = given().reported().does("police.report", INVESTIGATOR, **answers.BELIEF)
    complains = an_investigation().heard(about_a_colleague=True)
    return [
        given(),
        given().reported(person=None),
        complains,
        believed,
        ready_to_decide().does("support.refer", INVESTIGATOR, **answers.REFERRAL),
        limited,
        marked,
        marked.later(days=190),
        an_appeal(),
        an_investigation().does("legal_action.consider", **answers.step()),
        given().does("counter_allegation.record", MANAGER, **answers.ALLEGATION),
        given().does("legal_action.consider_without_notice", **answers.step(), about="CASE", named=("senior",)),
        given().does("welfare.open", about="CASE", colleague="target", note="Shaken."),
    ]


def places() -> Iterator[tuple[Story, Case]]:
    for story in stories():
        for number in range(len(story.events) + 1):
            yield story, replay(story.events[:number])


EVERYONE = (TARGET, INVESTIGATOR, MANAGER, SENIOR, DIRECTOR, COLLEAGUE, INDEPENDENT, CUSTOMER, SYSTEM)
SUBJECTS = (None, "I1", "F1", "L1", "S1", "M1", "A1", "D1", "R1", "P1", "C1", "target")


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_looks_at_no_thread_but_those_it_declares_before_anyone_types(name: str) -> None:
    verb = VERBS[name]
    for story, case in places():
        for by in EVERYONE:
            for subject in SUBJECTS:
                seen: object = Only(case, verb.reads)
                assert all(o.words for o in verb.objections(seen, story.now(by), subject))  # type: ignore[arg-type]


EVERY_ACT = (
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
    NOTIFY_OF_REVIEW,
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
)


def test_nor_once_it_is_answered() -> None:
    asked = set()
    for story, case in places():
        story.case = case
        for act in EVERY_ACT:
            for by in act.by:
                for subject in SUBJECTS:
                    story.objections(act.verb, by, subject, **act.answers(case, story.day, subject))
                    asked.add(act.verb)
    apart = {
        "counter_allegation.",
        "welfare.",
        "legal_action.consider_without",
        "incident.",
        "aftercare.",
        "handling.name",
        "handling.step_in",
    }
    assert not [name for name in VERBS if name not in asked and not any(name.startswith(a) for a in apart)]


def test_a_thread_that_was_not_declared_is_not_there() -> None:
    with pytest.raises(AssertionError, match="not declared"):
        _ = Only(Case(), frozenset({"marker"})).decision


def test_the_end_of_a_tenancy_is_a_story_that_is_told() -> None:
    assert any(isinstance(event, TenancyEnded) for story in stories() for event in story.events)
