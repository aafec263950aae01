"""D1: the queues of letters, a letter's own page and its files, for those who see its case's letters, and no others."""

import io
from collections.abc import Callable
from datetime import date

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import models, post_room, reading, record
from evenhand.people.models import Look, Person, User
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.appeal import Outcome
from evenhand.policy.events.correspondence import Delivery, LetterKind
from evenhand.policy.statement import must_say
from evenhand.policy.verbs import VERBS
from evenhand.web.letter_words import STATEMENT_WORDS
from tests.web.asking import words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


def queue(client: Client, **asked: str) -> str:
    return words(client.get("/letters/", asked))


def letter_page(story: Story, letter: str = "T1") -> str:
    return reverse("letter", args=[story.reference, letter])


def file_of(story: Story, format: str) -> str:
    return reverse("letter.file", args=[story.reference, "T1", format])


def test_letters_against_the_customer_come_first_and_say_when_they_are_overdue(
    story: Story, cast: Cast, as_: As, days_later: Callable[[int], date]
) -> None:
    story.investigate()
    story.act("investigation.invite", cast.investigator, how="call 0113 496 0000")
    Story(cast, story.person, story.home).decide()
    days_later(5)
    shown = as_(cast.manager).get("/letters/")
    first, second = shown.context["tasks"]
    assert first["name"] == "What we decided" and "It tells of a decision against them." in first["hint"]
    assert second["name"] == "Invitation to give their account" and "against" not in second["hint"]
    assert first["status"] == second["status"] == "3 days overdue" and "Send by 5 March 2026" in words(shown)


def test_a_letter_of_a_decision_that_was_cancelled_is_none_against_the_customer_any_more(
    story: Story, cast: Cast, as_: As
) -> None:
    """Neither the letter that is out of date nor the one that says sorry carries the words."""
    story.decide()
    story.act("appeal.lodge", cast.manager, "F1", grounds="It was somebody else.")
    story.act("appeal.decide", cast.senior, "A1", outcome=Outcome.UPHELD, reasons="It was somebody else.")
    client = as_(cast.manager)
    assert all("against them" not in each["hint"] for each in client.get("/letters/").context["tasks"])
    for letter in reading.case_file(story.reference, cast.manager, story.day).case.correspondence.letters:
        assert "A decision against them" not in client.get(letter_page(story, letter.id)).content.decode()


