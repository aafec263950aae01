"""C3, S2, D1, M3, L2: each kind of letter is drafted by the act that calls for it, and says what happened there."""

from datetime import date, timedelta

import pytest

from evenhand.cases import models, typesetting
from evenhand.cases.correspondence_json import from_dict
from evenhand.people.models import Need
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.assessment import Step
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.events.counter_allegation import Result
from evenhand.policy.events.incident import Triage
from evenhand.policy.events.legal_action import Against, Remedy
from evenhand.policy.events.support import Agency
from evenhand.policy.standing.correspondence import Post
from tests.cases.letter_story import DAY, MARK, Story
from tests.cases.test_letter_approved import NEXT, approve

pytestmark = pytest.mark.django_db


def words(letter: models.Letter, shape: str = "standard") -> str:
    return "\n".join(typesetting.statements(letter.kind, shape, from_dict(letter.data)).values())


def test_an_invitation_says_what_was_told_and_by_when_to_answer() -> None:
    story = Story().investigated(Conduct.SHOUTING, Conduct.EXCESSIVE_EMAILS)
    story.act("investigation.invite", story.ivy, how="Meet us at the library.")
    said = words(story.letter(LetterKind.INVITATION))
    assert "on 27 February 2026 you shouted at someone who works for us" in said
    assert "sent us far more emails than we could deal with" in said
    assert "call 0161 496 0122" in said and "meet us at the library" in said
    assert "by 11 March 2026" in said
    story.act("investigation.invite", story.ivy, how="", day=DAY + timedelta(days=9))
    assert "We last asked for your side of what happened on 2 March 2026" in words(story.letter(LetterKind.REMINDER))


@pytest.mark.parametrize("follows", ["Limit how you can contact us.", "We may limit how you can contact us."])
def test_a_warning_says_once_what_may_follow_and_what_is_expected(follows: str) -> None:
    story = Story().investigated().heard().assessed()
    story.act("warning.give", story.meg, expected="Speak calmly.", if_it_goes_on=follows)
    said = words(story.letter(LetterKind.WARNING))
    assert "Speak calmly." in said and "again, we may limit how you can contact us." in said
    assert "This warning lasts until 2 March 2027." in said
    assert "You can tell us your side of what happened at any time." in said and "make a complaint" in said


def test_a_finding_says_what_was_found_why_and_how_to_appeal() -> None:
    story = Story().found()
    letter = story.letter(LetterKind.FINDING)
    said = words(letter)
    assert (letter.adverse, letter.send_by, letter.post) == (True, date(2026, 3, 4), "waiting for approval")
    assert "We decided that this was unacceptable." in said and "Two people told us the same." in said
    assert "It went on after you were asked to stop." in said
    assert "I was upset about my boiler." in said
    assert "happened twice before since 1 September 2025" in said
    assert "20 working days" in said


def test_neither_is_told_as_no_further_action() -> None:
    story = Story().investigated().decided("Nobody is sure what was said.", Finding.NEITHER)
    letter = story.letter(LetterKind.NO_ACTION)
    assert not letter.adverse and "We are taking no further action." in words(letter)


def test_limits_are_told_in_full_with_the_emergency_route() -> None:
    story = Story().found().warned_or_not().limited()
    said = words(story.letter(LetterKind.LIMITS))
    for part in ("email to tenancies@harbour.example and letters", "telephone calls", "once a week", "Wednesday"):
        assert part in said
    assert "9am to 12 noon" in said and "0161 496 0999" in said and "please do not shout at our colleagues." in said
    story.assessed().limited(plan=None)
    assert "There is no limit on how you contact us." in words(story.letter(LetterKind.LIMITS))


def test_after_a_limit_every_letter_of_the_person_gives_the_emergency_route() -> None:
    story = Story().found().warned_or_not().limited()
    story.marked()
    assert "Emergencies always get through" in words(story.letter(LetterKind.MARKER))
    other = Story.__new__(Story)
    other.__dict__.update(story.__dict__)
    other.investigated().decided("Nothing in it.", Finding.NEITHER)
    assert other.reference != story.reference
    assert "Emergencies always get through" in words(other.letter(LetterKind.NO_ACTION))


