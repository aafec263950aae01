"""The very day on which something begins or ends, and acts that another case brings about."""

from dataclasses import replace
from datetime import timedelta

from evenhand.policy import expectation
from evenhand.policy.deadline import due
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.expectation import ExpectationEnded, ExpectationSet
from evenhand.policy.events.incident import Triage
from evenhand.policy.need import Channel, LetterFormat, Need, suggested_format
from evenhand.policy.occasion import LiveLimit
from evenhand.policy.terms import months_after
from tests.policy import answers
from tests.policy.people import INVESTIGATOR, MANAGER, SENIOR, SYSTEM
from tests.policy.stories import KNOWN, Story, a_finding, a_warning_and_a_finding, given
from tests.policy.test_deadline import owed
from tests.policy.test_next_step_subject import steps


def limited() -> Story:
    return a_warning_and_a_finding().limited(answers.BY_LETTER).told(LetterKind.LIMITS)


def test_a_limit_that_leaves_no_way_that_suits_is_changed_by_the_next_working_day() -> None:
    story = limited().needing(Need.FINDS_WRITING_HARD).does("expectation.question", SYSTEM, "L1")
    what = "Change the limit, or lift it: no way it leaves open suits what the person needs"
    day = story.terms.working_days_after(story.day, 5)
    found = [each for each in due(story.case) if each.verb == "expectation.vary"]
    assert [(each.what, each.promise.name, each.who.name, each.subject) for each in found] == [
        (what, "E1", "MANAGER", "L1")
    ]
    assert story.day < found[0].on <= day
    assert steps(story, "expectation")[0] == "expectation.vary L1"


def test_a_single_contact_who_left_is_replaced_and_nobody_asks_twice() -> None:
    story = a_warning_and_a_finding().appointed().does("single_contact.cover", SYSTEM, "S1")
    what = "Name another single contact: the colleague left, or it does not suit what the person needs"
    found = [each for each in due(story.case) if each.verb == "single_contact.change"]
    assert [(each.what, each.promise.name, each.who.name, each.subject) for each in found] == [
        (what, "E2", "MANAGER", "S1")
    ]
    (objection,) = story.objections("single_contact.cover", SYSTEM, "S1")
    assert (objection.words, objection.promise.name, objection.remedy) == (
        "Another single contact is already asked for.",
        "E2",
        "single_contact.change",
    )


def test_a_courts_order_is_looked_at_when_it_runs_out() -> None:
    story = a_finding(harmed=False).does("legal_action.consider", **answers.step())
    story.does("legal_action.approve", SENIOR, "C1", reasons="Yes.").weighed(Step.LEGAL)
    story.does("legal_action.start", subject="C1", court="County court")
    until = story.day + timedelta(days=90)
    story.does("legal_action.order", subject="C1", terms="Stay away.", until=until)
    assert owed(story, "legal_action") == [f"{until} legal_action.end C1 MANAGER L1: The court’s order runs out"]


def test_a_plan_of_another_case_replaces_this_one_and_says_so() -> None:
    story = limited()
    (ended,) = expectation.give_way(story.case, story.now(MANAGER), "L1", "OTHER")
    assert isinstance(ended, ExpectationEnded)
    assert (ended.limit, ended.cause, ended.on, ended.by) == ("L1", Ending.REPLACED, story.day, MANAGER.id)
    assert ended.reasons == "Replaced by the plan set in case OTHER."


def test_a_plan_replaces_plans_alone_neither_a_single_contact_nor_what_is_expected() -> None:
    elsewhere = {
        LiveLimit("OTHER", "L7", frozenset({Channel.EMAIL})),
        LiveLimit("OTHER", "S7", frozenset({Channel.EMAIL}), True),
    }
    story = a_warning_and_a_finding()
    story.known = replace(KNOWN, limits=frozenset(elsewhere))
    expected = story.limited(None).events
    assert all(each.replaces is None for each in expected if isinstance(each, ExpectationSet))
    story.weighed().limited(answers.BY_EMAIL_OR_LETTER)
    (made,) = [each for each in story.events if isinstance(each, ExpectationSet) and each.plan]
    assert made.replaces == ("OTHER", "L7") and made.replaces_too == ()
    assert not story.case.expectation.limits[0].ended, "What is expected of them stands beside the plan."


