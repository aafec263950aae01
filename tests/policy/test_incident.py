"""C1, C4: who may report what, what becomes of it, and who looks after whom it hurt."""

from datetime import timedelta

from evenhand.policy import joined, unconfirmed
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.deadline import due
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.ending import Ending
from evenhand.policy.events.handling import Outcome
from evenhand.policy.events.incident import (
    Aftercare,
    AftercareMoved,
    ColleagueAffected,
    HomeInstructionPlaced,
    IncidentReported,
    Injury,
    Triage,
)
from evenhand.policy.promises import Promise
from evenhand.policy.staff import Actor
from tests.policy import answers
from tests.policy.people import COLLEAGUE, CUSTOMER, DIRECTOR, DUTY, INVESTIGATOR, MANAGER, RELATIVE, SENIOR, TARGET
from tests.policy.stories import KNOWN, MONDAY, Story, a_finding, an_investigation, given, ready_to_decide


def test_a_customer_cannot_report_themselves_or_a_neighbour_here() -> None:
    assert "reported by colleagues" in given().refusal("incident.report", CUSTOMER, **answers.report(MONDAY))


def test_a_report_names_at_least_one_kind_of_conduct_and_says_what_happened() -> None:
    empty = {**answers.report(MONDAY), "conducts": (), "account": " "}
    refusal = given().refusal("incident.report", COLLEAGUE, **empty)
    assert "at least one kind" in refusal and "account" in refusal


def test_nothing_can_be_reported_that_has_not_happened_yet_or_happened_long_ago() -> None:
    tomorrow = {**answers.report(MONDAY), "happened_on": MONDAY + timedelta(days=1)}
    assert "after today" in given().refusal("incident.report", COLLEAGUE, **tomorrow)
    mistyped = {**answers.report(MONDAY), "happened_on": MONDAY.replace(year=1926)}
    assert "Check the year" in given().refusal("incident.report", COLLEAGUE, **mistyped)


def test_a_report_is_made_once() -> None:
    assert "already made" in given().reported().refusal("incident.report", COLLEAGUE, **answers.report(MONDAY))


def test_who_was_hurt_is_looked_after_the_same_day_and_the_injury_reported_in_time() -> None:
    harmed = (("a", "Ann", Injury.SPECIFIED), ("b", "Bob", Injury.OVER_SEVEN_DAYS), ("c", "Cat", Injury.UPSET))
    story = given().does("incident.report", COLLEAGUE, **{**answers.report(MONDAY), "harmed": harmed})
    affected = [event for event in story.events if isinstance(event, ColleagueAffected)]
    assert [e.aftercare_by for e in affected] == [MONDAY] * 3
    days = [(e.report_injury_by - MONDAY).days if e.report_injury_by else None for e in affected]
    assert days == [10, 15, None]


def test_a_target_or_a_colleague_without_the_role_cannot_triage() -> None:
    story = given().reported()
    assert "You were affected" in story.refusal("incident.triage", TARGET, outcome=Triage.NEW_CASE)
    assert "Only an investigator" in story.refusal("incident.triage", COLLEAGUE, outcome=Triage.NEW_CASE)


def test_turning_a_report_away_takes_a_reason_and_joining_takes_a_case() -> None:
    story = given().reported()
    assert "reason" in story.refusal("incident.triage", outcome=Triage.NOT_CONDUCT)
    assert "Choose the case" in story.refusal("incident.triage", outcome=Triage.JOINS, reason="Same day")


def test_a_report_is_not_triaged_twice_and_no_other_can_be() -> None:
    again = given().reported().triaged()
    assert "waits for triage" in again.refusal("incident.triage", outcome=Triage.NEW_CASE)
    other = given().reported()
    assert "waits for triage" in other.refusal("incident.triage", subject="I7", outcome=Triage.NEW_CASE)


def test_someone_else_cannot_be_named_once_a_decision_rests_on_the_person() -> None:
    who = {"person": "someone else", "how": "Seen."}
    assert "rest on who the person is" in a_finding().refusal("incident.identify", **who)
    assert "says who the person is" in given().reported().refusal("incident.identify", COLLEAGUE, **who)


def test_what_was_put_to_one_person_was_not_put_to_another() -> None:
    story = ready_to_decide().does("incident.identify", person="someone else", how="It was the brother.")
    refusal = story.refusal("decision.decide", **answers.finding())
    assert "account has not been heard" in refusal and "has not been asked" in refusal and "assessment" in refusal


def test_a_correction_stands_beside_the_report_until_a_finding_rests_on_it() -> None:
    change = {"correction": "It was the evening.", "conducts": (Conduct.THREATS,), "happened_on": MONDAY}
    assert not an_investigation().refusal("incident.correct", subject="I1", **change)
    assert "already rests" in a_finding().refusal("incident.correct", subject="I1", **change)
    assert "no such incident" in an_investigation().refusal("incident.correct", subject="I9", **change)
    assert "Whoever reported it" in an_investigation().refusal("incident.correct", COLLEAGUE, "I1", **change)
    future = {**change, "happened_on": MONDAY + timedelta(days=2), "conducts": ()}
    refusal = an_investigation().refusal("incident.correct", subject="I1", **future)
    assert "after today" in refusal and "at least one kind" in refusal


