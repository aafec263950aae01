"""What is due, by when, from whom, and under which promise: whole lists, in cases that were lived through."""

from datetime import timedelta

import pytest

from evenhand.policy.conduct import Conduct
from evenhand.policy.deadline import due
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.incident import Aftercare, Injury, Triage
from evenhand.policy.events.investigation import Pause
from evenhand.policy.events.support import Agency
from evenhand.policy.need import Channel, LetterFormat
from tests.policy import answers
from tests.policy.people import CUSTOMER, DIRECTOR, DUTY, INVESTIGATOR, MANAGER, SENIOR, SYSTEM
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

BRAILLE = {**answers.POSTED, "format": LetterFormat.BRAILLE}
DECIDE = "2026-03-16 decision.decide - MANAGER D1: Decide the case"
TELL = "2026-02-04 correspondence.approve D1 MANAGER D1: Approve the letter: “What we decided”"
CARE = "2026-02-02 incident.look_after H1 MANAGER C4: A colleague who was affected is owed "


def owed(story: Story, *concepts: str) -> list[str]:
    """Each thing due in words, of these concepts or of all, soonest first."""
    return [
        f"{each.on} {each.verb} {each.subject or '-'} {each.who.name} {each.promise.name}: {each.what}"
        for each in due(story.case)
        if not concepts or each.verb.partition(".")[0] in concepts
    ]


def test_whoever_was_affected_is_called_debriefed_and_asked() -> None:
    story = given().reported()
    assert owed(story) == [
        CARE + "a call from their manager",
        CARE + "a debrief",
        CARE + "the question whether an injury must be reported under RIDDOR",
        CARE + "the question whether they want the police told",
        "2026-02-04 incident.triage I1 INVESTIGATOR I1: Triage the report",
    ]
    found = a_finding()
    assert owed(found, "incident")[-1] == CARE + "word of the outcome"
    for care in Aftercare:
        story.does("incident.look_after", MANAGER, "H1", care=care, note="Done.")
    assert not [each for each in owed(story, "incident") if "look_after" in each]


@pytest.mark.parametrize(("injury", "by"), [(Injury.SPECIFIED, "2026-02-12"), (Injury.OVER_SEVEN_DAYS, "2026-02-17")])
def test_a_grave_injury_is_reported_by_its_own_day_and_nobody_asks_whether(injury: Injury, by: str) -> None:
    report = {**answers.report(MONDAY), "harmed": (("target", "Ann", injury),)}
    story = given().does("incident.report", **report)
    report_it = f"{by} incident.look_after H1 MANAGER C4: Report the injury under RIDDOR, or say why not"
    assert [each for each in owed(story) if "RIDDOR" in each] == [report_it]
    story.does("incident.look_after", MANAGER, "H1", care=Aftercare.REPORTABLE)
    assert not [each for each in owed(story) if "RIDDOR" in each]


def test_who_did_it_at_a_home_is_found_out_before_the_instruction_ends() -> None:
    story = given().reported(Conduct.THREATS, person=None, harmed=False)
    story.does("incident.instruct", DUTY, instruction="Go in pairs.")
    until = "2026-02-16 incident.identify - MANAGER M1: Find out who it was: the home’s instruction ends"
    assert owed(story)[-1] == until
    assert until not in owed(story.does("incident.identify", person="person", how="He said."))


def test_a_case_is_given_to_someone_who_contacts_the_customer_and_it_is_decided() -> None:
    story = given().reported(harmed=False).triaged()
    assert owed(story) == ["2026-02-09 investigation.open - MANAGER I1: Give the case an investigator", DECIDE]
    story.investigated()
    contact = "2026-02-09 investigation.invite - INVESTIGATOR I2: Contact the customer for their account"
    assert owed(story) == [contact, DECIDE]
    story.does("investigation.invite", INVESTIGATOR, how="By letter.")
    invitation = "Approve the letter: “Invitation to give their account”"
    assert owed(story) == [f"2026-02-04 correspondence.approve D1 INVESTIGATOR D1: {invitation}", DECIDE]


@pytest.mark.parametrize("how", ["tried", "heard", "declined"])
def test_who_was_contacted_in_any_way_is_not_to_be_contacted_for_the_first_time(how: str) -> None:
    story = an_investigation(harmed=False)
    if how == "tried":
        story.does("investigation.attempt", INVESTIGATOR, channel=Channel.PHONE, outcome="No answer")
    elif how == "heard":
        story.heard()
    else:
        story.does("investigation.decline", INVESTIGATOR, words="No.")
    assert owed(story) == [DECIDE]


