"""D1: the letter of a finding says of each thing what was found, and asks to stop that and nothing else."""

import pytest

from evenhand.cases import typesetting
from evenhand.cases.correspondence_json import from_dict
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.correspondence import LetterKind
from tests.cases.letter_story import Story
from tests.cases.test_letter_of_each_kind import words

pytestmark = pytest.mark.django_db
MIXED = ((Conduct.SHOUTING, Finding.UNACCEPTABLE), (Conduct.EXCESSIVE_EMAILS, Finding.NEITHER))
WHY = {"reasons": "Heard.", "relied_on": "A recording.", "beyond_forceful": "It went on."}


@pytest.mark.parametrize("shape", ["standard", "large_print", "easy_read", "plain_text"])
def test_where_not_all_was_found_a_customer_is_asked_to_stop_what_was_and_nothing_else(shape: str) -> None:
    story = Story().investigated(Conduct.SHOUTING, Conduct.EXCESSIVE_EMAILS).heard().assessed()
    story.act("decision.decide", story.meg, found=MIXED, **WHY)
    letter = story.letter(LetterKind.FINDING)
    stop = typesetting.statements(letter.kind, shape, from_dict(letter.data))["stop"]
    assert "Please stop doing this:" in stop and "27 February 2026: you shouted at someone" in stop
    assert "emails" not in stop and "Please stop doing this." not in stop


def test_where_all_was_found_the_letter_does_not_say_it_twice() -> None:
    letter = Story().found().letter(LetterKind.FINDING)
    stop = typesetting.statements(letter.kind, "standard", from_dict(letter.data))["stop"]
    assert stop.startswith("Please stop doing this. Our colleagues") and "shouted" not in stop


def test_a_warning_after_a_finding_tells_only_what_was_found() -> None:
    story = Story().investigated(Conduct.SHOUTING, Conduct.EXCESSIVE_EMAILS).heard().assessed()
    story.act("decision.decide", story.meg, found=MIXED, **WHY)
    story.act("warning.give", story.meg, expected="Speak calmly.", if_it_goes_on="Limit how you can contact us.")
    said = words(story.letter(LetterKind.WARNING))
    assert "you shouted at someone who works for us" in said and "far more emails" not in said


def test_a_finding_says_of_each_thing_apart_what_was_decided() -> None:
    story = Story().investigated(Conduct.SHOUTING, Conduct.EXCESSIVE_EMAILS).heard().assessed()
    story.act("decision.decide", story.meg, found=MIXED, **WHY)
    said = words(story.letter(LetterKind.FINDING))
    assert "or used abusive language, on the telephone. We decided that this was unacceptable." in said
    assert "than we could deal with. We decided that this was nothing that we need to act on." in said


def test_what_was_found_neither_is_never_told_as_if_it_had_happened() -> None:
    story = Story().investigated(Conduct.SHOUTING, Conduct.EXCESSIVE_EMAILS).heard().assessed()
    story.act("decision.decide", story.meg, found=MIXED, **WHY)
    said = words(story.letter(LetterKind.FINDING))
    assert said.count("you sent us far more emails") == said.count("that you sent us far more emails") == 2
