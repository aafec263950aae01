"""What a case's page offers next, and what in the case it is done to: whole lists, in cases that were lived through."""

from datetime import timedelta

import pytest

from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.incident import Triage
from evenhand.policy.need import LetterFormat
from evenhand.policy.next_step import next_steps
from tests.policy import answers
from tests.policy.people import CUSTOMER, DUTY, INVESTIGATOR, MANAGER, SENIOR, SYSTEM
from tests.policy.stories import (
    Story,
    a_finding,
    a_warning_and_a_finding,
    an_appeal,
    an_investigation,
    given,
    ready_to_decide,
)


def steps(story: Story, *concepts: str) -> list[str]:
    """Each step with its subject, of these concepts or of all."""
    found = [(step.verb, step.subject) for step in next_steps(story.case, story.day)]
    said = [f"{verb} {subject}" if subject else verb for verb, subject in found]
    return [each for each in said if not concepts or each.partition(".")[0] in concepts]


def test_what_happened_at_a_home_is_said_for_the_home_until_somebody_did_or_the_person_is_known() -> None:
    story = given().reported(person=None)
    assert steps(story) == ["incident.instruct", "incident.triage I1", "incident.identify", "police.report"]
    story.does("incident.instruct", DUTY, instruction="Go in pairs.")
    assert steps(story) == ["incident.triage I1", "incident.identify", "police.report"]
    story.does("incident.identify", person="person", how="He gave his name.")
    assert steps(story) == ["provisional_marker.place", "incident.triage I1", "police.report"]


def test_without_a_home_there_is_none_to_instruct_about() -> None:
    story = given().does("incident.report", **{**answers.report(given().day, person=None), "home": None})
    assert steps(story) == ["incident.triage I1", "incident.identify", "police.report"]


def test_shouting_asks_for_no_marker_no_instruction_and_no_police() -> None:
    assert steps(given().reported(Conduct.SHOUTING)) == ["incident.triage I1"]
    assert steps(given().reported(Conduct.SHOUTING, person=None)) == ["incident.triage I1", "incident.identify"]


def test_the_police_are_asked_about_until_they_were_told_or_somebody_said_why_not() -> None:
    told = given().reported().does("police.report", INVESTIGATOR, **answers.BELIEF)
    assert not steps(told, "police")
    declined = given().reported().does("police.decline", incident="I1", reasons="No crime.")
    assert not steps(declined, "police")


def test_a_report_that_was_turned_away_asks_for_nothing_but_closing() -> None:
    assert steps(given().reported().triaged(Triage.NOT_CONDUCT)) == ["handling.close"]


def test_a_provisional_marker_is_confirmed_weighed_and_taken_away_again() -> None:
    story = ready_to_decide().marked_at_once()
    assert steps(story, "provisional_marker", "assessment", "marker") == [
        "provisional_marker.confirm M1",
        "assessment.make",
    ]
    story.weighed(Step.PROVISIONAL)
    assert steps(story, "provisional_marker", "assessment", "marker") == ["provisional_marker.confirm M1"]
    story.does("provisional_marker.confirm", SENIOR, "M1", reasons="Agreed.")
    assert not steps(story, "provisional_marker", "assessment", "marker")
    story.found()
    assert steps(story, "provisional_marker", "marker") == ["marker.place M1"]


def test_a_provisional_marker_may_be_made_one_of_six_months_after_a_finding() -> None:
    story = a_finding().marked_at_once()
    assert steps(story, "marker") == ["marker.place M1"]


def test_an_inquiry_goes_from_inviting_to_trying_to_deciding() -> None:
    story = an_investigation(harmed=False)
    inquiry = ["investigation", "counter_allegation", "support", "assessment", "decision"]
    assert steps(story, *inquiry) == [
        "investigation.invite",
        "investigation.hear",
        "support.answer",
        "assessment.make",
        "decision.decide",
    ]
    story.does("investigation.invite", INVESTIGATOR, how="By telephone.")
    assert steps(story, "investigation") == ["investigation.attempt", "investigation.hear"]
    story.heard()
    assert not steps(story, "investigation")
    story.asked()
    assert steps(story, *inquiry) == ["assessment.make", "decision.decide"]
    story.weighed()
    assert steps(story, *inquiry) == ["decision.decide"]