def test_a_marker_says_how_it_shows_who_sees_it_and_until_when() -> None:
    story = Story().found(Conduct.THREATS).marked()
    said = words(story.letter(LetterKind.MARKER))
    assert "On 27 February 2026 you threatened someone with violence or harm, on the telephone" in said
    assert "Visit in pairs. Ring before visiting." in said and "our colleagues who take calls" in said
    assert "contractors" not in said and "2 September 2026" in said


def test_a_marker_is_about_behaviour_and_never_about_a_demand() -> None:
    story = Story().found(Conduct.THREATS, Conduct.EXCESSIVE_EMAILS).marked()
    assert "emails than we could deal with" not in words(story.letter(LetterKind.MARKER))


def test_a_provisional_marker_says_that_nothing_is_decided() -> None:
    story = Story().reported(Conduct.THREATS)
    story.act("provisional_marker.place", story.meg, **MARK)
    assert "We have not yet decided whether it stays." in words(story.letter(LetterKind.MARKER))


def test_a_provisional_marker_renewed_says_why_until_when_and_how_to_appeal() -> None:
    story = Story().reported(Conduct.THREATS)
    story.act("provisional_marker.place", story.meg, **MARK)
    story.act("incident.triage", story.ivy, outcome=Triage.NEW_CASE)
    story.act("provisional_marker.renew", story.sam, "M1", reasons="A witness is away.", day=date(2026, 3, 26))
    said = words(story.letter(LetterKind.REVIEW_OUTCOME))
    assert "It stays for now." in said and "A witness is away." in said and "still needed" not in said
    assert "We will decide by 27 April 2026" in said and "You can ask us to look again at what we decided" in said
    easy = words(story.letter(LetterKind.REVIEW_OUTCOME), "easy_read")
    assert "We have not decided if it stays for longer." in easy


def test_a_report_that_is_not_conduct_takes_its_marker_away_and_tells_only_whoever_was_told() -> None:
    story = Story().reported(Conduct.THREATS)
    story.act("provisional_marker.place", story.meg, **MARK)
    story.act("incident.triage", story.ivy, outcome=Triage.NOT_CONDUCT, reason="A repair.")
    assert story.letter(LetterKind.MARKER).post == Post.SET_ASIDE and story.row().closed
    assert not models.LiveControl.objects.exists() and not models.Task.objects.filter(promise="M1").exists()
    assert not models.Letter.objects.filter(kind=LetterKind.MARKER_ENDED).exists()


def test_whoever_was_told_of_a_marker_is_told_that_the_report_was_not_about_conduct() -> None:
    story = Story().reported(Conduct.THREATS)
    story.act("provisional_marker.place", story.meg, **MARK)
    approve(story, LetterKind.MARKER)
    story.act("incident.triage", story.ivy, outcome=Triage.NOT_CONDUCT, reason="A repair.", day=NEXT)
    assert "it is not a matter of anyone’s conduct" in words(story.letter(LetterKind.MARKER_ENDED))


def test_a_marker_kept_and_a_marker_removed_are_told_with_reasons() -> None:
    story = Story().found(Conduct.THREATS).marked().assessed(Step.REVIEW, day=date(2026, 9, 1))
    story.act("marker.keep", story.meg, "M1", day=date(2026, 9, 1), reasons="It happened again in July.")
    said = words(story.letter(LetterKind.REVIEW_OUTCOME))
    assert "It happened again in July." in said and "by 1 March 2027" in said and "see the note" in said
    story.act("marker.remove", story.meg, "M1", day=date(2026, 9, 2), reasons="All has been calm.")
    assert "All has been calm." in words(story.letter(LetterKind.MARKER_ENDED))


def test_a_review_done_late_says_sorry() -> None:
    late = date(2026, 11, 2)
    story = Story().found(Conduct.THREATS).marked()
    story.act("marker.notify_review", None, "M1", day=late)
    assert "We should have done this by 2 September 2026" in words(story.letter(LetterKind.REVIEW_NOTICE))
    story.assessed(Step.REVIEW, day=late)
    story.act("marker.keep", story.meg, "M1", day=late, reasons="Still needed.")
    assert "We should have done it by 2 September 2026" in words(story.letter(LetterKind.REVIEW_OUTCOME))


