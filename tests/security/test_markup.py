"""Words that are markup somewhere, stored in every text there is: pages, letters, lists and emails show words."""

import csv
import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from evenhand.cases import letters, models, sending
from evenhand.cases.circumstances import Moment
from evenhand.cases.record import Ask
from evenhand.people.models import Home, Landlord, Person, Team, User
from evenhand.people.text import name_to_search
from evenhand.policy.conduct import Finding
from evenhand.policy.events.correspondence import Delivery
from evenhand.policy.need import LetterFormat
from evenhand.web import invitation
from tests.security.crawl import everything, roots
from tests.security.hostile import MARKUP, TYPST, WORLD
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ALIVE = re.compile(rb"<xss|<script>alert|\b49\b(?=\{%)|onmouseover=alert\(1\)>(?!&)")


def named(story: Story, words: str) -> None:
    """Everybody and everything of the story is called this."""
    User.objects.filter(pk__in=[each.pk for each in story.cast.everyone]).update(
        first_name=words[:150], last_name="X", job_title=words[:120]
    )
    Person.objects.filter(pk=story.person.pk).update(  # type: ignore[union-attr]
        forename=words[:100], surname="Bell", description=words, communication_needs=words, unsafe_note=words
    )
    Home.objects.filter(pk=story.home.pk).update(address_line=words[:200], town=words[:60])  # type: ignore[union-attr]
    Team.objects.update(name=words[:120])
    Landlord.objects.update(name=words[:120], address=words, complaints_route=words, advocacy=words)
    for held in (story.person, story.home, *story.cast.everyone):
        held.refresh_from_db()  # type: ignore[union-attr]


@pytest.fixture
def of_markup(story: Story) -> Story:
    named(story, MARKUP)
    story.report(
        harmed=(story.cast.duty,), account=MARKUP, where=MARKUP[:200], witnesses=MARKUP, described=MARKUP[:200]
    )
    story.hear(MARKUP)
    story.act("support.answer", story.cast.investigator, words=MARKUP)
    story.act("investigation.view_how_often", story.cast.investigator, earlier=2, view=MARKUP)
    story.act("police.decline", story.cast.manager, incident="I1", reasons=MARKUP)
    story.assess()
    story.act(
        "decision.decide",
        story.cast.manager,
        found=tuple((each, Finding.UNACCEPTABLE) for each in story.conducts()),
        reasons=MARKUP,
        relied_on=MARKUP,
        beyond_forceful=MARKUP,
    )
    return story


@pytest.mark.parametrize("who", ["manager", "administrator", "protection"])
def test_markup_in_what_was_written_is_shown_as_it_was_written(who: str, of_markup: Story, as_: SignIn) -> None:
    browser = as_(getattr(of_markup.cast, who))
    typed = [reverse("search") + "?q=%3Cxss%3E", reverse("check") + "?q=%3Cscript%3Ealert(1)%3C/script%3E"]
    found = everything(browser, [*roots(), *typed])
    alive = [
        address for address, page in found.items() if page.kind.startswith("text/html") and ALIVE.search(page.body)
    ]
    assert alive == []
    if who == "manager":
        assert sum(b"&lt;xss" in page.body for page in found.values()) > 20, "The words are nowhere to be seen."


