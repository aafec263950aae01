"""D1: letters by post are printed together, each once, and recorded when they are posted."""

import csv
import io
from datetime import date

import pikepdf
import pytest

from evenhand.cases import letters, log, models, post_room, posting, record
from evenhand.people.models import Person
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.correspondence import Delivery, LetterKind, LetterSetAside
from evenhand.policy.need import LetterFormat
from evenhand.policy.refusal import Refused
from tests.cases.letter_story import DAY, Story, lives_at, moment

pytestmark = pytest.mark.django_db
BY_POST = {"delivery": Delivery.POST, "format": LetterFormat.STANDARD}


def approved(story: Story, *kinds: LetterKind) -> list[models.Letter]:
    rows = [story.letter(kind) for kind in kinds]
    for row in rows:
        letters.approve(story.reference, row.letter, story.ask(story.meg), **BY_POST)
    return rows


def made(story: Story, *rows: models.Letter) -> models.PrintBatch:
    return posting.make([row.pk for row in rows], story.meg.actor, moment())


def test_a_batch_is_one_pdf_with_a_manifest_of_the_envelopes() -> None:
    story = Story().found(Conduct.THREATS).marked()
    finding, marker = approved(story, LetterKind.FINDING, LetterKind.MARKER)
    assert list(posting.waiting()) == [finding, marker]
    batch = made(story, finding, marker)
    rows = list(csv.DictReader(io.StringIO(batch.manifest)))
    assert [row["letter"].split(":")[0] for row in rows] == [finding.reference, marker.reference]
    assert "Mrs Zofia Wójcik, 27 Mill Lane, Salford, M5 4WT" in rows[0]["letter"]
    with pikepdf.open(io.BytesIO(bytes(batch.pdf))) as pdf:
        assert len(pdf.pages) == sum(int(row["sheets"]) * 2 for row in rows)
    assert not posting.waiting().exists()


def test_a_letter_is_printed_once() -> None:
    story = Story().found()
    (finding,) = approved(story, LetterKind.FINDING)
    made(story, finding)
    with pytest.raises(Refused, match="None of these letters waits"):
        made(story, finding)


def test_a_spoilt_batch_gives_its_letters_back() -> None:
    story = Story().found()
    (finding,) = approved(story, LetterKind.FINDING)
    batch = made(story, finding)
    assert posting.undo(batch.reference) == 1 and list(posting.waiting()) == [finding]


def test_posting_a_batch_records_each_letter_and_one_that_may_not_go_stops_none() -> None:
    story = Story().found(Conduct.THREATS).marked()
    first = approved(story, LetterKind.FINDING, LetterKind.MARKER)
    dead = Story.__new__(Story)
    dead.__dict__.update(story.__dict__)
    dead.person = Person.objects.create(source="test", ref="P2", forename="Sol", surname="Late")
    lives_at(dead.person, "5 Mill Lane", "H5")
    dead.found()
    second = approved(dead, LetterKind.FINDING)
    batch = made(story, *first, *second)
    dead.act("handling.record_death", None, died_on=DAY)
    posted = posting.mark_posted(batch.reference, story.ask(story.meg, date(2026, 3, 3)))
    assert posted.letters == tuple(row.reference for row in first)
    assert [reference for reference, _ in posted.refused] == [second[0].reference]
    assert {row.post for row in models.Letter.objects.filter(pk__in=[r.pk for r in first])} == {"sent"}
    again = posting.mark_posted(batch.reference, story.ask(story.meg, date(2026, 3, 3)))
    assert again.letters == () and models.Event.objects.filter(kind="LetterSent").count() == 2


def test_a_sealed_matters_letter_is_not_among_those_for_everyone_to_print() -> None:
    story = Story().found()
    (finding,) = approved(story, LetterKind.FINDING)
    models.Case.objects.filter(pk=finding.case_id).update(matter="legal step without notice")
    assert not posting.waiting().exists()
    assert made(story, finding).letters.get() == finding


def test_there_is_no_such_batch() -> None:
    with pytest.raises(posting.NoSuchBatch):
        posting.mark_posted("PB-NONE", record.Ask(Story().meg.actor, moment()))


def test_a_letter_to_someone_who_died_or_whose_post_became_unsafe_is_not_printed() -> None:
    story = Story().found()
    (finding,) = approved(story, LetterKind.FINDING)
    story.person.unsafe_channels = ["letter"]
    story.person.save()
    with pytest.raises(Refused, match="None of these letters waits"):
        made(story, finding)
    story.person.unsafe_channels, story.person.died_on = [], DAY
    story.person.save()
    with pytest.raises(Refused, match="None of these letters waits"):
        made(story, finding)


def test_a_letter_left_out_says_why() -> None:
    story = Story().found(Conduct.THREATS).marked()
    finding, marker = approved(story, LetterKind.FINDING, LetterKind.MARKER)
    models.Letter.objects.filter(pk=finding.pk).update(sent_bytes=b"%PDF something else")
    batch = made(story, finding, marker)
    assert batch.letters.get() == marker
    finding.refresh_from_db()
    assert finding.trouble == "What is kept is not what was approved. Approve it again."


def overtaken(story: Story) -> tuple[models.Letter, models.Letter]:
    """The letter of a finding, which holds, and that of a marker which was removed after both were approved."""
    story.found(Conduct.THREATS).marked()
    finding, marker = approved(story, LetterKind.FINDING, LetterKind.MARKER)
    story.act("marker.remove", story.meg, "M1", reasons="No longer needed.")
    return finding, marker


def test_an_approved_letter_of_a_marker_that_was_removed_since_is_set_aside_and_the_others_are_printed() -> None:
    story = Story()
    finding, marker = overtaken(story)
    (aside,) = posting.set_aside_overtaken([finding.pk, marker.pk], moment())
    assert aside.letter == marker and aside.why == "What the letter tells no longer stands."
    assert made(story, finding, marker).letters.get() == finding
    marker.refresh_from_db()
    assert marker.post == "set aside" and marker.batch is None
    told = story.letter(LetterKind.MARKER_ENDED)
    assert told.post == "waiting for approval", "its end is told all the same"
    kept = log.entries_of(story.row())[-1].event
    assert isinstance(kept, LetterSetAside) and (kept.by, kept.reason) == ("system", aside.why)


def test_a_letter_that_is_overtaken_between_the_question_and_the_printing_is_not_printed() -> None:
    story = Story()
    finding, marker = overtaken(story)
    assert made(story, finding, marker).letters.get() == finding
    marker.refresh_from_db()
    assert marker.trouble == "What the letter tells no longer stands." and marker.post == "approved, waiting to be sent"


def test_one_that_was_posted_before_anyone_knew_is_recorded_as_sent() -> None:
    story = Story().found(Conduct.THREATS).marked()
    finding, marker = approved(story, LetterKind.FINDING, LetterKind.MARKER)
    batch = made(story, finding, marker)
    story.act("marker.remove", story.meg, "M1", reasons="No longer needed.")
    assert [letter.overtaken for letter in post_room.letters_in(batch)] == [False, True]
    posted = posting.mark_posted(batch.reference, story.ask(story.meg, date(2026, 3, 3)))
    assert set(posted.letters) == {finding.reference, marker.reference} and not posted.refused
