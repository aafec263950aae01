"""Rules 7 and 20: a marker or an instruction about a report that joins a case goes on there, and is decided with it."""

from datetime import date
from typing import Any

import pytest

from evenhand.cases import log, models, record
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.correspondence import Delivery, LetterKind
from evenhand.policy.events.incident import Injury
from evenhand.policy.need import Channel, LetterFormat
from tests.cases import letter_story
from tests.cases.letter_story import DAY, MARK, Story

pytestmark = pytest.mark.django_db
NEXT = date(2026, 3, 3)
APPROVED: dict[str, Any] = {"delivery": Delivery.POST, "format": LetterFormat.STANDARD}


def another(story: Story, *, person: bool = True, **answers: Any) -> str:
    """A further report, of a threat, about the same person or about somebody whom nobody knows yet."""
    facts: dict[str, Any] = {
        "conducts": (Conduct.THREATS,), "account": "He said he would be waiting.", "happened_on": date(2026, 3, 1),
        "channel": Channel.PHONE, "harmed": ((story.harmed.actor_id, story.harmed.name, Injury.UPSET),),
    }  # fmt: skip
    first, story.reference = story.reference, ""
    who, story.person = story.person, story.person if person else None  # type: ignore[assignment]
    facts["person"] = str(who.pk) if person else None
    reference = story.open("incident.report", story.ann, **facts, **answers)
    story.reference, story.person = first, who
    return reference


def does(story: Story, reference: str, verb: str, by: Any, subject: str | None = None, **answers: Any) -> None:
    first, story.reference = story.reference, reference
    story.act(verb, by, subject, **answers)
    story.reference = first


def joins(story: Story, reference: str, day: date = DAY) -> None:
    record.join(reference, story.reference, story.ask(story.ivy, day), reason="The same week.")


def marked() -> tuple[Story, str]:
    """A case of shouting, and a report of a threat with a provisional marker that joins it."""
    story = Story().investigated()
    report = another(story)
    does(story, report, "provisional_marker.place", story.meg, **MARK)
    return story, report


def standing(reference: str) -> Any:
    return log.case_of(log.entries_of(models.Case.objects.get(reference=reference)))


def test_the_marker_goes_on_in_its_report_with_the_same_days_and_shows_as_before() -> None:
    story, report = marked()
    before = standing(report).marker.get("M1")
    tasks = set(models.Task.objects.filter(case__reference=report, subject="M1").values_list("on", flat=True))
    joins(story, report, NEXT)
    assert standing(report).marker.get("M1") == before
    after = models.Task.objects.filter(case__reference=report, subject="M1")
    assert set(after.values_list("on", flat=True)) == tasks
    assert models.LiveControl.objects.get(case__reference=report).kind == "marker"


def decided(story: Story, found: Finding) -> None:
    story.act("investigation.view_how_often", story.ivy, earlier=2, view="Seen before.", since=date(2025, 9, 1))
    story.heard().assessed().decided(found=found)


def test_the_marker_ends_when_the_case_is_decided_and_nothing_was_found_and_whoever_was_told_is_told() -> None:
    story, report = marked()
    letter = story.letter(LetterKind.MARKER, report)
    does(story, report, "correspondence.approve", story.meg, letter.letter, **APPROVED, digest="0" * 64)
    joins(story, report)
    decided(story, Finding.NEITHER)
    assert not models.LiveControl.objects.filter(case__reference=report).exists()
    assert story.letter(LetterKind.MARKER_ENDED, report).post == "waiting for approval"
    assert not models.Task.objects.filter(case__reference=report, subject="M1").exists()


def test_the_marker_stays_while_the_finding_stands_and_gives_way_to_the_one_that_rests_on_it() -> None:
    story, report = marked()
    joins(story, report)
    decided(story, Finding.UNACCEPTABLE)
    assert standing(report).marker.standing, "found, and yet to be decided whether a marker stays"
    story.act("marker.place", story.meg, **{**MARK, "incident": "I2"})
    kept = models.LiveControl.objects.get(kind="marker")
    assert kept.case.reference == story.reference and not kept.provisional
    draft = story.letter(LetterKind.MARKER, report)
    assert draft.post == "set aside", "the letter of the marker that rests on the finding tells it"


def test_an_instruction_on_a_home_ends_when_its_report_joins_a_case_about_somebody() -> None:
    story = Story().investigated()
    home = models.Case._meta.get_field("home").related_model.objects.get()
    report = another(story, person=False, home=str(home.pk))
    does(story, report, "incident.instruct", story.meg, instruction="Visit in pairs.")
    assert models.LiveControl.objects.get().kind == "instruction"
    joins(story, report)
    row = models.Case.objects.get(reference=report)
    assert row.person == story.person and not models.LiveControl.objects.exists()
    assert not models.Task.objects.filter(case=row, verb="incident.identify").exists()


def test_a_report_whose_person_is_found_out_later_in_its_case_is_about_them_too() -> None:
    story = Story()
    story.reference = another(story, person=False)
    story.act("incident.triage", story.ivy, outcome=letter_story.Triage.NEW_CASE)
    report = another(story, person=False)
    joins(story, report)
    assert models.Case.objects.get(reference=report).person is None
    story.act("incident.identify", story.ivy, person=str(story.person.pk), how="Seen.")
    assert models.Case.objects.get(reference=report).person == story.person


def test_a_case_is_decided_and_marked_though_a_report_that_joined_it_was_disposed_of_since() -> None:
    story = Story().investigated()
    report = another(story)
    joins(story, report)
    models.Case.objects.filter(reference=report).update(disposed_on=NEXT)
    decided(story, Finding.UNACCEPTABLE)
    story.act("marker.place", story.meg, **{**MARK, "incident": "I2"})
    assert models.LiveControl.objects.get(kind="marker").case.reference == story.reference