def test_a_notice_of_review_says_when_it_is_and_asks_what_has_changed() -> None:
    story = Story().found(Conduct.THREATS).marked()
    story.act("marker.notify_review", None, "M1", day=date(2026, 8, 20))
    said = words(story.letter(LetterKind.REVIEW_NOTICE))
    assert "By 2 September 2026 we will look again" in said and "We are sorry" not in said


def test_a_notice_of_review_says_what_the_limits_are_and_when_they_end() -> None:
    story = Story().found().warned_or_not().limited().appointed()
    for kind in (LetterKind.LIMITS, LetterKind.SINGLE_CONTACT):
        approve(story, kind)
    story.act("limit_review.notify", None, "L1", day=date(2026, 8, 4))
    said = words(story.letter(LetterKind.REVIEW_NOTICE))
    assert "By 2 September 2026 we will look again at the limits on how you can contact us" in said
    assert "It ends on 2 September 2026." in said and "We are sorry" not in said
    assert "Please tell us by 18 August 2026." in said and "Emergencies always get through" in said
    story.act("limit_review.notify", None, "S1", day=date(2026, 8, 4))
    said = words(story.letter(LetterKind.REVIEW_NOTICE))
    assert "having one named person for you to contact" in said and "go on contacting Ivy Inquirer" in said


def test_a_limit_that_goes_on_and_one_that_ends_are_told() -> None:
    story = Story().found().warned_or_not().limited()
    approve(story, LetterKind.LIMITS)
    story.assessed(Step.REVIEW, day=date(2026, 8, 3))
    story.act("expectation.extend", story.meg, "L1", day=date(2026, 8, 3), reasons="It went on in June.")
    said = words(story.letter(LetterKind.REVIEW_OUTCOME))
    assert "It now ends on 3 February 2027." in said and "Emergencies always get through" in said
    approve(story, LetterKind.REVIEW_OUTCOME, day=date(2026, 8, 4))
    story.act("expectation.lapse", None, "L1", day=date(2027, 2, 8))
    said = words(story.letter(LetterKind.LIMIT_ENDED))
    assert "From 4 February 2027 this has ended: the limits on how you can contact us." in said
    assert "same ways as everyone else" in said


def test_a_limit_that_ends_beside_another_does_not_say_that_all_is_as_before() -> None:
    story = Story().found().warned_or_not().limited().appointed()
    story.act("expectation.lift", story.meg, "L1", reasons="Not needed.")
    said = words(story.letter(LetterKind.LIMIT_ENDED))
    assert "There is still another limit" in said and "Emergencies always get through" in said


def test_an_appeal_is_taken_in_and_its_outcome_told() -> None:
    story = Story().found()
    story.act("appeal.lodge", story.ivy, "F1", grounds="I did not shout.")
    said = words(story.letter(LetterKind.APPEAL_RECEIVED))
    assert "look again at our decision of 2 March 2026" in said and "by 30 March 2026" in said
    story.act("appeal.decide", story.sam, "A1", outcome=Outcome.UPHELD, reasons="The recording is of someone else.")
    said = words(story.letter(LetterKind.APPEAL_OUTCOME))
    assert "What we decided before is cancelled." in said and "The recording is of someone else." in said


def test_an_upheld_appeal_says_which_limits_still_hold() -> None:
    story = Story().found(Conduct.THREATS).warned_or_not().limited().marked()
    story.act("appeal.lodge", story.ivy, "M1", grounds="Nobody was hurt.")
    story.act("appeal.decide", story.sam, "A1", outcome=Outcome.UPHELD, reasons="It is not needed.")
    letter = story.letter(LetterKind.APPEAL_OUTCOME)
    for shape in ("standard", "easy_read"):
        assert "This does not change the limits on how you can contact us." in words(letter, shape)
    assert not letter.adverse
    other = Story.__new__(Story)
    other.__dict__.update(story.__dict__)
    other.found()
    other.act("appeal.lodge", story.ivy, "F1", grounds="I did not shout.")
    other.act("appeal.decide", story.sam, "A1", outcome=Outcome.UPHELD, reasons="It was someone else.")
    assert "This does not change" not in words(other.letter(LetterKind.APPEAL_OUTCOME))


