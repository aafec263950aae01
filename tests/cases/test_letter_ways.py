"""Rule 2, E1: how a letter says that we can be reached is open to whoever reads it."""

import pytest

from evenhand.cases import letters
from evenhand.cases.correspondence_json import from_dict
from evenhand.cases.correspondents import NO_WAY
from evenhand.people.models import Need
from evenhand.policy.events.correspondence import Delivery, LetterKind
from evenhand.policy.events.expectation import Plan
from evenhand.policy.need import Channel, LetterFormat
from tests.cases.letter_story import DAY, Story
from tests.cases.test_letter_of_each_kind import words

pytestmark = pytest.mark.django_db
OURS = "email tenancies@harbour.example"
NO_EMAIL = Plan(channels=frozenset({Channel.PHONE, Channel.LETTER}))


def test_whose_limit_closes_email_is_not_asked_to_email_about_the_letter() -> None:
    story = Story().found().warned_or_not().limited(NO_EMAIL)
    said = words(story.letter(LetterKind.LIMITS))
    assert "You can call 0161 496 0122 or write to us. Give our reference" in said and OURS not in said
    assert OURS not in words(story.letter(LetterKind.LIMITS), "easy_read")
    story.assessed().act("expectation.lift", story.meg, "L1", reasons="It is needed no more.")
    assert f"You can call 0161 496 0122, {OURS} or write to us." in words(story.letter(LetterKind.LIMIT_ENDED))


def test_whose_limit_leaves_only_letters_is_not_asked_to_call() -> None:
    story = Story().found().warned_or_not().limited(Plan(channels=frozenset({Channel.LETTER})))
    said = words(story.letter(LetterKind.LIMITS))
    assert "You can write to us. Give our reference" in said and "0161 496 0122" not in said


def test_whom_limits_leave_only_our_office_can_still_ask_about_a_letter() -> None:
    story = Story().found().warned_or_not().limited(Plan(channels=frozenset({Channel.OFFICE})))
    assert f"You can call 0161 496 0122, {OURS} or write to us." in words(story.letter(LetterKind.LIMITS))


def test_who_finds_writing_hard_is_asked_to_call() -> None:
    story = Story()
    Need.objects.create(person=story.person, kind="finds writing hard", recorded_on=DAY)
    said = words(story.found().letter(LetterKind.FINDING))
    assert "You can call 0161 496 0122. Give our reference" in said and OURS not in said


def test_whom_neither_speaking_nor_writing_suits_is_told_who_may_ask_for_them() -> None:
    story = Story()
    for kind in ("finds writing hard", "deaf"):
        Need.objects.create(person=story.person, kind=kind, recorded_on=DAY)
    assert f"You can {NO_WAY}." in words(story.found().letter(LetterKind.FINDING))


def test_a_limit_set_after_a_letter_was_drafted_closes_the_way_in_it() -> None:
    story = Story().found()
    finding = story.letter(LetterKind.FINDING)
    assert OURS in words(finding)
    story.warned_or_not().limited(NO_EMAIL)
    letters.approve(
        story.reference, finding.letter, story.ask(story.meg), delivery=Delivery.POST, format=LetterFormat.STANDARD
    )
    finding.refresh_from_db()
    assert from_dict(finding.data).sender.ways == "call 0161 496 0122 or write to us"
