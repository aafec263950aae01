"""Every refusal names the promise for whose sake it is made: what a colleague may look up to understand it."""

import ast
from pathlib import Path

import pytest

from evenhand import policy
from evenhand.policy.events import appeal, handling
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.promises import Promise
from evenhand.policy.refusal import ASKED, unsaid
from evenhand.policy.verbs import VERBS
from tests.policy import answers
from tests.policy.people import COLLEAGUE, CUSTOMER, MANAGER
from tests.policy.stories import a_finding, a_warning_and_a_finding


def test_every_answer_that_can_be_left_empty_is_asked_for_in_words() -> None:
    named = {
        keyword.arg
        for file in Path(policy.__path__[0]).glob("**/*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == unsaid.__name__
        for keyword in node.keywords
    }
    assert named == ASKED.keys()
    (objection,) = unsaid(Promise.I1, reason=" ")
    assert objection.words == "Say the reason." and objection.unsaid and objection.field == "reason"


WHO_MAY = ("Only a", "An investigator", "A manager", "A duty", "An appeal is heard by")
WHY_NOT_JUST_ANYONE = {
    "incident.triage": Promise.I1,
    "investigation.open": Promise.I1,
    "support.ask": Promise.S1,
    "support.refer": Promise.S2,
    "support.override": Promise.S2,
    "warning.give": Promise.E1,
    "warning.approve_skipping": Promise.E1,
    "decision.decide": Promise.D1,
    "expectation.set": Promise.E1,
    "expectation.extend": Promise.E1,
    "single_contact.appoint": Promise.E2,
    "single_contact.end": Promise.E2,
    "incident.instruct": Promise.M1,
    "provisional_marker.place": Promise.M1,
    "provisional_marker.renew": Promise.M1,
    "marker.place": Promise.M1,
    "marker.keep": Promise.M2,
    "marker.remove": Promise.M2,
    "marker.withhold_notice": Promise.M1,
    "marker.give_notice": Promise.M1,
    "appeal.decide": Promise.D2,
    "police.report": Promise.P1,
    "legal_action.consider": Promise.L1,
    "counter_allegation.settle": Promise.I2,
}


@pytest.mark.parametrize("verb", WHY_NOT_JUST_ANYONE)
def test_whoever_may_not_do_something_is_told_for_which_promise(verb: str) -> None:
    story = a_finding()
    objections = VERBS[verb].objections(story.case, story.now(COLLEAGUE), None)
    about_who = {o.promise for o in objections if o.words.startswith(WHO_MAY)}
    assert about_who == {WHY_NOT_JUST_ANYONE[verb]}


def test_what_stands_in_the_way_of_a_marker_or_a_single_contact_cites_the_promise_about_it() -> None:
    marked = a_finding().does("marker.place", **answers.marker()).told(LetterKind.MARKER).appealed("M1")
    assert {o.promise for o in marked.objections("appeal.lodge", CUSTOMER, "M1", grounds="Not so.")} == {Promise.M3}
    assert {
        o.promise
        for o in marked.objections("appeal.decide", MANAGER, "A1", outcome=appeal.Outcome.DISMISSED, reasons="x")
    } >= {Promise.M3}
    contact = a_warning_and_a_finding().does("single_contact.appoint", **answers.single_contact())
    asked = contact.does("expectation.request_review", CUSTOMER, "S1", words="Please end it.")
    again = asked.objections("expectation.request_review", CUSTOMER, "S1", words="Please end it.")
    assert [o.promise for o in again] == [Promise.E2]
    closing = asked.objections("handling.close", outcome=handling.Outcome.RESOLVED, reasons="Done.")
    assert (Promise.E2, "single_contact.end") in {(o.promise, o.remedy) for o in closing}
    assert Promise.E1 not in {o.promise for o in closing}
