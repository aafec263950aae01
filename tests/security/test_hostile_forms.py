"""Whatever is sent with whatever form: a page in words, everything of it written or nothing, and never a fault."""

import os
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from evenhand.cases import models
from evenhand.people.models import User
from tests.security import routes
from tests.security.crawl import everything, roots
from tests.security.hostile import HOSTILE, sent
from tests.security.test_walk import closed_to_anyone_else
from tests.web.stories import Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
EACH = int(os.environ.get("EVENHAND_HOSTILE", "1"))
"""How many hostile values each form is sent, in turn, so that together they get them all; 20 sends all to all."""


SIGNING_OUT = 1
"""The form that every page has."""


def forms_of(browser: Client, start: list[str]) -> Iterator[tuple[str, HttpResponse]]:
    """Every page with a form that is sent, wherever it can be reached."""
    for address, page in sorted(everything(browser, start).items()):
        forms = page.body.count(b'method="post"') if page.kind.startswith("text/html") else 0
        if page.status == 200 and forms > SIGNING_OUT:
            shown = browser.get(address)
            if shown.context and "form" in shown.context and hasattr(shown.context["form"], "fields"):
                yield address, shown


def written() -> tuple[int, int, int]:
    """How much there is in the record, to see whether anything was added."""
    return models.Event.objects.count(), models.Facts.objects.count(), models.Letter.objects.count()


def is_answered(answer: HttpResponse, address: str, kind: str) -> None:
    assert answer.status_code in (200, 302, 400, 403, 404, 405, 409, 413), f"{address}: {answer.status_code} for {kind}"
    body = answer.content.decode()
    assert "Traceback" not in body and "<xss" not in body, f"{address} for {kind}"
    if answer.status_code == 200 and "<html" in body:
        assert "There is a problem" in body or "alert" in body or "<form" in body, f"{address} says nothing of {kind}"


@pytest.mark.parametrize("who", ["manager", "investigator", "administrator"])
def test_no_form_fails_or_half_writes_whatever_it_is_sent(who: str, story: Story, as_: SignIn) -> None:
    story.report(harmed=(story.cast.duty,)).mark()
    browser = as_(getattr(story.cast, who))
    browser.raise_request_exception = False
    kinds = cycle(HOSTILE)
    tried = 0
    for address, shown in forms_of(browser, roots()):
        form = shown.context["form"]
        honest = {name: form.initial[name] for name in ("seen", "token") if form.initial.get(name) is not None}
        for kind in islice(kinds, EACH):
            events, facts, letters = written()
            answer = browser.post(address, sent(list(form.fields), kind, honest))
            is_answered(answer, address, kind)
            now = written()
            assert now[0] - events == now[1] - facts, f"{address} half-wrote {kind}"
            assert answer.status_code == 302 or now == (events, facts, letters), f"{address} wrote and refused {kind}"
            assert not connection.needs_rollback
            tried += 1
    assert tried > 10


NARROWED = (
    "q",
    "after",
    "show",
    "case",
    "person",
    "colleague",
    "kind",
    "mine",
    "days",
    "to",
    "what",
    "at",
    "about",
    "watch",
)


@pytest.mark.parametrize("who", ["manager", "protection", "administrator"])
def test_no_list_or_search_fails_whatever_its_address_says(who: str, story: Story, as_: SignIn) -> None:
    story.mark()
    browser = as_(getattr(story.cast, who))
    browser.raise_request_exception = False
    short = {kind: value for kind, value in HOSTILE.items() if len(value) < 10_000}
    places = cycle(
        (
            *short.items(),
            ("a day", "2026-03-03/7"),
            ("half a day", "2026-13|x|y|z"),
            ("look", "2026-03-03T10:00:00+00:00/1"),
        )
    )
    for address in roots():
        for kind, value in islice(places, EACH + 1):
            answer = browser.get(address, dict.fromkeys(NARROWED, value))
            is_answered(answer, address, kind)


@pytest.mark.parametrize("kind", ["null", "long"])
def test_an_address_that_cannot_be_read_is_refused_in_words(kind: str, story: Story, as_: SignIn) -> None:
    browser = as_(story.cast.manager)
    browser.raise_request_exception = False
    for answer in (browser.get("/cases/", {"after": HOSTILE["null"]}), browser.get("/cases/EH%00/")):
        assert answer.status_code == 400 and "We could not read that" in answer.content.decode()
    too_much = browser.post("/report", {"account": "x" * 6_000_000, "token": "t"})
    assert too_much.status_code == 400 and "too long" in too_much.content.decode()


STRANGE = ("9" * 40, "0", "王🚒", "x" * 3000, "a:b:c", "' OR 1=1", "%25", "-1", ".")


@pytest.mark.parametrize("who", ["manager", "administrator"])
def test_no_part_of_an_address_fails_whatever_it_is(who: str, story: Story, as_: SignIn) -> None:
    """Numbers past any size, letters of every script, and what is signed by nobody: there is no such page."""
    story.report()
    browser = as_(getattr(story.cast, who))
    browser.raise_request_exception = False
    values = cycle(STRANGE)
    for path, page in closed_to_anyone_else():
        for number in routes.parts(path).values():
            value = "9" * 40 if number else next(values)
            told = {name: "9" * 40 if is_number else value for name, is_number in routes.parts(path).items()}
            for method in (browser.get, browser.post):
                status = method(routes.address(path, page, **told)).status_code
                assert status in (302, 400, 403, 404, 405), f"{path} of {value[:20]}: {status}"


def test_a_form_of_an_expired_session_is_there_again_for_whoever_wrote_it_and_for_nobody_else(
    story: Story, as_: SignIn
) -> None:
    story.investigate()
    page = f"/cases/{story.reference}/police/decline"
    browser = as_(story.cast.manager)
    shown = browser.get(page)
    told: dict[str, Any] = {
        **shown.context["form"].initial,
        "incident": "I1",
        "reasons": "Nobody in the house wants it.",
    }
    browser.cookies.clear()
    sent_late = browser.post(page, told)
    assert sent_late.status_code == 302 and "/accounts/login/" in sent_late["Location"]
    browser.force_login(story.cast.manager)
    again = browser.get(page)
    assert "Nobody in the house wants it." in again.content.decode()
    assert "You were signed out while you wrote" in again.content.decode()
    assert "Nobody in the house wants it." not in browser.get(page).content.decode(), "They are given once."
    assert browser.post(page, told).status_code == 302 and "ReportDeclined" in kinds_of(story)

    browser.cookies.clear()
    browser.post(page, told)
    browser.force_login(story.cast.other_manager)
    assert "Nobody in the house wants it." not in browser.get(page).content.decode()


def kinds_of(story: Story) -> str:
    return " ".join(models.Event.objects.filter(case__reference=story.reference).values_list("kind", flat=True))
