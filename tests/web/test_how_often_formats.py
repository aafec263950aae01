"""C2: the page for the customer can be had in the format of their letters, and in the others that are made at once."""

import re
from collections.abc import Callable

import pypdfium2
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evenhand.cases import exhibits, reading
from evenhand.people.models import Look, Person, User
from evenhand.policy.need import LetterFormat
from evenhand.web import way
from tests.web.demand_log import daily, neighbours
from tests.web.stories import Cast, Story
from tests.web.test_demand import DONE, at

__all__ = ["daily", "neighbours"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def reads(person: Person, format: LetterFormat) -> None:
    person.letter_format = format
    person.save()


def links(browser: Client, person: Person) -> list[tuple[str, str]]:
    """The addresses of the page for the customer in each format, in order, each with what it says of itself."""
    page = browser.get(at("demand.person", person)).content.decode()
    return re.findall(r'<li><a class="govuk-link" href="([^"]+/statement[^"]*)">(.+?)</li>', page)


def pages(answer: HttpResponse) -> int:
    assert answer["Content-Type"] == "application/pdf"
    return len(pypdfium2.PdfDocument(answer.content))


def test_a_customer_without_a_format_has_one_page_and_others_beside_it(cast: Cast, daily: Person, as_: SignIn) -> None:
    browser = as_(cast.investigator)
    standard, large, plain = links(browser, daily)
    assert "in standard print (PDF, one page)" in standard[1] and "the one for this person" in standard[1]
    assert "in large print (PDF)" in large[1] and "as plain text" in plain[1]
    assert pages(browser.get(standard[0])) == 1 and pages(browser.get(large[0])) > 1
    assert browser.get(plain[0])["Content-Type"] == "text/plain; charset=utf-8"
    assert "Ask for any other format to be made" in browser.get(at("demand.person", daily)).content.decode()


def test_whoever_reads_large_print_has_it_first_and_without_asking(cast: Cast, daily: Person, as_: SignIn) -> None:
    reads(daily, LetterFormat.LARGE_PRINT)
    browser = as_(cast.investigator)
    (first, words), (second, _), _ = links(browser, daily)
    assert first == at("demand.statement", daily) and "large print" in words and "the one for this person" in words
    assert pages(browser.get(first)) > 1
    assert second.endswith("/standard") and pages(browser.get(second)) == 1


def test_braille_is_asked_for_and_nobody_is_told_that_another_is_theirs(cast: Cast, daily: Person, as_: SignIn) -> None:
    reads(daily, LetterFormat.BRAILLE)
    browser = as_(cast.investigator)
    assert not any("the one for this person" in words for _, words in links(browser, daily))
    assert "For this person: braille." in browser.get(at("demand.person", daily)).content.decode()
    assert pages(browser.get(at("demand.statement", daily))) == 1


@pytest.mark.parametrize("format", ["braille", "easy-read", "none"])
def test_a_format_that_has_to_be_made_is_not_there(cast: Cast, daily: Person, as_: SignIn, format: str) -> None:
    signed = way.PEOPLE.sign(str(daily.pk))
    assert as_(cast.manager).get(reverse("demand.statement", args=[signed, format])).status_code == 404


def test_each_format_is_a_look_and_none_is_for_a_plain_colleague(cast: Cast, daily: Person, as_: SignIn) -> None:
    signed = way.PEOPLE.sign(str(daily.pk))
    for format in ("standard", "large-print", "plain-text"):
        address = reverse("demand.statement", args=[signed, format])
        before = Look.objects.count()
        assert as_(cast.manager).get(address).status_code == 200
        assert Look.objects.filter(person=daily, actor=cast.manager.actor_id).exists()
        assert Look.objects.count() == before + 1
        assert as_(cast.colleague).get(address).status_code == 403


@pytest.mark.parametrize(
    ("format", "begins", "ends", "one"),
    [
        (LetterFormat.STANDARD, "How often, for the customer, measured", ".pdf", True),
        (LetterFormat.LARGE_PRINT, "How often, for the customer, large print, measured", ".pdf", False),
        (LetterFormat.BRAILLE, "How often, for the customer, measured", ".pdf", True),
    ],
)
def test_a_case_keeps_the_page_as_this_customer_can_read_it(
    cast: Cast, daily: Person, as_: SignIn, story: Story, format: LetterFormat, begins: str, ends: str, one: bool
) -> None:
    reads(daily, format)
    story.report().triage()
    taken = {"account": "She rang every day.", "token": "once", **DONE, "into": story.reference}
    as_(cast.manager).post(at("demand.take", daily), taken)
    file = reading.case_file(story.reference, cast.manager, story.day)
    (kept,) = (each for each in exhibits.of(file) if "for the customer" in each.name)
    assert kept.name.startswith(begins) and kept.name.endswith(ends)
    _, stored = exhibits.held(story.reference, kept.reference, cast.manager, story.day)
    with stored:
        assert (len(pypdfium2.PdfDocument(stored.read())) == 1) is one