@pytest.mark.parametrize("begun", ["Talk", "To talk", "Help you talk", "Help you to talk"])
def test_a_referral_says_who_was_asked_and_how_to_change_ones_mind(begun: str) -> None:
    story = Story().investigated()
    facts = {"agency": Agency.MEDIATION, "name": "Salford Mediation", "consent": "By telephone today."}
    story.act("support.refer", story.ivy, purpose=f"{begun} things through with your neighbour.", **facts)
    said = words(story.letter(LetterKind.REFERRAL))
    assert "ask Salford Mediation to help you talk things through with your neighbour. We" in said
    assert "You can call 0161 496 0122 or email" in said


def test_what_came_of_a_complaint_about_a_colleague_is_told_from_its_own_matter() -> None:
    story = Story().investigated()
    matter = story.open(
        "counter_allegation.record", story.meg, about=story.reference, named=(story.sam.actor_id,),
        words="He swore at me.", name="the man at the door",
    )  # fmt: skip
    case, story.reference = story.reference, matter
    independent = {"investigator": story.sam.actor_id, "independent_because": "Another region."}
    story.act("counter_allegation.assign", story.meg, **independent)
    resolved = {"result": Result.PARTLY, "reasons": "Harvey Hurt admitted it.", "told": "He should have been kinder."}
    story.act("counter_allegation.resolve", story.sam, **resolved)
    said = words(story.letter(LetterKind.COUNTER_ALLEGATION_OUTCOME))
    assert "We agree with part of what you told us." in said and "He should have been kinder." in said
    assert "Harvey" not in said
    assert not models.Letter.objects.filter(case__reference=case).exists()


def test_a_legal_step_is_told_once_served_with_advice_and_never_its_own_reasons() -> None:
    story = Story().found()
    case = story.reference
    story.reference = story.open(
        "legal_action.consider_without_notice", story.meg, about=case, named=(story.sam.actor_id,),
        remedy=Remedy.INJUNCTION, against=Against.CUSTOMER, reasons="Counsel thinks we would win.", advice="Taken.",
    )  # fmt: skip
    story.act("legal_action.approve", story.sam, "C1", reasons="Agreed.")
    story.assessed(Step.LEGAL)
    story.act("legal_action.start", story.meg, "C1", court="the County Court at Manchester", reference="K01")
    assert not models.Letter.objects.filter(case__reference=story.reference).exists()
    served = {"how": "By hand.", "people": (str(story.person.pk),), "what_next": "Come to court on 5 May 2026."}
    story.act("legal_action.serve", story.meg, "C1", served_on=DAY, **served)
    said = words(story.letter(LetterKind.LEGAL))
    assert "K01" in said and "Please get advice" in said and "Come to court on 5 May 2026." in said
    assert "you shouted at someone who works for us" in said and "Counsel" not in said


def test_someone_who_finds_writing_hard_is_not_asked_to_write() -> None:
    story = Story()
    Need.objects.create(person=story.person, kind="finds writing hard", recorded_on=DAY)
    story.investigated().act("investigation.invite", story.ivy, how="")
    letter = story.letter(LetterKind.INVITATION)
    said = words(letter)
    assert letter.format == "a visit to read it aloud"
    assert "we will talk to you rather than ask you to write" in said
    assert "call 0161 496 0122" in said and "write to us at" not in said


def test_a_letter_is_signed_by_a_team_when_nobody_on_the_case_may_be_named() -> None:
    story = Story()
    story.harmed = story.meg
    story.ann = story.ivy
    story.reported()
    story.act("incident.triage", story.sam, outcome=Triage.NEW_CASE)
    story.act("investigation.open", story.sam, investigator=story.ivy.actor_id)
    story.act("investigation.invite", story.ivy, how="")
    sender = from_dict(story.letter(LetterKind.INVITATION).data).sender
    assert (sender.name, sender.telephone) == ("Tenancies", "0161 496 0122")
