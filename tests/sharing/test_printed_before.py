"""Letters printed together: when one of them goes, its sheets go, and those of a case that is held stay."""

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass

import pikepdf
import pytest

from evenhand.cases import disposing, models, posting, record
from evenhand.people.models import Look
from evenhand.people.models.look import LookKind
from evenhand.policy.staff import SYSTEM
from evenhand.policy.terms import months_after
from evenhand.policy.verbs import VERBS
from tests.api.asking import neighbour
from tests.sharing.over import THEN, Owner, agree, dispose, outside, verified
from tests.web.conftest import clock
from tests.web.stories import Story

__all__ = ["clock", "outside"]
pytestmark = pytest.mark.django_db


@dataclass
class Printed:
    """Two customers' letters in one batch: two years on the time of one case is over, and the other is held."""

    over: Story
    held: Story
    batch: models.PrintBatch

    def listed(self) -> list[str]:
        """The letters' references, as the list of envelopes has them."""
        self.batch.refresh_from_db()
        return [row["letter"].partition(":")[0] for row in csv.DictReader(io.StringIO(self.batch.manifest))]


def letter_of(story: Story) -> models.Letter:
    return models.Letter.objects.get(case__reference=story.reference, letter="T1")


@pytest.fixture
def printed(story: Story, clock: Callable[..., None]) -> Printed:
    assert story.home
    other = Story(story.cast, neighbour(story.home), story.home)
    for each in (story, other):
        each.decide().approve()
    batch = posting.make([letter_of(story).pk, letter_of(other).pk], story.cast.manager.actor, story.moment)
    posting.mark_posted(batch.reference, record.Ask(story.cast.manager.actor, story.moment))
    story.acts += 10
    record.act_on(story.reference, record.Ask(SYSTEM, story.moment), VERBS["handling.record_death"], died_on=story.day)
    clock(THEN)
    story.day = other.day = THEN
    other.acts += 10
    other.act("disposal.hold", other.cast.senior, reason="A claim.", review_on=months_after(THEN, 3))
    return Printed(story, other, batch)


def test_the_letter_of_a_held_case_keeps_its_sheets_where_another_printed_with_it_goes(
    printed: Printed, as_owner: Owner
) -> None:
    mine, theirs = letter_of(printed.over), letter_of(printed.held)
    assert printed.listed() == [mine.reference, theirs.reference]
    alone = bytes(theirs.sent_bytes or b"")
    agree(printed.over)
    assert f"{printed.over.reference}: disposed of." in dispose(as_owner)
    assert printed.listed() == [theirs.reference]
    with pikepdf.open(io.BytesIO(bytes(printed.batch.pdf))) as left, pikepdf.open(io.BytesIO(alone)) as sheets:
        assert len(left.pages) - len(sheets.pages) in (0, 1), "A blank page may make the last sheet whole."
        assert [page.Contents.read_bytes() for page in left.pages][: len(sheets.pages)] == [
            page.Contents.read_bytes() for page in sheets.pages
        ]
    assert bytes(letter_of(printed.held).sent_bytes or b"") == alone
    assert verified() == []


def test_nothing_of_the_letter_that_goes_is_left_in_what_was_printed_with_it(printed: Printed, as_owner: Owner) -> None:
    before = bytes(printed.batch.pdf)
    name = letter_of(printed.over).reference
    assert name in printed.batch.manifest
    agree(printed.over)
    dispose(as_owner)
    printed.batch.refresh_from_db()
    after = bytes(printed.batch.pdf)
    assert name not in printed.batch.manifest and len(after) < 0.7 * len(before)
    assert printed.batch.sha256 == hashlib.sha256(after).hexdigest()


def test_a_letter_that_was_sent_once_more_keeps_the_sheets_of_the_first_time(printed: Printed, as_owner: Owner) -> None:
    """It is in the batch as it was sent before, and now on its way again by itself."""
    row = letter_of(printed.held)
    assert row.issued_at
    models.EarlierIssue.objects.create(
        letter=row, issued_at=row.issued_at, issued_by=row.issued_by, data=row.data, format=row.format,
        delivery=row.delivery, to_address=row.to_address, sent_bytes=row.sent_bytes, sha256=row.sha256, batch=row.batch,
    )  # fmt: skip
    models.Letter.objects.filter(pk=row.pk).update(batch=None, sent_bytes=b"as it goes now")
    agree(printed.over)
    dispose(as_owner)
    assert printed.listed() == [row.reference] and bytes(printed.batch.pdf).startswith(b"%PDF")


def test_what_was_printed_goes_with_the_last_of_its_letters(printed: Printed, as_owner: Owner) -> None:
    agree(printed.over)
    dispose(as_owner)
    printed.held.act("disposal.lift", printed.held.cast.senior, "K1", reason="Settled.")
    record.act_on(
        printed.held.reference,
        record.Ask(SYSTEM, printed.held.moment),
        VERBS["handling.record_death"],
        died_on=printed.held.day,
    )
    assert models.PrintBatch.objects.filter(pk=printed.batch.pk).exists()
    models.EarlierIssue.objects.all().delete()
    with as_owner():
        models.Letter.objects.all().delete()
        models.PrintBatch.objects.filter(pk=printed.batch.pk).update(pdf=b"left by an earlier release")
        disposing.sweep_orphans(printed.held.moment.at)
    assert not models.PrintBatch.objects.exists()


def test_who_printed_the_letters_of_a_held_case_is_kept(printed: Printed, as_owner: Owner) -> None:
    kept = [printed.batch.reference, printed.held.reference]
    for reference in (*kept, "PB-OTHER", printed.over.reference):
        Look.objects.create(at=printed.held.moment.at, actor="colleague:x", kind=LookKind.LETTER, reference=reference)
    with as_owner():
        disposing.forget_looks(months_after(THEN, 40))
    assert sorted(Look.objects.values_list("reference", flat=True)) == sorted(kept)