def test_while_it_is_paused_only_the_pause_is_looked_at() -> None:
    story = an_investigation(harmed=False).does(
        "investigation.pause", why=Pause.POLICE, reason="Asked.", look_again_on=MONDAY + timedelta(days=14)
    )
    again = "Look again at why the investigation is paused"
    assert owed(story) == [f"2026-02-16 investigation.resume - INVESTIGATOR I2: {again}"]


def test_what_is_decided_or_turned_away_is_not_to_be_decided() -> None:
    assert owed(a_finding(harmed=False)) == [TELL]
    turned_away = given().reported(harmed=False).triaged(Triage.NOT_CONDUCT)
    assert not [each for each in owed(turned_away) if "decision" in each or "investigation" in each]


@pytest.mark.parametrize("decided", [False, True])
def test_going_without_a_warning_is_answered_before_the_finding_and_after_it(decided: bool) -> None:
    story = a_finding(harmed=False) if decided else ready_to_decide(harmed=False)
    story.does("warning.propose_skipping", reason="He has a knife.")
    skip = "Approve or refuse going without a warning"
    assert owed(story, "warning") == [f"2026-02-04 warning.approve_skipping - SENIOR_MANAGER E1: {skip}"]
    assert not owed(story.does("warning.approve_skipping", SENIOR, reason="Yes."), "warning")


@pytest.mark.parametrize("decided", [False, True])
@pytest.mark.parametrize(
    ("agency", "who"), [(Agency.CUSTOMER_PARTNER, "CUSTOMER_PARTNER"), (Agency.MEDIATION, "INVESTIGATOR")]
)
def test_how_a_referral_went_is_asked_until_it_is_known(agency: Agency, who: str, decided: bool) -> None:
    story = a_finding(harmed=False) if decided else ready_to_decide(harmed=False)
    story.does("support.refer", INVESTIGATOR, **{**answers.REFERRAL, "agency": agency})
    (asked,) = owed(story, "support")
    assert asked.endswith(f" support.end R1 {who} S2: Ask how the referral went")
    assert asked[:10] > str(story.day)
    assert not owed(story.does("support.end", INVESTIGATOR, "R1", outcome="They helped."), "support")


def test_a_letter_is_approved_posted_sent_again_and_delivered_in_its_format() -> None:
    story = a_finding(harmed=False)
    said = "“What we decided”"
    assert owed(story) == [TELL]
    story.does("correspondence.approve", MANAGER, "D1", **BRAILLE)
    deliver = (
        f"2026-02-04 correspondence.deliver_format D1 INVESTIGATOR D1: Deliver the letter in the format ordered: {said}"
    )
    assert owed(story) == [
        deliver,
        f"2026-02-04 correspondence.send D1 MANAGER D1: Post the letter, or hand it over: {said}",
    ]
    story.does("correspondence.send", MANAGER, "D1", how=answers.POSTED["delivery"])
    assert owed(story) == [deliver]
    story.does("correspondence.take_back", subject="D1", reason="The address is wrong.")
    again = f"Send the letter that came back another way: {said}"
    assert owed(story) == [f"2026-02-04 correspondence.approve D1 MANAGER D1: {again}"]


def test_whether_an_uncertain_letter_was_sent_is_found_out() -> None:
    story = a_finding(harmed=False).does("correspondence.approve", MANAGER, "D1", **answers.POSTED)
    story.does("correspondence.doubt", SYSTEM, "D1")
    what = "Find out whether the letter was sent: “What we decided”"
    assert owed(story) == [f"2026-02-04 correspondence.approve D1 MANAGER D1: {what}"]


def test_a_letter_that_was_overtaken_is_set_aside_and_the_next_one_goes() -> None:
    story = a_finding(harmed=False).appealed().weighed(Step.APPEAL, SENIOR)
    story.does("appeal.decide", SENIOR, "A1", outcome=Outcome.UPHELD, reasons="Wrong.")
    what = "Set aside the letter, which is out of date: “What we decided”"
    found = owed(story, "correspondence")
    assert f"2026-02-04 correspondence.set_aside D1 MANAGER D1: {what}" in found
    assert [each.split()[1] for each in found].count("correspondence.approve") >= 1


