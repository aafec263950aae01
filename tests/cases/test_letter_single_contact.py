"""E1, E2: the letter about the one person to contact, which never contradicts the letter about a limit."""

import pytest

from evenhand.cases import letters
from evenhand.cases.correspondence_json import from_dict
from evenhand.policy.events.correspondence import Delivery, LetterKind
from evenhand.policy.events.expectation import Plan
from evenhand.policy.need import Channel, LetterFormat
from tests.cases.letter_story import Story
from tests.cases.test_letter_of_each_kind import words

pytestmark = pytest.mark.django_db


def test_the_one_person_to_contact_and_each_change_of_them_is_told() -> None:
    story = Story().found().warned_or_not().appointed()
    assert "please contact Ivy Inquirer" in words(story.letter(LetterKind.SINGLE_CONTACT))
    story.act("single_contact.change", story.meg, "S1", **story.contact("Meg Manager"))
    said = words(story.letter(LetterKind.SINGLE_CONTACT))
    assert "please contact Meg Manager" in said and "Until now this was Ivy Inquirer." in said


def test_two_letters_of_one_day_never_contradict_each_other() -> None:
    """The limit closes email, so the letter about the one person to contact gives only their telephone."""
    story = Story().found().warned_or_not().limited(Plan(channels=frozenset({Channel.PHONE, Channel.LETTER})))
    story.appointed()
    said = words(story.letter(LetterKind.SINGLE_CONTACT))
    assert "Telephone: 0161 496 0122" in said and "Email:" not in said
    story.assessed().act("expectation.lift", story.meg, "L1", reasons="It is needed no more.")
    story.act("single_contact.change", story.meg, "S1", **story.contact("Meg Manager"))
    assert "Email: tenancies@harbour.example" in words(story.letter(LetterKind.SINGLE_CONTACT))


def test_a_limit_set_after_a_single_contact_was_drafted_closes_the_way_in_its_letter() -> None:
    story = Story().found().warned_or_not().appointed()
    story.limited(Plan(channels=frozenset({Channel.PHONE, Channel.LETTER})))
    letter = story.letter(LetterKind.SINGLE_CONTACT)
    letters.approve(
        story.reference, letter.letter, story.ask(story.meg), delivery=Delivery.POST, format=LetterFormat.STANDARD
    )
    told = from_dict(story.letter(LetterKind.SINGLE_CONTACT).data).single_contact
    assert told and (told.telephone, told.email) == ("0161 496 0122", "")
