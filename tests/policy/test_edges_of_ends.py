"""What a letter still tells on the day it would go, what joins a case, and what a single contact's review promises."""

from dataclasses import replace
from datetime import timedelta

from evenhand.policy import joined, overtaken
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.incident import IncidentCorrected, IncidentReported
from evenhand.policy.standing.correspondence import Letter
from tests.policy import answers
from tests.policy.people import CUSTOMER, INVESTIGATOR, MANAGER, SENIOR, SYSTEM
from tests.policy.standing.happened import event
from tests.policy.stories import Story, a_finding, a_warning_and_a_finding, an_appeal, an_investigation, given


def letter(story: Story, kind: LetterKind) -> Letter:
    return [each for each in story.case.correspondence.letters if each.kind is kind][-1]


def test_a_letter_of_a_limit_that_merely_ran_out_is_overtaken_on_that_day_and_not_before() -> None:
    story = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER)
    found, ends = letter(story, LetterKind.LIMITS), story.case.expectation.limits[0].ends_on
    assert overtaken.why(story.case, found) == overtaken.why(story.case, found, ends) == ""
    assert overtaken.why(story.case, found, ends + timedelta(days=1)) == overtaken.ENDED


def test_only_a_letter_of_a_referral_goes_with_the_agreement_to_it() -> None:
    story = an_investigation().does("support.refer", INVESTIGATOR, **answers.REFERRAL)
    story.does("support.withdraw", INVESTIGATOR, "R1", words="No.")
    found = letter(story, LetterKind.REFERRAL)
    assert overtaken.why(story.case, found) == overtaken.NOT_AGREED
    assert overtaken.why(story.case, replace(found, kind=LetterKind.LEGAL)) == ""


def test_why_the_letter_about_an_appeal_is_out_of_date_is_said_as_it_was() -> None:
    story = an_appeal().does("appeal.withdraw", CUSTOMER, "A1", words="Never mind.")
    assert overtaken.why(story.case, letter(story, LetterKind.APPEAL_RECEIVED)) == overtaken.APPEAL_WITHDRAWN


def test_whoever_was_told_of_a_single_contact_or_a_marker_is_told_of_its_end() -> None:
    story = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed()
    assert [overtaken.was_told(story.case, id) for id in ("L1", "S1", "M1")] == [False, False, False]
    story.told(LetterKind.SINGLE_CONTACT)
    assert [overtaken.was_told(story.case, id) for id in ("L1", "S1")] == [False, True]
    marked = a_finding().marked()
    assert not overtaken.was_told(marked.case, "M1") and overtaken.was_told(marked.told(LetterKind.MARKER).case, "M1")


def test_a_correction_that_joins_a_case_alleges_nothing_more_than_what_joined() -> None:
    story = given().reported().triaged()
    past = [event(IncidentReported, incident="I1"), event(IncidentCorrected, incident="I1", alleges_more=True)]
    (_, corrected) = joined.taken(story.case, story.now(MANAGER), past, "OTHER")
    assert isinstance(corrected, IncidentCorrected) and (corrected.incident, corrected.alleges_more) == ("I2", False)


def test_of_a_report_that_is_still_believed_nobody_is_said_to_be_known_by_its_joining() -> None:
    story = given().reported(person=None)
    assert joined.identified(story.case, story.now(MANAGER), "person", "OTHER") == []


def test_a_review_of_a_single_contact_is_promised_with_it_and_one_of_a_plan_with_that() -> None:
    story = a_warning_and_a_finding().limited(answers.BY_EMAIL_OR_LETTER).appointed()
    promised = {id: story.objections("limit_review.notify", SYSTEM, id)[0].promise.name for id in ("L1", "S1")}
    assert promised == {"L1": "E1", "S1": "E2"}


def test_nobody_looks_into_what_is_said_of_themselves() -> None:
    told = {**answers.ALLEGATION, "colleague": SENIOR.id, "named": (MANAGER.id,)}
    story = given().does("counter_allegation.record", MANAGER, **told)
    asked = {"investigator": "somebody", "independent_because": "Elsewhere."}
    found = {each.words: each for each in story.objections("counter_allegation.assign", SENIOR, **asked)}
    mine = found["It is about you."]
    assert (mine.promise.name, mine.for_good) == ("I2", True)
    assert "It is about you." not in story.refusal("counter_allegation.assign", MANAGER, **asked)
