"""In the second in which the database is away, busy or full: every address says so, in words, and loses nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver
from psycopg import errors

from evenhand.api.answering import resolver
from evenhand.cases import models, record
from evenhand.people.models import User
from evenhand.sharing.models.key import Scope
from tests.api.calling import Keyring
from tests.security import routes
from tests.security.front_door import LOGIN
from tests.security.test_walk import closed_to_anyone_else, known
from tests.web.stories import Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def as_django_raises(error: psycopg.Error) -> OperationalError:
    raised = OperationalError(str(error))
    raised.__cause__ = error
    return raised


AWAY = psycopg.OperationalError("connection failed: Connection refused")


def failing(error: psycopg.Error) -> Callable[..., None]:
    def fails(*_: object, **__: object) -> None:
        # Each time anew: one that is raised again drags the traces of all the times before after it.
        raise as_django_raises(type(error)(str(error)))

    return fails


@contextmanager
def unanswered(error: psycopg.Error = AWAY) -> Iterator[None]:
    """Whatever is asked of the database within this block fails so."""

    with pytest.MonkeyPatch.context() as patch:
        for name in ("cursor", "chunked_cursor", "set_autocommit", "ensure_connection"):
            patch.setattr(connection, name, failing(error))
        yield


def test_every_page_says_that_it_cannot_answer_and_that_this_says_nothing_about_anyone(
    story: Story, as_: SignIn
) -> None:
    """As a colleague who is signed in: it is before any view, in finding out who asks, that the database is missed."""
    story.decide()
    browser = as_(story.cast.manager)
    browser.raise_request_exception = False
    pages = [(path, routes.address(path, page, **known(story))) for path, page in closed_to_anyone_else()]
    assert len(pages) > 150
    with unanswered():
        for path, there in pages:
            for answer in (browser.get(there), browser.post(there, {"token": "t"}), browser.head(there)):
                assert answer.status_code in (503, 405), f"{path}: {answer.status_code}"
                if answer.status_code == 503:
                    assert answer["Retry-After"] == "5" and "frame-ancestors" in answer["Content-Security-Policy"], path
                    assert answer.wsgi_request.method == "HEAD" or "This says nothing about anyone" in said(answer)


def test_every_page_of_nobody_and_of_signing_in_answers_or_says_that_it_cannot() -> None:
    nobody = Client(raise_request_exception=False)
    pages: dict[str, URLPattern] = {**routes.every(), **routes.of_signing_in()}
    with unanswered():
        for path, page in pages.items():
            there = routes.address(path, page, key="1-1", uidb36="1", provider_id="landlord")
            for answer in (nobody.get(there), nobody.post(there, {"login": "sam", "password": "p"})):
                assert answer.status_code in (200, 302, 400, 401, 403, 404, 405, 503), f"{path}: {answer.status_code}"
        assert nobody.post(LOGIN, {"login": "sam", "password": "a secret"}).status_code == 503


def test_what_is_signed_in_with_is_never_shown() -> None:
    with unanswered():
        page = said(Client(raise_request_exception=False).post(LOGIN, {"login": "sam", "password": "a secret"}))
    assert "a secret" not in page and "Go back" in page


def test_every_call_of_a_machine_is_told_so_as_a_problem(keys: Keyring) -> None:
    system = keys.system(*Scope)
    # The contract is a file: it is the same for everyone, and asks the database nothing.
    calls = [path for path in addresses(resolver()) if not path.endswith("openapi.json")]
    assert "/api/v1/check" in calls
    with unanswered():
        for path in calls:
            for method in (system.client.get, system.client.post):
                answer = method(path, headers=system.headers(), content_type="application/json")
                if answer.status_code not in (404, 405):
                    assert answer.status_code == 503, f"{path}: {answer.status_code}"
                    assert answer["Content-Type"] == "application/problem+json" and answer["Retry-After"] == "5"
                    assert answer.json()["code"] == "unavailable"


def addresses(inside: URLResolver, prefix: str = "/") -> Iterator[str]:
    for each in inside.url_patterns:
        path = f"{prefix}{each.pattern}"
        yield from addresses(each, path) if isinstance(each, URLResolver) else [path]


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


def declined(browser: Client, story: Story) -> tuple[str, dict[str, Any]]:
    page = f"/cases/{story.reference}/police/decline"
    shown = browser.get(page).context["form"].initial
    return page, {**shown, "incident": "I1", "reasons": "Nobody in the house wants <b>it</b>."}


def test_words_sent_while_the_database_is_away_are_sent_again_with_one_button_and_saved_once(
    story: Story, as_: SignIn
) -> None:
    story.investigate()
    browser = as_(story.cast.manager)
    browser.raise_request_exception = False
    page, told = declined(browser, story)
    with unanswered():
        lost = browser.post(page, told)
    assert lost.status_code == 503 and "your words are still here" in said(lost)
    assert "Nobody in the house wants &lt;b&gt;it&lt;/b&gt;." in said(lost) and f'action="{page}"' in said(lost)
    again = {name: value for name, value in lost.context["fields"]}
    assert again == {name: str(value) for name, value in told.items()}
    for _ in range(2):
        assert browser.post(page, again).status_code == 302
    kinds = models.Event.objects.filter(case__reference=story.reference).values_list("kind", flat=True)
    assert list(kinds).count("ReportDeclined") == 1


def test_nobody_elsewhere_has_us_show_words_of_theirs(story: Story, as_: SignIn) -> None:
    """A form that another site sends in the browser's name is refused before anything of it is shown."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(story.cast.manager)
    with unanswered():
        answer = browser.post("/report", {"token": "t", "account": "Ring this number"})
    assert answer.status_code in (403, 503) and "Ring this number" not in said(answer)


@pytest.mark.parametrize(
    "error, words, seconds",
    [
        (errors.DiskFull("could not extend file"), "no room left", "60"),
        (errors.TooManyConnections("sorry"), "Too much is asked", "30"),
        (errors.DeadlockDetected("deadlock"), "at this very moment", "2"),
        (errors.LockNotAvailable("timeout"), "at this very moment", "2"),
        (errors.QueryCanceled("statement timeout"), "took too long", "30"),
        (errors.AdminShutdown("terminating connection"), "being started again", "5"),
    ],
)
def test_each_trouble_is_told_in_its_own_words(
    error: psycopg.Error, words: str, seconds: str, story: Story, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.investigate()
    browser = as_(story.cast.manager)
    browser.raise_request_exception = False
    page, told = declined(browser, story)
    with unanswered(error):
        answer = browser.get(page)
    assert (answer.status_code, answer["Retry-After"]) == (503, seconds) and words in said(answer)
    monkeypatch.setattr(record, "act_on", failing(error))
    kept = browser.post(page, told)
    assert kept.status_code == 503 and "Nobody in the house wants" in said(kept)
    assert "Your words are still here" in said(kept) or "not saved" in said(kept)


def test_a_fault_of_ours_is_not_told_as_if_waiting_mended_it(
    story: Story, as_: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.investigate()
    browser = as_(story.cast.manager)
    browser.raise_request_exception = False
    page, told = declined(browser, story)
    monkeypatch.setattr(record, "act_on", failing(errors.StatementTooComplex("stack depth limit exceeded")))
    answer = browser.post(page, told)
    assert answer.status_code == 500 and "Something went wrong" in said(answer)
