"""D1: letters printed together, posted once, and seen only by those who may see every letter in the batch."""

import csv
import io
from collections.abc import Callable

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import models, record
from evenhand.people.models import Look, User
from evenhand.policy.staff import SYSTEM
from evenhand.policy.verbs import VERBS
from tests.web.asking import words
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
BATCHES = "/letters/batches/"


def made(client: Client) -> str:
    """The address of a new batch of all that waits."""
    return client.post(BATCHES).headers["Location"]


def states() -> list[str]:
    return list(models.Letter.objects.order_by("pk").values_list("post", flat=True))


def test_every_letter_that_waits_for_the_post_is_printed_together(story: Story, cast: Cast, as_: As) -> None:
    story.decide().approve()
    Story(cast, story.person, story.home).decide().approve()
    client = as_(cast.manager)
    assert "2 approved letters wait to be printed" in words(client.get(BATCHES))
    address = made(client)
    shown = words(client.get(address))
    assert "Mark 2 letters as posted" in shown and shown.count("Printed, not posted yet") == 2
    pdf = client.get(f"{address}letters.pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf["Cache-Control"] == "private, no-store"
    assert len(pikepdf.open(io.BytesIO(pdf.content)).pages) >= 4
    rows = list(csv.DictReader(io.StringIO(client.get(f"{address}list.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 2 and all("3 Ferry Row" in row["letter"] for row in rows)
    assert Look.objects.filter(reference=address.split("/")[-2], actor=cast.manager.actor_id).count() == 3
    assert "No letter waits to be printed" in words(client.get(BATCHES))


def test_a_batch_marked_as_posted_records_each_letter_once(story: Story, cast: Cast, as_: As) -> None:
    story.decide().approve()
    client = as_(cast.manager)
    address = made(client)
    assert "1 letter is recorded as posted." in words(client.post(f"{address}posted", follow=True))
    again = words(client.post(f"{address}posted", follow=True))
    assert "Every letter in this batch was recorded before." in again and "Marked as posted by Priya Nair" in again
    assert states() == ["sent"] and models.Event.objects.filter(kind="LetterSent").count() == 1


def test_a_letter_to_someone_who_died_is_named_to_be_taken_out(story: Story, cast: Cast, as_: As) -> None:
    story.decide().approve()
    client = as_(cast.manager)
    address = made(client)
    record.act_on(story.reference, record.Ask(SYSTEM, story.moment), VERBS["handling.record_death"], died_on=START)
    assert "out of the post" in words(client.post(f"{address}posted", follow=True))
    assert states() != ["sent"]


def test_whoever_prints_is_told_which_letter_was_set_aside_instead_and_why(story: Story, cast: Cast, as_: As) -> None:
    story.mark().approve().approve("T2")
    story.act("marker.remove", cast.manager, "M1", reasons="No longer needed.")
    page = words(as_(cast.manager).post(BATCHES, follow=True))
    aside = f"the letter “Marker” to {story.person.name} in case {story.reference} was set aside."
    assert f"Not printed: {aside} What the letter tells no longer stands." in page
    assert "Ready to print" in page and states()[:2] == ["approved, waiting to be sent", "set aside"]


def test_a_batch_whose_letter_is_overtaken_says_to_take_it_out_of_the_envelopes(
    story: Story, cast: Cast, as_: As
) -> None:
    story.mark().approve("T2")
    client = as_(cast.manager)
    address = made(client)
    story.act("marker.remove", cast.manager, "M1", reasons="No longer needed.")
    page = words(client.get(address))
    assert "Take these out of the envelopes" in page and "out of date. Take it out of the envelope" in page


def test_an_approved_letter_that_is_overtaken_is_offered_to_be_set_aside_and_not_to_be_printed(
    story: Story, cast: Cast, as_: As
) -> None:
    story.mark().approve("T2")
    story.act("marker.remove", cast.manager, "M1", reasons="No longer needed.")
    shown = as_(cast.manager).get(reverse("letter", args=[story.reference, "T2"]))
    assert "Print this letter alone" not in words(shown) and "Set it aside" in words(shown)
    assert shown.context["steps"][0].words == "Set the letter aside" and shown.context["urged"]


def test_pressing_twice_makes_one_batch(story: Story, cast: Cast, as_: As) -> None:
    story.decide().approve()
    client = as_(cast.manager)
    made(client)
    assert "Somebody may have printed them" in words(client.post(BATCHES, follow=True))
    assert models.PrintBatch.objects.count() == 1


def test_the_letters_of_a_spoilt_batch_are_printed_again(story: Story, cast: Cast, as_: As) -> None:
    story.decide().approve()
    client = as_(cast.manager)
    address = made(client)
    assert "1 letter waits to be printed again." in words(client.post(f"{address}undo", follow=True))
    posted = made(client)
    client.post(f"{posted}posted")
    assert "was marked as posted" in words(client.post(f"{posted}undo", follow=True))


def test_a_letter_is_printed_alone_from_its_own_page(story: Story, cast: Cast, as_: As) -> None:
    story.decide().approve()
    client = as_(cast.manager)
    assert "Print this letter alone" in words(client.get(reverse("letter", args=[story.reference, "T1"])))
    shown = client.post(reverse("letter.print", args=[story.reference, "T1"]), follow=True)
    assert "Mark 1 letter as posted" in words(shown)
    again = client.post(reverse("letter.print", args=[story.reference, "T1"]), follow=True)
    assert "Somebody may have printed them" in words(again)


def test_nothing_is_printed_or_posted_by_following_a_link(story: Story, cast: Cast, as_: As) -> None:
    story.decide().approve()
    client = as_(cast.manager)
    assert client.get(reverse("letter.print", args=[story.reference, "T1"])).status_code == 405
    address = made(client)
    assert client.get(f"{address}posted").status_code == client.get(f"{address}undo").status_code == 405
    assert states() == ["approved, waiting to be sent"]


def test_whoever_may_not_see_one_of_its_letters_does_not_see_the_batch(story: Story, cast: Cast, as_: As) -> None:
    story.report(harmed=(cast.other_manager,)).decide().approve()
    address = made(as_(cast.manager))
    client = as_(cast.other_manager)
    assert "No batch was made yet" in words(client.get(BATCHES))
    for page in (address, f"{address}letters.pdf", f"{address}list.csv"):
        assert client.get(page).status_code == 404
    assert client.post(f"{address}posted").status_code == client.post(f"{address}undo").status_code == 404


def test_a_spoilt_batch_shows_nothing_more_of_the_letters_that_were_in_it(story: Story, cast: Cast, as_: As) -> None:
    """Else whoever may not see a letter could read it there, and it would stay when its case has gone."""
    story.report(harmed=(cast.other_manager,)).decide().approve()
    Story(cast, story.person, story.home).decide().approve()
    address = made(as_(cast.manager))
    printed = len(pikepdf.open(io.BytesIO(bytes(models.PrintBatch.objects.get().pdf))).pages)
    one, other = models.Letter.objects.order_by("pk")
    models.Letter.objects.filter(pk=other.pk).update(post="set aside")
    as_(cast.manager).post(f"{address}undo")
    batch = models.PrintBatch.objects.get()
    assert one.reference not in batch.manifest and other.reference in batch.manifest
    assert 2 * len(pikepdf.open(io.BytesIO(bytes(batch.pdf))).pages) == printed
    models.Letter.objects.filter(pk=other.pk).update(post="approved, waiting to be sent")
    as_(cast.manager).post(f"{address}undo")
    assert not models.PrintBatch.objects.exists()
    models.PrintBatch.objects.create(reference="PB-1", made_at=story.moment.at, pdf=b"left by an earlier release")
    assert as_(cast.manager).get(f"{BATCHES}PB-1/letters.pdf").status_code == 404


def test_an_affected_manager_prints_nothing_of_that_case(story: Story, cast: Cast, as_: As) -> None:
    story.report(harmed=(cast.other_manager,)).decide().approve()
    client = as_(cast.other_manager)
    assert "No letter waits to be printed" in words(client.get(BATCHES))
    client.post(BATCHES)
    assert not models.PrintBatch.objects.exists()
    assert client.post(reverse("letter.print", args=[story.reference, "T1"])).status_code == 404


def test_the_list_of_batches_costs_the_same_however_many(
    story: Story, cast: Cast, as_: As, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    told = {"made_at": story.moment.at, "made_by": cast.manager.actor_id, "pdf": b"%PDF", "sha256": "0" * 64}
    story.decide().approve()
    (letter,) = models.Letter.objects.all()
    sent = {"issued_at": story.moment.at, "data": letter.data, "sent_bytes": b"%PDF"}
    for number in range(25):
        batch = models.PrintBatch.objects.create(reference=f"PB-{number}", **told)
        models.EarlierIssue.objects.create(letter=letter, batch=batch, **sent)
    client = as_(cast.manager)
    client.get(BATCHES)
    with django_assert_max_num_queries(6):  # type: ignore[attr-defined]
        shown = client.get(BATCHES)
    assert len(shown.context["tasks"]) == 20
    assert len(client.get(shown.context["older"]).context["tasks"]) == 5
