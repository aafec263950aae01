"""Reports, findings and what holds a case back, at their edges: the year, the day, the last of several."""

from dataclasses import replace
from datetime import timedelta

import pytest

from evenhand.policy import disposal, joined
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.disposal import Clock, longest, unsettled
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.decision import FindingMade
from evenhand.policy.events.disposal import CaseDisposed, Category
from evenhand.policy.events.handling import Matter
from evenhand.policy.events.incident import IncidentCorrected, IncidentReported, IncidentTriaged, Source, Triage
from evenhand.policy.need import Channel, Need
from evenhand.policy.terms import months_after
from tests.policy import answers
from tests.policy.people import DUTY, INVESTIGATOR, MANAGER, SENIOR, SYSTEM
from tests.policy.stories import (
    MONDAY,
    Story,
    a_finding,
    a_warning_and_a_finding,
    an_appeal,
    an_investigation,
    given,
    ready_to_decide,
)
from tests.policy.test_deadline import owed
from tests.policy.test_disposal import GONE, not_conduct
from tests.policy.test_next_step_subject import steps

JOINS = {"outcome": Triage.JOINS, "joins": "OTHER", "reason": "The same evening."}


def joining(story: Story, *conducts: Conduct, person: str | None = "person") -> Story:
    """Another report is triaged into the case."""
    report = given(day=story.day).reported(*conducts, person=person)
    for event in joined.taken(story.case, story.now(MANAGER), report.events, "LATER"):
        story.happens(event)
    return story


def test_six_years_back_is_a_year_to_report_of_and_seven_is_not() -> None:
    told = answers.report(MONDAY)
    for years, refused in ((6, False), (7, True)):
        back = {**told, "happened_on": MONDAY.replace(year=MONDAY.year - years)}
        assert ("more than six years ago" in given().refusal("incident.report", **back)) is refused


def test_all_that_a_report_says_is_kept() -> None:
    said = {
        "happened_at": "About 3pm",
        "where": "At the door",
        "channel": Channel.PHONE,
        "source": Source.CONTRACTOR,
        "danger_now": True,
        "on_behalf_of": "Ann",
        "witnesses": "Two",
        "described": "Tall",
        "online_account": "@tall",
        "put_right": "The leak was ours.",
        "help_offered": "An interpreter.",
    }
    reported = given().does("incident.report", **answers.report(MONDAY), **said).events[0]
    assert isinstance(reported, IncidentReported)
    assert {name: getattr(reported, name) for name in said} == said


def test_triage_names_the_case_that_a_report_joins_and_no_case_where_it_joins_none() -> None:
    joins = given().reported().does("incident.triage", **JOINS).events[-1]
    opens = given().reported().does("incident.triage", **{**JOINS, "outcome": Triage.NEW_CASE}).events[-1]
    assert isinstance(joins, IncidentTriaged) and isinstance(opens, IncidentTriaged)
    assert (joins.joins, opens.joins) == ("OTHER", None)


def test_a_correction_of_the_day_alone_alleges_no_more() -> None:
    story = an_investigation().heard()
    day = MONDAY - timedelta(days=1)
    story.does("incident.correct", subject="I1", correction="Sunday.", conducts=(Conduct.THREATS,), happened_on=day)
    corrected = story.events[-1]
    assert isinstance(corrected, IncidentCorrected) and not corrected.alleges_more
    assert story.case.investigation.heard


def test_an_instruction_about_one_incident_is_in_the_way_of_none_about_the_next() -> None:
    story = given().reported(person=None).triaged().does("incident.instruct", DUTY, instruction="Go in pairs.")
    assert "not given again" in story.refusal("incident.instruct", DUTY, instruction="Go in pairs.")
    assert not joining(story, person=None).refusal("incident.instruct", DUTY, instruction="Go in threes.")


def test_a_marker_about_a_report_that_joined_a_case_is_renewed_by_someone_senior_until_that_is_decided() -> None:
    story = given().reported().marked_at_once().does("incident.triage", **JOINS)
    what = "Renew the provisional marker, or remove it: the case that its report joined is not decided"
    by = story.case.marker.all[0].decide_by
    assert f"{by} provisional_marker.renew M1 SENIOR_MANAGER M1: {what}" in owed(story)


def test_each_provisional_marker_is_assessed_and_not_only_the_first() -> None:
    story = given().reported().triaged().marked_at_once()
    assert "assessment.make" in steps(story, "assessment")
    story.weighed(Step.PROVISIONAL)
    assert not [each for each in owed(story) if "assessment.make" in each]
    story.does("marker.remove", subject="M1", reasons="It was a joke.")
    joining(story, Conduct.VIOLENCE).marked_at_once(incident="I2")
    assert "assessment.make" in steps(story, "assessment")
    assert [each for each in owed(story) if "Assess the provisional marker" in each]