def letter_text(story: Story, letter: str = "T1") -> str:
    shown = letters.preview(story.reference, letter, format=LetterFormat.STANDARD)
    pdf = pypdfium2.PdfDocument(shown.data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def decided_with(story: Story, reasons: str) -> Story:
    story.ready()
    story.act(
        "decision.decide",
        story.cast.manager,
        found=tuple((each, Finding.UNACCEPTABLE) for each in story.conducts()),
        reasons=reasons,
        relied_on="The report.",
        beyond_forceful="It went on for ten minutes.",
    )
    return story


@pytest.mark.parametrize("words", [TYPST, MARKUP], ids=["typst", "markup"])
def test_a_letter_prints_marks_of_its_own_language_as_words(words: str, story: Story) -> None:
    named(story, words)
    decided_with(story, words)
    said = letter_text(story)
    for part in ('#panic("typst")', '#read("/etc/passwd")', "$x$", "*b*", "`raw`", "#{ }") if words == TYPST else (
        "<script>alert(1)</script>", "{{7*7}}",
    ):  # fmt: skip
        assert part in said.replace("“", '"').replace("”", '"').replace("’", "'"), part
    assert "root:" not in said


def test_a_letter_prints_every_script_it_has_letters_for_and_names_what_it_has_not(story: Story) -> None:
    Person.objects.filter(pk=story.person.pk).update(
        forename="小明", surname="王", search_name=name_to_search("小明", "王")
    )  # type: ignore[union-attr]
    story.person.refresh_from_db()  # type: ignore[union-attr]
    decided_with(story, WORLD)
    said = letter_text(story)
    assert "王" in said and "小明" in said, "The name of the person to whom it is written is not in it."
    assert "\u202e" not in said, "A mark that turns words round is in a letter."
    shown = letters.preview(story.reference, "T1", format=LetterFormat.STANDARD)
    assert "fire" in said.lower() and any("🚒" in odd for odd in shown.unprintable), "An emoji was lost in silence."
    for shape in (LetterFormat.LARGE_PRINT, LetterFormat.EASY_READ, LetterFormat.PLAIN_TEXT):
        assert letters.preview(story.reference, "T1", format=shape).data


def test_pages_show_every_script(story: Story, as_: SignIn) -> None:
    named(story, WORLD)
    decided_with(story, WORLD)
    found = everything(as_(story.cast.manager), roots())
    assert [address for address, page in found.items() if page.status >= 500] == []
    assert any("王小明".encode() in page.body for page in found.values())


def test_a_spreadsheet_does_not_run_what_somebody_wrote(story: Story, as_: SignIn) -> None:
    """Every list that is given as a file: a cell that a spreadsheet would reckon has a mark before it."""
    named(story, '=HYPERLINK("https://evil.example")')
    decided_with(story, "@SUM(1)").approve()
    browser = as_(story.cast.manager)
    browser.post(reverse("print-batches"))
    found = everything(browser, roots())
    lists = {address: page for address, page in found.items() if page.kind.startswith("text/csv")}
    assert len(lists) >= 2
    for address, page in lists.items():
        for row in csv.reader(io.StringIO(page.body.decode("utf-8-sig"))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r", "-c"))], f"{address}: {row}"


INJECTED = "Zedham\r\nBcc: everyone@evil.example\r\n\r\nAnd a body"


def test_no_line_can_be_added_to_the_head_of_an_e_mail(story: Story, cast: Cast, settings: object) -> None:
    """Whatever got into the names: one recipient, one subject, and the letter goes or says that it did not."""
    decided_with(story, "Two colleagues heard it.")
    Landlord.objects.update(name=INJECTED[:120], email="a@b.example\r\nBcc: c@evil.example"[:60])
    ask_letter(story)
    row = models.Letter.objects.get(case__reference=story.reference, letter="T1")
    sending.send(row.pk, Moment(story.moment.at, story.day))
    heads = [str(each.message()).partition("\n\n")[0] for each in mail.outbox]
    assert heads, "The letter was not sent."
    assert not any(re.search(r"(?im)^bcc:", head) for head in heads)
    assert [each.recipients() for each in mail.outbox] == [["jo.bell@example.com"]]


def ask_letter(story: Story) -> None:
    story.acts += 1
    letters.approve(
        story.reference, "T1", Ask(story.cast.manager.actor, story.moment), delivery=Delivery.EMAIL,
        format=LetterFormat.STANDARD,
    )  # fmt: skip


def test_an_invitation_says_its_words_as_words(cast: Cast, landlord: Landlord, as_: SignIn) -> None:
    User.objects.filter(pk=cast.colleague.pk).update(first_name=INJECTED[:150])
    as_(cast.administrator).post(reverse("colleague.link", args=[cast.colleague.pk]), {"how": "send"})
    assert invitation.DAYS == 3
    assert not any(re.search(r"(?im)^bcc:", str(each.message()).partition("\n\n")[0]) for each in mail.outbox)