def test_who_declines_to_be_heard_is_not_asked_again() -> None:
    story = an_investigation().does("investigation.decline", INVESTIGATOR, words="No, thank you.")
    assert not steps(story, "investigation")


def test_what_the_customer_complains_of_is_settled_before_the_finding() -> None:
    story = an_investigation().heard(about_a_colleague=True)
    assert steps(story, "counter_allegation") == ["counter_allegation.settle"]
    story.does("counter_allegation.settle", set_apart=True, reason="Looked into apart.")
    assert not steps(story, "counter_allegation")


def test_a_warning_is_offered_once_and_limits_only_where_there_are_none() -> None:
    assert steps(a_finding(), "warning", "expectation", "marker") == ["warning.give", "expectation.set", "marker.place"]
    warned = a_warning_and_a_finding()
    assert steps(warned, "warning", "expectation") == ["expectation.set"]
    limited = warned.limited(answers.BY_EMAIL_OR_LETTER)
    assert not steps(limited, "warning", "expectation")


def test_a_single_contact_that_is_there_asks_for_no_limit_and_no_warning() -> None:
    story = a_warning_and_a_finding().appointed()
    assert not steps(story, "warning", "expectation", "single_contact")


def test_going_without_a_warning_is_approved_and_then_none_is_given() -> None:
    story = a_finding().does("warning.propose_skipping", reason="He has a knife.")
    assert steps(story, "warning") == ["warning.approve_skipping"]
    story.does("warning.approve_skipping", SENIOR, reason="Agreed.")
    assert not steps(story, "warning")


def test_a_proposal_to_go_without_a_warning_is_answered_before_the_finding_too() -> None:
    story = ready_to_decide().does("warning.propose_skipping", reason="He has a knife.")
    assert steps(story, "warning") == ["warning.approve_skipping"]


def test_a_demand_alone_is_never_marked() -> None:
    story = given().reported(Conduct.EXCESSIVE_EMAILS).triaged().investigated().heard().asked().weighed()
    story.found(EXCESSIVE_EMAILS=Finding.UNREASONABLE)
    assert not steps(story, "marker", "provisional_marker")


@pytest.mark.parametrize(("days", "shown"), [(-29, False), (-28, True), (0, True)])
def test_reviews_are_shown_four_weeks_ahead(days: int, shown: bool) -> None:
    marked = a_finding().marked().told(LetterKind.MARKER)
    review = marked.case.marker.standing[0].review_on
    assert review
    marked.on(review + timedelta(days))
    assert steps(marked, "marker") == (["marker.keep M1", "marker.remove M1"] if shown else [])

    limited = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed()
    limited.on(limited.case.expectation.limits[0].review_on + timedelta(days))
    assert steps(limited, "expectation", "single_contact") == (
        ["expectation.extend L1", "expectation.lift L1", "single_contact.extend S1", "single_contact.end S1"]
        if shown
        else []
    )


def test_a_review_that_the_customer_asked_for_is_answered_by_keeping_changing_or_ending() -> None:
    marked = a_finding().marked().does("marker.request_review", CUSTOMER, "M1", words="End it.")
    assert steps(marked, "marker") == ["marker.keep M1", "marker.remove M1"]

    limited = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed()
    limited.does("expectation.request_review", CUSTOMER, "L1", words="End it.")
    assert steps(limited, "expectation") == ["expectation.keep L1", "expectation.extend L1", "expectation.lift L1"]
    appointed = a_warning_and_a_finding().appointed()
    appointed.does("expectation.request_review", CUSTOMER, "S1", words="End it.")
    assert steps(appointed, "expectation", "single_contact") == [
        "expectation.keep S1",
        "single_contact.extend S1",
        "single_contact.end S1",
    ]


