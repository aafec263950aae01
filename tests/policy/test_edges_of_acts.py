"""What is left unsaid, said of today, or said of another: none of it passes for what was asked."""

from dataclasses import replace

import pytest

from evenhand.policy import handling
from evenhand.policy.appeal_effect import Variation
from evenhand.policy.conduct import Finding
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.incident import Triage
from evenhand.policy.events.investigation import HowOftenViewed
from evenhand.policy.events.marker import Control
from evenhand.policy.need import Channel
from evenhand.policy.refusal import Refused
from tests.policy import answers
from tests.policy.people import CUSTOMER, DUTY, INVESTIGATOR, MANAGER, SENIOR, SYSTEM
from tests.policy.stories import (
    KNOWN,
    MONDAY,
    Story,
    a_finding,
    a_warning_and_a_finding,
    an_investigation,
    given,
    ready_to_decide,
)


def upheld(story: Story, against: str) -> Story:
    story.appealed(against).weighed(Step.APPEAL, SENIOR)
    return story.does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")


def test_what_no_longer_stands_is_not_appealed() -> None:
    quashed = upheld(a_finding(), "F1")
    assert "no decision in force" in quashed.refusal("appeal.lodge", CUSTOMER, "F1", grounds="Again.")
    lifted = a_warning_and_a_finding().limited().does("expectation.lift", subject="L1", reasons="Better.")
    assert "no decision in force" in lifted.refusal("appeal.lodge", CUSTOMER, "L1", grounds="Not so.")


@pytest.mark.parametrize("against", ["L1", "S1"])
def test_an_appeal_ends_what_was_appealed_and_leaves_what_was_not(against: str) -> None:
    story = upheld(a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed(), against)
    live = {x.id for x in (*story.case.expectation.live(story.day), *story.case.single_contact.live(story.day))}
    assert live == {"L1", "S1"} - {against}


def test_a_change_on_appeal_is_said_and_is_whole() -> None:
    story = a_finding().marked().appealed("M1").weighed(Step.APPEAL, SENIOR)
    varied = {"outcome": Outcome.VARIED, "reasons": "In part.", "variation": Variation(controls=(Control.PAIRS,))}
    refusal = story.refusal("appeal.decide", SENIOR, "A1", **varied)
    assert "Say what changes" in refusal and "and who is told" in refusal


def test_a_finding_against_someone_without_a_word_of_why_it_is_more_than_forceful_is_none() -> None:
    given_answers = {k: v for k, v in answers.finding().items() if k != "beyond_forceful"}
    assert "more than a forceful" in ready_to_decide().refusal("decision.decide", **given_answers)


def test_an_attempt_that_did_not_ask_about_support_is_no_asking() -> None:
    story = an_investigation().does("investigation.attempt", INVESTIGATOR, channel=Channel.PHONE, outcome="No answer")
    assert not story.case.investigation.asked_each_time(1, frozenset())
    asked = an_investigation().does(
        "investigation.attempt", INVESTIGATOR, channel=Channel.PHONE, outcome="No answer", asked_support=True
    )
    assert asked.case.investigation.asked_each_time(1, frozenset())


def test_an_account_of_today_is_written_down_today() -> None:
    story = an_investigation().later(days=3)
    assert not story.refusal("investigation.hear", INVESTIGATOR, **answers.HEARD, heard_on=story.day)
    assert not story.refusal("investigation.hear", INVESTIGATOR, **answers.HEARD, heard_on=MONDAY)


def test_how_often_says_since_when() -> None:
    story = given().reported().triaged().does("investigation.open", investigator=INVESTIGATOR.id)
    story.does("investigation.view_how_often", INVESTIGATOR, earlier=2, since=MONDAY, view="Twice.")
    viewed = story.events[-1]
    assert isinstance(viewed, HowOftenViewed) and viewed.since == MONDAY


def test_nobody_close_or_with_a_conflict_is_given_a_case_or_steps_in() -> None:
    story = given().reported().triaged()
    story.known = replace(KNOWN, colleagues_too=frozenset({"close"}), affected=frozenset({"hurt"}))
    assert "Choose another" in story.refusal("handling.assign", to="close", reason="x")
    conflicted = an_investigation().does("investigation.declare_conflict", INVESTIGATOR, reason="My neighbour.")
    assert "Choose another" in conflicted.refusal("handling.assign", to=INVESTIGATOR.id, reason="x")
    matter = given().does("welfare.open", about="CASE", colleague="target", note="Shaken.")
    matter.known = replace(KNOWN, affected=frozenset({"hurt"}))
    assert "conflict of interest" in matter.refusal("handling.step_in", SYSTEM, colleague="hurt", reason="x")


def test_a_link_to_a_case_that_one_may_not_open_is_refused_beside_its_question() -> None:
    story = given().does("welfare.open", about="CASE", colleague="target", note="Shaken.")
    with pytest.raises(Refused) as refused:
        handling.link_back(story.case, story.now(SENIOR), "OTHER", "x")
    (objection,) = refused.value.objections
    assert (objection.promise.name, objection.field) == ("I1", "other")


def test_a_report_that_was_turned_away_is_no_ground_for_a_marker_at_once() -> None:
    story = given().reported().triaged(Triage.NOT_CONDUCT)
    refusal = story.refusal("provisional_marker.place", MANAGER, **answers.marker())
    assert "Choose the incident of violence" in refusal or "not to be about conduct" in refusal


def test_what_was_checked_of_a_young_person_and_how_to_attend_is_kept_with_a_marker() -> None:
    story = ready_to_decide()
    story.known = replace(KNOWN, age=16)
    said = {"safeguarding_check": "Spoke to the school.", "safe_attendance": "Two go; ring first."}
    marker = {**answers.marker(), "controls": (Control.OFFICE_ONLY,), **said}
    event = story.does("provisional_marker.place", SENIOR, **marker).events[-2]
    assert {name: getattr(event, name) for name in said} == said
    found = ready_to_decide()
    found.known = replace(KNOWN, age=16)
    placed = found.found(THREATS=Finding.UNACCEPTABLE).does("marker.place", SENIOR, **marker).events[-2]
    assert {name: getattr(placed, name) for name in said} == said


def test_a_duty_colleague_places_no_marker_that_lasts() -> None:
    assert "Only a manager" in a_finding().refusal("marker.place", DUTY, **answers.marker())
