"""Rules 1 and 21, D1, D2: an act whose letter would leave out a right, or name whom it must not, is not done."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from evenhand.cases import drafting, letters, models, typesetting, wording
from evenhand.cases.correspondence_json import from_dict
from evenhand.cases.letter_folder import PACKED
from evenhand.people.models import Landlord
from evenhand.policy.events.correspondence import Delivery, LetterKind
from evenhand.policy.need import LetterFormat
from evenhand.policy.refusal import Refused
from tests.cases.letter_story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A landlord's own copy of the letters, in use."""
    folder = tmp_path / "letters"
    shutil.copytree(PACKED, folder)
    said = typesetting.statements
    monkeypatch.setattr(typesetting, "statements", lambda kind, shape, data: said(kind, shape, data, folder))
    return folder


def without(folder: Path, file: str, statement: str) -> None:
    path = folder / "wording" / file
    words = path.read_text()
    assert f'id = "{statement}"' in words
    path.write_text(words.replace(f'id = "{statement}"', 'id = "something.else"'))
    wording._parsed.cache_clear()


def test_there_is_no_finding_when_its_letter_forgets_the_appeal(own_letters: Path) -> None:
    story = Story().investigated().heard().assessed()
    before = models.Event.objects.count()
    without(own_letters, "shared.toml", "appeal.route")
    with pytest.raises(drafting.LetterUnfit, match="appeal.route"):
        story.decided()
    assert models.Event.objects.count() == before
    assert not story.case().decision.findings and not models.Letter.objects.exists()


def test_a_finding_and_its_letter_are_written_by_the_same_act() -> None:
    story = Story().investigated().heard().assessed().decided()
    case = models.Case.objects.get(reference=story.reference)
    kinds = list(models.Event.objects.filter(case=case).order_by("number").values_list("kind", flat=True))
    assert kinds[-2:] == ["FindingMade", "LetterDrafted"]
    assert models.Letter.objects.get(case=case, kind=LetterKind.FINDING).event == case.last_number - 1


def test_there_is_no_limit_when_its_letter_forgets_the_emergency_route(own_letters: Path) -> None:
    story = Story().found().warned_or_not()
    without(own_letters, "shared.toml", "emergency.route")
    with pytest.raises(drafting.LetterUnfit, match="emergency.route"):
        story.limited()
    assert not story.case().expectation.limits


def test_without_a_landlord_there_is_no_letter_and_no_finding() -> None:
    story = Story().investigated().heard().assessed()
    Landlord.objects.all().delete()
    with pytest.raises(drafting.LetterUnfit, match="the landlord’s name"):
        story.decided()
    assert not story.case().decision.findings


@pytest.mark.parametrize("name", ["Harvey Hurt", "HARVEY  HURT", "Ann Reporter"])
def test_reasons_that_name_whoever_was_harmed_or_reported_are_refused(name: str) -> None:
    story = Story().investigated().heard().assessed()
    with pytest.raises(Refused, match="say “a colleague” instead") as refused:
        story.decided(f"{name} told us what you did.")
    assert refused.value.objections[0].field == "reasons"
    assert not story.case().decision.findings


def test_a_customer_who_named_the_colleague_can_still_be_told_of_the_finding() -> None:
    story = Story().investigated().heard("Harvey Hurt was rude to me first.").assessed().decided()
    heard = from_dict(story.letter(LetterKind.FINDING).data).heard
    assert heard == "You said: “our colleague was rude to me first.”"


def test_words_put_in_at_approval_may_not_name_them_either() -> None:
    story = Story().found()
    letter = story.letter(LetterKind.FINDING)
    how: dict[str, Any] = {"delivery": Delivery.POST, "format": LetterFormat.STANDARD}
    with pytest.raises(Refused, match="Harvey Hurt"):
        letters.approve(
            story.reference, letter.letter, story.ask(story.meg), **how, edits={"reasons": "Harvey Hurt said so."}
        )
    letter.refresh_from_db()
    assert letter.issued_at is None


def test_a_letter_is_signed_by_nobody_who_was_harmed_or_reported() -> None:
    story = Story().investigated().heard().assessed()
    story.act("incident.correct", story.ann, "I1", correction="It was on Friday.", conducts=(story_conduct(story),),
              happened_on=story.case().incident.get("I1").happened_on)  # fmt: skip
    story.decided()
    assert from_dict(story.letter(LetterKind.FINDING).data).sender.name == "Meg Manager"
    letter = story.letter(LetterKind.FINDING)
    assert story.ann.name not in str(letter.data) and story.harmed.name not in str(letter.data)


def story_conduct(story: Story) -> Any:
    return next(iter(story.case().incident.get("I1").conducts))


def test_an_adverse_letter_that_waits_is_a_task_of_a_manager() -> None:
    story = Story().found()
    task = story.row().tasks.get(verb="correspondence.approve")
    letter = story.letter(LetterKind.FINDING)
    assert (task.on, task.role, task.subject) == (letter.send_by, "manager", letter.letter)
    assert task.what == "Approve the letter: “What we decided”"


def test_a_letter_approved_and_still_here_is_a_task_until_it_is_posted() -> None:
    story = Story().found()
    letter = story.letter(LetterKind.FINDING)
    how: dict[str, Any] = {"delivery": Delivery.POST, "format": LetterFormat.STANDARD}
    letters.approve(story.reference, letter.letter, story.ask(story.meg), **how)
    task = story.row().tasks.get(subject=letter.letter)
    assert (task.on, task.what) == (letter.send_by, "Post the letter, or hand it over: “What we decided”")
    story.act("correspondence.send", story.meg, letter.letter, how=Delivery.POST)
    assert not story.row().tasks.filter(subject=letter.letter).exists()