def test_what_a_correction_adds_has_yet_to_be_put_to_the_customer() -> None:
    more = {
        "correction": "He hit her, too.",
        "conducts": (Conduct.THREATS, Conduct.VIOLENCE),
        "happened_on": MONDAY,
    }
    story = ready_to_decide().does("incident.correct", INVESTIGATOR, "I1", **more)
    assert "account has not been heard" in story.refusal("decision.decide", **answers.finding())


def test_an_unknown_person_leaves_an_instruction_on_the_home_for_ten_working_days() -> None:
    story = given().reported(person=None).does("incident.instruct", DUTY, instruction="Visit in pairs.")
    [placed] = [event for event in story.events if isinstance(event, HomeInstructionPlaced)]
    assert placed.until == story.terms.working_days_after(MONDAY, 10)


def test_a_known_person_is_never_marked_on_their_home() -> None:
    assert "never the home" in given().reported().refusal("incident.instruct", DUTY, instruction="x")
    nowhere = given().does("incident.report", COLLEAGUE, **{**answers.report(MONDAY, person=None), "home": None})
    assert "names no home" in nowhere.refusal("incident.instruct", DUTY, instruction="x")


def test_looking_after_a_colleague_is_for_their_manager_and_for_whoever_was_affected() -> None:
    story = given().reported()
    assert not story.refusal("incident.look_after", MANAGER, "H1", care=Aftercare.CALL)
    assert "manager or duty" in story.refusal("incident.look_after", COLLEAGUE, "target", care=Aftercare.CALL)
    assert "No such colleague" in story.refusal("incident.look_after", MANAGER, "nobody", care=Aftercare.CALL)


def test_a_colleague_who_lives_with_the_customer_can_do_nothing_in_the_case() -> None:
    known = type(KNOWN)(person="person", colleagues_too=frozenset({RELATIVE.id}))
    story = given(known).reported()
    assert "live with" in story.refusal("incident.triage", RELATIVE, outcome=Triage.NEW_CASE)


def test_an_instruction_on_a_home_is_not_given_twice_about_one_incident() -> None:
    story = given().reported(person=None).does("incident.instruct", DUTY, instruction="Visit in pairs.")
    assert "not given again" in story.later(working=11).refusal("incident.instruct", DUTY, instruction="Still.")


def test_a_report_that_is_not_about_conduct_leaves_no_instruction_on_a_home() -> None:
    story = given().reported(person=None).triaged(Triage.NOT_CONDUCT)
    assert "not to be about conduct" in story.refusal("incident.instruct", DUTY, instruction="Visit in pairs.")


def test_whether_an_injury_must_be_reported_is_asked_the_same_day_of_every_colleague_affected() -> None:
    asked = [d for d in due(given().reported().case) if "RIDDOR" in d.what]
    assert [d.on for d in asked] == [MONDAY]


def test_another_day_of_the_incident_moves_the_last_day_to_report_an_injury() -> None:
    harmed = ((TARGET.id, "Ann", Injury.SPECIFIED), (None, "Bo", Injury.UPSET))
    story = given().does("incident.report", COLLEAGUE, **{**answers.report(MONDAY), "harmed": harmed})
    days = [a.report_injury_by for a in story.case.incident.affected]
    assert days == [MONDAY + timedelta(days=10), None]
    correction = {"correction": "It was Friday.", "conducts": (Conduct.THREATS,)}
    story.does("incident.correct", subject="I1", happened_on=MONDAY - timedelta(days=3), **correction)
    moved = MONDAY + timedelta(days=7)
    assert [a.report_injury_by for a in story.case.incident.affected] == [moved, None]
    assert [d.on for d in due(story.case) if "Report the injury" in d.what] == [moved]
    story.does("incident.correct", subject="I1", happened_on=MONDAY - timedelta(days=3), **correction)
    assert not isinstance(story.events[-1], AftercareMoved), "the same day moves nothing"


def test_an_incident_that_joins_a_closed_case_opens_it_again_with_a_clock_of_its_own() -> None:
    story = ready_to_decide().found(THREATS=Finding.NEITHER).told(LetterKind.NO_ACTION)
    story.does("handling.close", outcome=Outcome.NO_ACTION, reasons="Nothing.").later(days=90)
    reported, affected = given().reported().events[:2]
    assert isinstance(reported, IncidentReported) and isinstance(affected, ColleagueAffected)
    for event in joined.taken(story.case, story.now(DIRECTOR), [reported, affected], of="OTHER"):
        story.happens(event)
    assert not story.case.handling.closed
    (decide,) = (d for d in due(story.case) if d.verb == "decision.decide")
    assert decide.on == story.terms.working_days_after(story.day, 30)
    assert DIRECTOR.id in story.case.involvement.took_part, "whoever triaged it took part"