def test_a_day_tried_is_asked_of_a_report_that_went_elsewhere_without_falling_over() -> None:
    story = given().reported().does("incident.triage", **JOINS)
    tried = {"channel": Channel.PHONE, "outcome": "No answer", "tried_on": MONDAY}
    assert "Nobody investigates" in story.refusal("investigation.attempt", INVESTIGATOR, **tried)


def test_a_demand_is_unreasonable_and_never_unacceptable() -> None:
    story = ready_to_decide()
    joining(story, Conduct.EXCESSIVE_EMAILS)
    wrong = answers.finding(THREATS=Finding.UNREASONABLE, EXCESSIVE_EMAILS=Finding.UNACCEPTABLE)
    refusal = story.refusal("decision.decide", **wrong)
    assert "A demand is unreasonable or neither: excessive emails." in refusal
    assert "Behaviour is unacceptable or neither: threats of violence or harm." in refusal


def test_a_finding_keeps_the_files_it_relies_on_and_says_no_more_than_was_said() -> None:
    files = (("E1", "call.wav", "0f"),)
    said = {k: v for k, v in answers.finding(THREATS=Finding.NEITHER).items() if k != "beyond_forceful"}
    (made,) = [
        each
        for each in ready_to_decide().does("decision.decide", **said, evidence=files).events
        if isinstance(each, FindingMade)
    ]
    assert (made.evidence, made.beyond_forceful) == (files, "")


def test_attempts_by_a_way_that_does_not_suit_are_no_ground_for_a_warning() -> None:
    story = an_investigation().weighed()
    for _ in range(story.terms.attempts):
        story.does("investigation.attempt", INVESTIGATOR, channel=Channel.PHONE, outcome="No answer").later(working=1)
    warning = {"expected": "Stop.", "if_it_goes_on": "Limits."}
    assert not story.refusal("warning.give", **warning)
    story.needing(Need.FINDS_TELEPHONE_HARD).weighed()
    assert "sought often enough" in story.refusal("warning.give", **warning)


def test_whoever_was_warned_and_not_told_yet_is_told_before_contact_is_limited() -> None:
    story = ready_to_decide().does("warning.give", expected="Stop.", if_it_goes_on="Limits.").found()
    (objection,) = story.objections("expectation.set", **answers.limits(story.day))
    assert objection.remedy == "correspondence.approve"
    (never,) = a_finding().objections("expectation.set", **answers.limits(MONDAY))
    assert never.remedy == "warning.give"


def test_what_is_expected_of_them_leaves_the_plan_that_they_have() -> None:
    story = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).weighed().limited(None)
    assert [limit.id for limit in story.case.expectation.live(story.day)] == ["L1", "L2"]


def test_a_clock_says_from_when_it_runs() -> None:
    terms = given().terms
    since = {Category.NOT_ADVERSE: MONDAY, Category.LIMIT: MONDAY - timedelta(days=9)}
    until = months_after(MONDAY - timedelta(days=9), terms.keep_limit_months)
    assert longest(since, terms) == Clock(Category.LIMIT, MONDAY - timedelta(days=9), until)


def words(story: Story) -> str:
    return " ".join(unsettled(story.case, story.day))


def test_nothing_waits_to_be_decided_in_a_case_that_was_closed_though_more_is_alleged_of_it_since() -> None:
    closed = ready_to_decide(harmed=False).found(THREATS=Finding.NEITHER).told(LetterKind.NO_ACTION)
    closed.does("handling.close", outcome=answers.PERSON_LEFT, reasons="Gone.")
    more = {"correction": "And shouted.", "conducts": (Conduct.THREATS, Conduct.SHOUTING), "happened_on": MONDAY}
    closed.does("incident.correct", subject="I1", **more)
    assert closed.case.decision.undecided and "has not been decided" not in words(closed)
    assert "has not been decided" in words(an_investigation())


def test_nobody_waits_for_an_appeal_against_a_finding_that_was_cancelled() -> None:
    story = an_appeal()
    assert "still time to appeal" in words(story)
    story.does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")
    assert "still time to appeal" not in words(story)


def test_a_hold_is_looked_at_again_tomorrow_at_the_soonest() -> None:
    story = a_finding()
    for days, refused in ((0, True), (1, False)):
        held = {"reason": "A claim.", "review_on": story.day + timedelta(days=days)}
        assert ("Choose a day from tomorrow" in story.refusal("disposal.hold", SENIOR, **held)) is refused


@pytest.mark.parametrize("matter", [Matter.CONDUCT, Matter.WELFARE])
def test_what_a_backup_brought_back_goes_again_as_it_had_gone(matter: Matter) -> None:
    story = not_conduct()
    gone = story.on(months_after(MONDAY, 13)).does("disposal.dispose", SYSTEM, **GONE).events[-1]
    assert isinstance(gone, CaseDisposed)
    told = replace(gone, matter=matter)
    now = story.later(days=3).now(SYSTEM)
    (again,) = disposal.dispose_again(now, told, 7)
    assert again == replace(told, at=now.at, on=now.day, by=SYSTEM.id, upto=7)