def test_a_limit_and_a_single_contact_are_reviewed_and_a_customers_question_answered() -> None:
    story = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed()
    reviews = [
        "2026-08-05 expectation.extend L1 MANAGER E1: Review the limit on contact before it ends",
        "2026-08-05 single_contact.extend S1 MANAGER E2: Review the single contact before it ends",
    ]
    assert owed(story, "expectation", "single_contact") == reviews
    story.does("expectation.request_review", CUSTOMER, "L1", words="End it.")
    story.does("expectation.request_review", CUSTOMER, "S1", words="End it.")
    assert owed(story, "expectation", "single_contact") == [
        "2026-03-05 expectation.keep L1 MANAGER E1: Answer the customer, who asks for the limit on contact to end",
        "2026-03-05 expectation.keep S1 MANAGER E2: Answer the customer, who asks for the single contact to end",
        *reviews,
    ]
    story.does("expectation.lift", subject="L1", reasons="Better.")
    story.does("single_contact.end", subject="S1", reasons="Better.")
    assert not owed(story, "expectation", "single_contact")
    expected = a_warning_and_a_finding().limited(None)
    review = "2026-08-05 expectation.extend L1 MANAGER E1: Review what we expect of them before it ends"
    assert owed(expected, "expectation") == [review]


def test_a_provisional_marker_is_confirmed_weighed_and_decided_on() -> None:
    story = a_finding(harmed=False).marked_at_once()
    assert owed(story, "provisional_marker", "assessment", "marker") == [
        "2026-02-03 provisional_marker.confirm M1 MANAGER M1: Confirm the provisional marker",
        "2026-02-05 assessment.make M1 MANAGER M1: Assess the provisional marker",
        "2026-03-02 marker.place M1 MANAGER M1: Decide on the provisional marker, or renew it",
    ]


def test_a_marker_is_reviewed_and_a_customers_question_answered() -> None:
    story = a_finding(harmed=False).marked()
    review = "2026-08-02 marker.keep M1 MANAGER M2: Review the marker"
    assert owed(story, "marker") == [review]
    story.does("marker.request_review", CUSTOMER, "M1", words="End it.")
    answer = "2026-03-02 marker.keep M1 MANAGER M2: Answer the customer, who asks for the marker to go"
    assert owed(story, "marker") == [answer, review]


def test_a_withheld_notice_is_looked_at_instead_of_its_letter_and_other_letters_go() -> None:
    story = a_finding(harmed=False).marked().does("marker.withhold_notice", SENIOR, "M1", reasons="He would find her.")
    story.appealed()
    again = "2026-05-02 marker.give_notice M1 SENIOR_MANAGER M1: Look again at withholding notice"
    assert owed(story, "marker") == [again, "2026-08-02 marker.keep M1 MANAGER M2: Review the marker"]
    letters = [each.split()[2] for each in owed(story, "correspondence")]
    assert sorted(letters) == ["D1", "D3"]


def test_an_appeal_a_joined_record_and_what_a_customer_says_of_a_colleague_are_answered() -> None:
    assert owed(an_appeal(), "appeal") == ["2026-03-02 appeal.decide A1 SENIOR_MANAGER D2: Decide the appeal"]
    joined = a_finding().does("handling.join_records", SYSTEM, other="other")
    reconcile = "2026-02-09 handling.reconcile - MANAGER I1: Reconcile the person’s joined records"
    assert owed(joined, "handling") == [reconcile]
    complained = given().does("counter_allegation.record", MANAGER, **answers.ALLEGATION)
    resolve = "2026-03-16 counter_allegation.resolve - MANAGER I2: Resolve what the customer says of a colleague"
    assert owed(complained) == [resolve]


def test_holds_are_looked_at_soonest_first_even_after_a_death() -> None:
    story = a_finding(harmed=False)
    for days in (60, 30):
        day = story.day + timedelta(days)
        story.does("disposal.hold", DIRECTOR, reason="A claim.", review_on=day)
    holds = [
        "2026-03-04 disposal.keep K2 SENIOR_MANAGER I1: Look at the legal hold again, or let go of it",
        "2026-04-03 disposal.keep K1 SENIOR_MANAGER I1: Look at the legal hold again, or let go of it",
    ]
    assert owed(story, "disposal") == holds
    story.does("handling.record_death", SYSTEM, died_on=story.day)
    assert owed(story) == holds