def test_the_page_of_a_letter_that_is_out_of_date_says_why_once(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    story.act("appeal.lodge", cast.manager, "F1", grounds="It was somebody else.")
    story.act("appeal.decide", cast.senior, "A1", outcome=Outcome.UPHELD, reasons="It was somebody else.")
    said = words(as_(cast.manager).get(letter_page(story)))
    assert said.count("What the letter tells no longer stands.") == 1 and "You cannot do this" not in said
    assert "Set the letter aside" in said


def test_what_stands_in_the_way_of_a_letter_s_step_names_the_step(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    assert "You cannot do this yet: approve the letter" in words(as_(cast.investigator).get(letter_page(story)))


def test_each_letter_is_in_the_queue_of_where_it_stands(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client = as_(cast.manager)
    assert story.reference in queue(client)
    story.approve()
    assert story.reference not in queue(client) and story.reference in queue(client, show="going")
    story.act("correspondence.send", cast.manager, "T1", how=Delivery.POST)
    assert story.reference in queue(client, show="sent")
    story.act("correspondence.take_back", cast.manager, "T1", reason="Gone away.")
    assert story.reference in queue(client, show="person") and "Came back" in queue(client, show="person")


def test_a_letter_whose_notice_is_withheld_is_not_called_overdue(
    story: Story, cast: Cast, as_: As, days_later: Callable[[int], date]
) -> None:
    story.report(Conduct.THREATS).mark()
    story.act("marker.withhold_notice", cast.senior, "M1", reasons="They would find out who told us.")
    days_later(9)
    page = as_(cast.manager).get("/letters/", {"kind": "marker"})
    assert "Notice is withheld" in words(page) and "overdue" not in words(page)


def test_the_list_is_narrowed_by_kind_and_to_ones_own_cases(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    assert story.reference in queue(as_(cast.investigator), mine="on")
    assert story.reference not in queue(as_(cast.manager), mine="on")
    assert story.reference not in queue(as_(cast.manager), kind="marker")
    assert story.reference in queue(as_(cast.manager), kind="finding")
    assert story.reference in queue(as_(cast.manager), kind="no such kind", after="1/2/three")


def drafted(story: Story, count: int) -> None:
    """More letters like the first, as rows alone: a list reads no more of them."""
    like = models.Letter.objects.get(case__reference=story.reference)
    for number in range(count):
        like.pk, like.letter, like.reference = None, f"X{number}", f"LT-x{number}"
        like.adverse = number % 2 == 0
        like.save()


def test_a_long_queue_comes_in_pages_that_leave_none_out_and_cost_the_same(
    story: Story, cast: Cast, as_: As, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    story.decide()
    drafted(story, 60)
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = post_room.queue(cast.manager, story.day, "approve", after=after)
        seen += [row.letter for row in page.rows]
        after = page.after
    assert len(seen) == len(set(seen)) == 61
    client = as_(cast.manager)
    client.get("/letters/")
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        shown = client.get("/letters/")
    assert "25+" in words(shown) and len(shown.context["tasks"]) == reading.PAGE and shown.context["older"]


def test_the_page_says_the_letter_in_full_and_what_it_owes_the_customer(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    said = words(as_(cast.manager).get(letter_page(story)))
    assert "Dear Ms J Bell," in said or "Dear Ms Bell," in said or "Dear Ms Jo Bell," in said
    assert "Two colleagues heard it, and she said so herself." in said
    assert "Said The last day to ask" in said and "Not said" not in said
    assert "Approve the letter" in said and "Fixed when the letter is approved" in said


def test_looking_at_a_letter_or_its_file_is_written_down(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    client = as_(cast.manager)
    client.get(letter_page(story))
    client.get(file_of(story, "large-print"))
    looks = Look.objects.filter(kind="letter", actor=cast.manager.actor_id).order_by("id")
    assert [(look.reference, look.purpose, look.person) for look in looks] == [
        (f"{story.reference}/T1", "Letter: What we decided", story.person),
        (f"{story.reference}/T1", "Letter, large print", story.person),
    ]


@pytest.mark.parametrize("format", ["standard", "large-print", "easy-read"])
def test_each_format_is_a_pdf_shown_in_the_browser_and_kept_nowhere(
    story: Story, cast: Cast, as_: As, format: str
) -> None:
    story.decide()
    shown = as_(cast.manager).get(file_of(story, format))
    assert shown["Content-Type"] == "application/pdf" and shown["Content-Disposition"].startswith("inline;")
    assert shown["Cache-Control"] == "private, no-store" and shown["X-Content-Type-Options"] == "nosniff"
    with pikepdf.open(io.BytesIO(shown.content)) as pdf:
        assert len(pdf.pages) > 0


def test_plain_text_is_text(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    shown = as_(cast.manager).get(file_of(story, "plain-text"))
    assert shown["Content-Type"] == "text/plain; charset=utf-8" and "Two colleagues heard it" in shown.content.decode()
    assert as_(cast.manager).get(file_of(story, "braille")).status_code == 404


def test_once_approved_the_file_is_the_very_bytes_kept(story: Story, cast: Cast, as_: As) -> None:
    from_draft = story.decide()
    client = as_(cast.manager)
    address = reverse("correspondence.approve", args=[story.reference, "T1"])
    form = client.get(address).context["form"]
    told = {name: form.get_initial_for_field(f, name) for name, f in form.fields.items()}
    client.post(address, {**{k: v for k, v in told.items() if v}, "delivery": "post", "format": "standard"})
    kept = models.Letter.objects.get(case__reference=from_draft.reference)
    assert kept.sent_bytes and client.get(file_of(story, "standard")).content == bytes(kept.sent_bytes)
    assert kept.sha256 in words(client.get(letter_page(story)))


def test_characters_that_print_as_their_names_are_shown_to_whoever_approves(story: Story, cast: Cast, as_: As) -> None:
    assert story.person
    Person.objects.filter(pk=story.person.pk).update(forename="Jo 𓀀")
    story.person.refresh_from_db()
    story.decide()
    for address in (letter_page(story), reverse("correspondence.approve", args=[story.reference, "T1"])):
        said = words(as_(cast.manager).get(address))
        assert "Some characters print as their names" in said and "𓀀" in said


@pytest.mark.parametrize("who", ["colleague", "protection", "administrator"])
def test_whoever_does_no_casework_is_refused(story: Story, cast: Cast, as_: As, who: str) -> None:
    story.decide()
    client = as_(getattr(cast, who))
    assert client.get("/letters/").status_code == 403
    assert client.get(letter_page(story)).status_code == 403


def test_a_manager_who_was_affected_finds_no_letter(story: Story, cast: Cast, as_: As) -> None:
    story.report(harmed=(cast.other_manager,)).decide()
    client = as_(cast.other_manager)
    assert story.reference not in queue(client)
    for address in (letter_page(story), file_of(story, "standard")):
        assert client.get(address).status_code == 404


def test_nobody_else_finds_the_letter_of_a_sealed_matter(story: Story, cast: Cast, as_: As) -> None:
    story.decide()
    ask = record.Ask(cast.manager.actor, story.moment)
    told = {"about": story.reference, "named": (cast.senior.actor_id,), "words": "He swore at me.", "name": "Dan"}
    sealed = record.open_case(ask, VERBS["counter_allegation.record"], about_person=story.person, **told).reference
    like = models.Letter.objects.get(case__reference=story.reference)
    like.pk, like.reference, like.case = None, "LT-sealed", models.Case.objects.get(reference=sealed)
    like.save()
    assert sealed in queue(as_(cast.senior))
    assert sealed not in queue(as_(cast.other_manager))
    assert as_(cast.other_manager).get(reverse("letter", args=[sealed, "T1"])).status_code == 404


def test_every_kind_of_letter_and_everything_it_owes_has_words() -> None:
    assert all(kind.words for kind in LetterKind)
    owed = {name for kind in LetterKind for name in must_say(kind, appealable=True, limits_contact=True)}
    assert owed == set(STATEMENT_WORDS)
