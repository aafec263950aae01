"""P1, L1, L2, C4, rules 10, 15, 21, 22: the police, the court, sealed matters, and looking after a case."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.policy import handling, letter
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.counter_allegation import Result
from evenhand.policy.events.handling import Outcome
from evenhand.policy.events.legal_action import Against
from evenhand.policy.occasion import Known
from evenhand.policy.refusal import Refused
from evenhand.policy.standing.legal_action import Stage
from evenhand.policy.verbs import VERBS
from tests.policy import answers
from tests.policy.people import (
    ANOTHER_MANAGER,
    COLLEAGUE,
    CUSTOMER,
    DIRECTOR,
    DUTY,
    INVESTIGATOR,
    MANAGER,
    RELATIVE,
    SENIOR,
    SYSTEM,
    TARGET,
)
from tests.policy.stories import Story, a_finding, a_warning_and_a_finding, an_appeal, an_investigation, given

CLOSE = {"outcome": Outcome.RESOLVED, "reasons": "It stopped."}


def test_the_police_are_told_before_anyone_is_heard() -> None:
    assert not given().reported().refusal("police.report", DUTY, **answers.BELIEF)


def test_a_belief_has_reasons_an_incident_and_the_colleagues_own_wish() -> None:
    empty = {"incident": "I9", "belief": "", "reasons": "", "colleague_asked": ""}
    refusal = given().reported().refusal("police.report", DUTY, **empty)
    for why in ("which offence you believe", "reasons", "Choose an incident", "whether they want the police told"):
        assert why in refusal
    assert "no incident to report" in given().refusal("police.report", DUTY, **answers.BELIEF)
    assert "does this" in given().reported().refusal("police.report", COLLEAGUE, **answers.BELIEF)


def test_a_target_may_tell_the_police_and_does_not_decide_that_they_are_not_told() -> None:
    story = given().reported()
    assert not story.refusal("police.report", TARGET, **answers.BELIEF)
    assert "You were affected" in story.refusal("police.decline", TARGET, incident="I1", reasons="x")
    assert "no such report" in story.refusal("police.update", DUTY, "P1", update="x")


def legal(*, against: Against = Against.CUSTOMER, known: Known | None = None) -> Story:
    known = known or Known(person="person", age=40, tenancies=frozenset({"tenancy"}))
    story = given(known).reported().triaged()
    tenancy = "tenancy" if against is Against.TENANCY else None
    return story.does("legal_action.consider", **answers.step(against, tenancy))


def test_a_legal_step_takes_advice_someone_senior_and_an_assessment() -> None:
    story = an_investigation()
    assert "advice" in story.refusal("legal_action.consider", **{**answers.step(), "advice": ""})
    assert "You were affected" in story.refusal("legal_action.consider", TARGET, **answers.step())
    assert "Choose a tenancy" in story.refusal("legal_action.consider", **answers.step(Against.TENANCY, "another"))
    proposed = legal()
    assert "Someone senior" in proposed.refusal("legal_action.approve", ANOTHER_MANAGER, "C1", reasons="x")
    own = given().reported().does("legal_action.consider", SENIOR, **answers.step())
    assert "You proposed it" in own.refusal("legal_action.approve", SENIOR, "C1", reasons="x")
    assert "not at the stage" in proposed.refusal("legal_action.start", subject="C1", court="x")
    proposed.does("legal_action.approve", SENIOR, "C1", reasons="Yes.")
    assert "assessment for a legal step" in proposed.refusal("legal_action.start", subject="C1", court="x")
    assert "no such legal step" in proposed.refusal("legal_action.end", subject="C9", outcome="x")


def served(story: Story, *people: str) -> dict[str, object]:
    return {"served_on": story.day, "how": "By hand", "people": people, "what_next": "A hearing."}


def test_action_against_a_tenancy_is_served_on_each_joint_tenant() -> None:
    known = Known(person="person", tenancies=frozenset({"tenancy"}), joint_tenants=frozenset({"other"}))
    story = legal(against=Against.TENANCY, known=known).does("legal_action.approve", SENIOR, "C1", reasons="Yes.")
    story.weighed(Step.LEGAL).does("legal_action.start", subject="C1", court="County court")
    assert "each joint tenant" in story.refusal("legal_action.serve", subject="C1", **served(story, "person"))
    future = {**served(story, "person", "other"), "served_on": story.day + timedelta(days=1)}
    assert "not come yet" in story.refusal("legal_action.serve", subject="C1", **future)
    story.does("legal_action.serve", subject="C1", **served(story, "person", "other"))
    assert story.case.correspondence.letters[-1].kind is LetterKind.LEGAL


def sealed() -> Story:
    return given().does("legal_action.consider_without_notice", about="CASE", named=("senior",), **answers.step())


def test_a_legal_step_without_notice_is_known_to_those_named_alone() -> None:
    story = sealed()
    assert "not named" in story.refusal("legal_action.approve", DIRECTOR, "C1", reasons="x")
    assert "not named" in story.refusal("handling.close", DIRECTOR, **CLOSE)
    assert "already opened" in story.refusal(
        "legal_action.consider_without_notice", about="x", named=("senior",), **answers.step()
    )
    story.does("legal_action.approve", SENIOR, "C1", reasons="Yes.")
    assert not [event for event in story.events if letter.called_for(event)]


def test_a_sealed_step_names_another_colleague_and_nobody_close_to_the_person() -> None:
    alone = {"about": "CASE", "named": ("manager",), **answers.step()}
    assert "at least one other" in given().refusal("legal_action.consider_without_notice", **alone)
    near = given(Known(person="person", colleagues_too=frozenset({RELATIVE.id})))
    beside = {**alone, "named": ("senior", RELATIVE.id)}
    assert "close to the person" in near.refusal("legal_action.consider_without_notice", **beside)
    assert "Only a manager" in near.refusal("legal_action.consider_without_notice", RELATIVE, **alone)


def test_an_order_made_without_notice_can_be_served_and_then_broken() -> None:
    story = sealed().does("legal_action.approve", SENIOR, "C1", reasons="Yes.").weighed(Step.LEGAL, MANAGER)
    story.does("legal_action.start", subject="C1", court="County court")
    story.does("legal_action.order", subject="C1", terms="Stay away.")
    story.does("legal_action.serve", subject="C1", **served(story, "person"))
    assert story.case.legal_action.steps[0].stage is Stage.ORDERED
    assert not story.refusal("legal_action.breach", subject="C1", what="Came back", happened_on=story.day)


def allegation() -> Story:
    return given().does("counter_allegation.record", INVESTIGATOR, **{**answers.ALLEGATION, "colleague": "target"})


def test_an_allegation_is_sealed_and_never_in_the_hands_of_whom_it_is_about() -> None:
    told = {**answers.ALLEGATION, "named": ("target",), "colleague": "target"}
    assert "cannot be let in" in given().refusal("counter_allegation.record", INVESTIGATOR, **told)
    assert "It is about you" in given().refusal(
        "counter_allegation.record", TARGET, **{**answers.ALLEGATION, "colleague": "target"}
    )
    assert "Name a manager" in given().refusal("counter_allegation.record", **{**answers.ALLEGATION, "named": ()})
    assign = {"investigator": "target", "independent_because": "x"}
    assert "someone independent" in allegation().refusal("counter_allegation.assign", MANAGER, **assign)
    assert "not named" in allegation().refusal("counter_allegation.assign", SENIOR, **assign)
    assert "No allegation" in given().refusal("counter_allegation.assign", MANAGER, **assign)


def test_whoever_looks_into_an_allegation_resolves_it_and_the_customer_is_told() -> None:
    result = {"result": Result.PARTLY, "reasons": "In part.", "told": "We looked into it."}
    story = allegation()
    assert "Nobody independent" in story.refusal("counter_allegation.resolve", MANAGER, **result)
    story.does("counter_allegation.assign", MANAGER, investigator="senior", independent_because="Another team.")
    assert "independent investigator resolves" in story.refusal("counter_allegation.resolve", MANAGER, **result)
    story.does("counter_allegation.resolve", SENIOR, **result)
    assert story.case.correspondence.letters[-1].kind is LetterKind.COUNTER_ALLEGATION_OUTCOME
    assert "already resolved" in story.refusal("counter_allegation.resolve", SENIOR, **result)


def test_what_was_said_of_a_colleague_is_not_closed_before_it_is_resolved() -> None:
    closing = {"outcome": Outcome.NO_ACTION, "reasons": "Nothing more."}

    assert "is not resolved" in allegation().refusal("handling.close", MANAGER, **closing)


def test_what_was_never_said_of_a_colleague_cannot_be_settled() -> None:
    said = {"set_apart": True, "reason": "x"}
    assert "complains of no colleague" in an_investigation().refusal("counter_allegation.settle", **said)
    complains = an_investigation().heard(about_a_colleague=True)
    assert "You were affected" in complains.refusal("counter_allegation.settle", TARGET, **said)


def test_welfare_notes_are_begun_by_a_manager_and_read_by_those_named() -> None:
    first = {"about": "CASE", "colleague": "target", "note": "Shaken."}
    assert "A manager begins" in given().refusal("welfare.open", COLLEAGUE, **first)
    story = given().does("welfare.open", MANAGER, **first)
    assert "already begun" in story.refusal("welfare.open", MANAGER, **first)
    assert "not named" in story.refusal("welfare.note", SENIOR, colleague="target", note="x")
    assert not story.refusal("welfare.note", MANAGER, colleague="target", note="Better.")
    assert "kept apart" in given().reported().refusal("welfare.note", MANAGER, colleague="target", note="x")


def test_nothing_live_is_left_behind_when_a_case_closes() -> None:
    for story, why in (
        (given().reported(), "waits for triage"),
        (an_investigation(), "not been decided"),
        (an_appeal(), "appeal is open"),
        (a_warning_and_a_finding().limited(), "limit on contact is still"),
        (a_finding().marked(), "marker is still"),
        (legal(), "legal step has not ended"),
        (a_finding(), "letter has not been sent"),
    ):
        assert why in story.refusal("handling.close", **CLOSE)


def test_a_case_is_closed_by_someone_who_was_not_the_target_and_opened_again() -> None:
    story = a_finding().told(LetterKind.FINDING)
    assert "You were affected" in story.refusal("handling.close", TARGET, **CLOSE)
    assert "is open" in story.refusal("handling.reopen", reasons="x")
    story.does("handling.close", **CLOSE)
    assert "already closed" in story.refusal("handling.close", **CLOSE)
    assert "The case is closed" in story.refusal("marker.place", **answers.marker())
    assert not story.refusal("appeal.lodge", CUSTOMER, "F1", grounds="x")
    assert not story.refusal("handling.reopen", reasons="More came.")


def test_a_case_is_given_to_someone_free_of_conflict_and_by_the_system_when_a_colleague_leaves() -> None:
    story = an_investigation()
    assert "Choose another" in story.refusal("handling.assign", to=TARGET.id, reason="x")
    assert "A manager says" in story.refusal("handling.assign", COLLEAGUE, to="x", reason="x")
    assert not story.refusal("handling.assign", SYSTEM, to="another manager", reason="They left.")


def test_a_case_is_linked_to_another_once() -> None:
    story = an_investigation()
    assert "this case itself" in story.refusal("handling.link", other="CASE", reason="x")
    story.does("handling.link", other="OTHER", reason="One household")
    assert "already linked" in story.refusal("handling.link", other="OTHER", reason="x")


def test_death_ends_every_control_at_once_and_is_recorded_once() -> None:
    story = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed().marked()
    assert "not come yet" in story.refusal("handling.record_death", SYSTEM, died_on=story.day + timedelta(days=1))
    story.does("handling.record_death", SYSTEM, died_on=story.day)
    assert not story.case.marker.standing and not story.case.expectation.live(story.day)
    assert not story.case.single_contact.live(story.day)
    assert "already recorded" in story.refusal("handling.record_death", SYSTEM, died_on=story.day)


def test_joined_records_are_never_refused_and_a_manager_reconciles_them_in_five_working_days() -> None:
    story = an_investigation()
    assert "nothing to reconcile" in story.refusal("handling.reconcile", reasons="x")
    story.does("handling.join_records", SYSTEM, other="other")
    assert story.case.handling.reconcile_by == story.terms.working_days_after(story.day, 5)
    assert "A manager reconciles" in story.refusal("handling.reconcile", COLLEAGUE, reasons="x")
    assert not story.refusal("handling.reconcile", reasons="Seen.")


def test_whoever_was_affected_in_a_case_of_theirs_takes_no_legal_step_against_the_person() -> None:
    known = Known(person="person", affected=frozenset({SENIOR.id, MANAGER.id}))
    opening = {"about": "CASE", "named": ("senior",), **answers.step()}
    assert "affected" in given(known).refusal("legal_action.consider_without_notice", MANAGER, **opening)
    story = given(known).does("legal_action.consider_without_notice", DIRECTOR, **opening)
    assert "affected" in story.refusal("legal_action.approve", SENIOR, "C1", reasons="Yes.")
    assert "affected" in story.refusal("assessment.make", SENIOR, **answers.assessment(Step.LEGAL))


def test_whoever_was_affected_in_a_linked_case_decides_nothing_here() -> None:
    story = an_appeal()
    linked = replace(story.now(SENIOR), affected_in_linked=frozenset({SENIOR.id}))
    for verb, subject in (("decision.decide", None), ("appeal.decide", "A1"), ("correspondence.approve", "D1")):
        said = " ".join(o.words for o in VERBS[verb].objections(story.case, linked, subject))
        assert "You were affected" in said, verb


def test_a_link_is_seen_from_both_sides_and_a_sealed_matter_from_neither() -> None:
    story = an_investigation()
    (linked,) = handling.link_back(story.case, story.now(MANAGER), "OTHER", "The same row.")
    story.happens(linked)
    assert handling.link_back(story.case, story.now(MANAGER), "OTHER", "The same row.") == []
    with pytest.raises(Refused, match="no case with that reference"):
        handling.link_back(sealed().case, story.now(MANAGER), "OTHER", "x")
    assert "linked to nothing" in sealed().refusal("handling.link", MANAGER, other="OTHER", reason="x")


def test_the_colleague_complained_of_is_never_let_in_to_the_matter() -> None:
    opening = {**answers.ALLEGATION, "colleague": TARGET.id}
    story = given().does("counter_allegation.record", COLLEAGUE, **opening)
    assert "complained of" in story.refusal("handling.name", COLLEAGUE, colleague=TARGET.id, reason="x")
    assert not story.refusal("handling.name", COLLEAGUE, colleague="somebody", reason="x")


def test_only_the_system_lets_in_whoever_steps_in_and_never_the_colleague_complained_of() -> None:
    matter = given().does("counter_allegation.record", MANAGER, **answers.ALLEGATION, colleague="complained of")
    in_place = {"colleague": "cover", "reason": "Everyone named left."}
    assert "is found when" in matter.refusal("handling.step_in", MANAGER, **in_place)
    assert not matter.refusal("handling.step_in", SYSTEM, **in_place)
    assert "complained of" in matter.refusal("handling.step_in", SYSTEM, **{**in_place, "colleague": "complained of"})
    assert "was named" in matter.refusal("handling.step_in", SYSTEM, **{**in_place, "colleague": "manager"})
    assert "sealed matter" in given().reported().refusal("handling.step_in", SYSTEM, **in_place)