def test_a_limit_may_last_twelve_months_to_the_day_and_lapses_the_day_after_its_last() -> None:
    story = a_warning_and_a_finding()
    year = months_after(story.day, 12)
    assert not story.refusal("expectation.set", **answers.limits(story.day), ends_on=year)
    late = story.refusal("expectation.set", **answers.limits(story.day), ends_on=year + timedelta(days=1))
    assert "at most 12 months" in late
    story.limited(answers.BY_EMAIL_OR_LETTER).appointed()
    for verb, subject, last in (
        ("expectation.lapse", "L1", story.case.expectation.limits[0].ends_on),
        ("single_contact.lapse", "S1", story.case.single_contact.contacts[0].ends_on),
    ):
        assert "not come to its end" in story.on(last).refusal(verb, SYSTEM, subject)
        assert not story.on(last + timedelta(days=1)).refusal(verb, SYSTEM, subject)


def test_how_a_complaint_is_still_pursued_is_asked_only_where_there_is_one_and_is_kept() -> None:
    story = a_warning_and_a_finding()
    assert not story.refusal("expectation.set", **answers.limits(story.day))
    assert not story.refusal("single_contact.appoint", **answers.single_contact())
    said = "By letter, as before."
    story.limited(answers.BY_EMAIL_OR_LETTER, complaint_open=True, complaint_considered=said).appointed(
        complaint_open=True, complaint_considered=said
    )
    assert [each.complaint_considered for each in story.events if hasattr(each, "complaint_considered")] == [said, said]


def test_who_already_has_a_single_contact_in_another_case_gets_no_second_one() -> None:
    story = a_warning_and_a_finding()
    story.known = replace(KNOWN, limits=frozenset({LiveLimit("OTHER", "S7", frozenset({Channel.PHONE}), True)}))
    assert "already has a single contact" in story.refusal("single_contact.appoint", **answers.single_contact())


def test_whoever_was_affected_by_the_person_elsewhere_is_no_single_contact() -> None:
    story = a_warning_and_a_finding()
    for known in (
        replace(KNOWN, affected=frozenset({"named colleague"})),
        replace(KNOWN, colleagues_too=frozenset({"named colleague"})),
    ):
        story.known = known
        assert "Choose another" in story.refusal("single_contact.appoint", **answers.single_contact())
    story.known = KNOWN
    story.does("investigation.declare_conflict", INVESTIGATOR, reason="My neighbour.")
    chosen = answers.single_contact(colleague=INVESTIGATOR.id)
    assert "Choose another" in story.refusal("single_contact.appoint", **chosen)


def test_a_marker_is_kept_by_a_manager_until_three_months_after_its_review_to_the_day() -> None:
    story = a_finding().marked()
    review = story.case.marker.standing[0].review_on
    assert review
    last = months_after(review, 3)
    assert "only a director" not in story.on(last).refusal("marker.keep", MANAGER, "M1", reasons="x")
    assert "only a director" in story.on(last + timedelta(days=1)).refusal("marker.keep", MANAGER, "M1", reasons="x")


def test_only_whom_a_report_that_stayed_affected_is_looked_after_here() -> None:
    story = given().reported()
    story.does("incident.triage", subject="I1", outcome=Triage.JOINS, joins="OTHER", reason="The same evening.")
    assert not [each for each in owed(story) if "look_after" in each]


def test_english_and_welsh_are_read_and_anything_else_is_translated() -> None:
    plain = suggested_format(frozenset(), "en")
    assert plain is LetterFormat.STANDARD
    assert suggested_format(frozenset(), "cy") is plain and suggested_format(frozenset(), "cy-GB") is plain
    assert suggested_format(frozenset(), "pl") is not plain