def test_no_task_and_no_address_names_a_colleague_who_has_no_account() -> None:
    harmed = ((None, "Bo Named", Injury.UPSET), (TARGET.id, "Ann", Injury.UPSET))
    story = given().does("incident.report", COLLEAGUE, **{**answers.report(MONDAY), "harmed": harmed})
    tasks = [d for d in due(story.case) if d.verb == "incident.look_after"]
    assert {d.subject for d in tasks} == {"H1", "H2"}
    story.does("incident.look_after", MANAGER, "H1", care=Aftercare.CALL)
    assert [a.given for a in story.case.incident.affected] == [{Aftercare.CALL}, frozenset()]


def joining(report: Story, story: Story, by: Actor = MANAGER) -> Story:
    """What `record` does when triage finds that a report belongs with a case."""
    report.does("incident.triage", by, outcome=Triage.JOINS, reason="The same week.", joins="CASE")
    for event in joined.taken(story.case, story.now(by), report.events, of="REPORT"):
        story.happens(event)
    for event in joined.identified(report.case, report.now(by), story.case.incident.person, of="CASE"):
        report.happens(event)
    return story


def test_a_provisional_marker_about_a_report_that_joins_a_case_keeps_its_days_and_begins_nowhere_again() -> None:
    report = given().reported().marked_at_once()
    before = report.case.marker.get("M1")
    story = joining(report.later(working=1), an_investigation().later(working=1))
    assert report.case.marker.get("M1") == before, "it is confirmed, assessed and decided by the same days"
    owed = {d.verb: d.on for d in due(report.case) if d.subject == "M1"}
    assert before and owed["provisional_marker.confirm"] == before.confirm_by
    assert owed["provisional_marker.renew"] == before.decide_by and "marker.place" not in owed
    again = story.refusal("provisional_marker.place", DUTY, **{**answers.marker(), "incident": "I2"})
    assert "There has been a marker about that incident" in again
    assert not report.refusal("provisional_marker.confirm", SENIOR, "M1", reasons="Agreed.")


def test_it_ends_once_the_case_it_joined_is_decided() -> None:
    report = given().reported().marked_at_once()
    joining(report, an_investigation())
    told = unconfirmed.decided_elsewhere(report.case, report.now(MANAGER), Ending.UNDECIDED, "Nothing was found.")
    for event in told:
        report.happens(event)
    assert not report.case.marker.standing and not [d for d in due(report.case) if d.promise is Promise.M1]
    waiting = given().reported().marked_at_once()
    assert not unconfirmed.decided_elsewhere(waiting.case, waiting.now(MANAGER), Ending.UNDECIDED, "x")


def test_an_instruction_on_a_home_ends_when_its_report_joins_a_case_about_somebody_and_is_not_given_again() -> None:
    report = given().reported(person=None).does("incident.instruct", DUTY, instruction="Visit in pairs.")
    joining(report, an_investigation())
    assert report.case.incident.person == "person" and not [d for d in due(report.case) if "home" in d.what]
    unknown = given().reported(person=None).does("incident.instruct", DUTY, instruction="Visit in pairs.")
    into = joining(unknown, given().reported(person=None).triaged())
    assert [d.on for d in due(unknown.case) if "home" in d.what] == [unknown.case.incident.home_instruction_until]
    assert "not given again" in into.refusal("incident.instruct", DUTY, instruction="Once more.")


def test_what_was_put_right_and_what_was_done_for_a_colleague_go_with_the_report() -> None:
    report = given().reported().does("incident.look_after", MANAGER, "H1", care=Aftercare.CALL)
    put_right = {"correction": "Shouting.", "conducts": (Conduct.SHOUTING,), "happened_on": MONDAY - timedelta(days=1)}
    report.does("incident.correct", subject="I1", **put_right)
    story = joining(report, an_investigation())
    found = story.case.incident.get("I2")
    assert found and (found.conducts, found.happened_on) == ({Conduct.SHOUTING}, MONDAY - timedelta(days=1))
    assert story.case.incident.affected[-1].given == {Aftercare.CALL}, "nobody is asked for it a second time"


def test_a_provisional_marker_is_not_renewed_while_its_report_waits_for_triage() -> None:
    story = given().reported().marked_at_once(DUTY).does("provisional_marker.confirm", MANAGER, "M1", reasons="Yes.")
    assert "waits for triage" in story.refusal("provisional_marker.renew", SENIOR, "M1", reasons="More time.")
    assert not story.triaged().refusal("provisional_marker.renew", SENIOR, "M1", reasons="More time.")