def test_notice_that_was_held_back_is_given() -> None:
    story = a_finding().marked().does("marker.withhold_notice", SENIOR, "M1", reasons="He would find her.")
    assert steps(story, "marker") == ["marker.give_notice M1"]


def test_an_appeal_is_decided_by_its_own_reference() -> None:
    assert steps(an_appeal(), "appeal") == ["appeal.decide A1"]


def test_a_step_at_court_goes_on_from_where_it_is() -> None:
    story = a_finding().does("legal_action.consider", **answers.step())
    assert steps(story, "legal_action", "assessment") == ["legal_action.approve C1"]
    story.does("legal_action.approve", SENIOR, "C1", reasons="Yes.")
    assert steps(story, "legal_action", "assessment") == ["assessment.make", "legal_action.start C1"]
    story.weighed(Step.LEGAL)
    assert steps(story, "legal_action", "assessment") == ["legal_action.start C1"]
    story.does("legal_action.start", subject="C1", court="County court")
    assert steps(story, "legal_action", "assessment") == ["legal_action.serve C1"]


def test_a_sealed_matter_shows_what_is_left_of_it_alone() -> None:
    complained = given().does("counter_allegation.record", **answers.ALLEGATION)
    assert steps(complained) == ["counter_allegation.assign"]
    complained.does("counter_allegation.assign", MANAGER, investigator="senior", independent_because="Another team.")
    assert steps(complained) == ["counter_allegation.resolve"]
    assert steps(given().does("welfare.open", about="CASE", colleague="target", note="Shaken.")) == ["welfare.note"]
    before_notice = given().does(
        "legal_action.consider_without_notice", **answers.step(), about="CASE", named=("senior",)
    )
    assert steps(before_notice) == ["legal_action.approve C1"]


def test_records_that_were_joined_are_looked_through_once() -> None:
    story = an_investigation().does("handling.join_records", SYSTEM, other="other")
    assert steps(story)[-1] == "handling.reconcile"
    story.does("handling.reconcile", reasons="Seen.")
    assert not steps(story, "handling")


def test_a_letter_is_approved_and_then_delivered_in_the_form_that_was_asked_for() -> None:
    story = a_finding()
    assert steps(story, "correspondence") == ["correspondence.approve D1"]
    story.told(LetterKind.FINDING, format=LetterFormat.BRAILLE)
    assert steps(story, "correspondence") == ["correspondence.deliver_format D1"]
    story.later(days=9).does("correspondence.deliver_format", subject="D1", delivered_on=story.day)
    assert not steps(story, "correspondence")


def test_a_letter_that_came_back_is_approved_again_and_one_that_is_overtaken_set_aside() -> None:
    story = a_finding().does("correspondence.approve", MANAGER, "D1", **answers.POSTED)
    assert not steps(story, "correspondence")
    story.does("correspondence.send", MANAGER, "D1", how=answers.POSTED["delivery"])
    story.does("correspondence.take_back", subject="D1", reason="The address is wrong.")
    assert steps(story, "correspondence") == ["correspondence.approve D1"]
    story.appealed().weighed(Step.APPEAL, SENIOR)
    story.does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")
    assert "correspondence.set_aside D1" in steps(story, "correspondence")


def test_nothing_is_delivered_of_a_letter_that_was_set_aside() -> None:
    braille = {**answers.POSTED, "format": LetterFormat.BRAILLE}
    story = a_finding().does("correspondence.approve", MANAGER, "D1", **braille)
    story.appealed().weighed(Step.APPEAL, SENIOR)
    story.does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")
    assert "correspondence.set_aside D1" in steps(story, "correspondence")
    story.does("correspondence.set_aside", subject="D1", reason="It was quashed.")
    assert not [step for step in steps(story, "correspondence") if step.endswith(" D1")]
