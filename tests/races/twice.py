"""A line so bad that every form arrives twice: the second time nothing more happens, and the answer is the first one's.

What the second one did, if anything, is undone, so that a test goes on as if the line were good. A plain form that is
taken once is given the token that its page would have given it.
"""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from evenhand.cases import models
from evenhand.contacts.models import Answered, Objected, PutRightStep
from evenhand.doors.kept_words import token_for
from evenhand.people.models import Change, User

TWICE = "You had already sent this form. It was saved once."


SAID = (models.Event, models.AnswerLetter, Answered, Objected, PutRightStep, Change)
"""What nothing may be added to by the second."""


class Undone(Exception):
    """Raised to leave a savepoint without what happened in it."""


def post_twice(once: Any) -> Any:
    def post(client: Client, path: str, data: Any = None, **more: Any) -> HttpResponse:
        data = with_token(client, path, data)
        first: HttpResponse = once(client, path, data, **more)
        if first.status_code == 302 and isinstance(data, dict) and data.get("token") and connection.in_atomic_block:
            assert again(once, client, path, data, more) == (302, first["Location"], 0, ""), path
        return first

    return post


def with_token(client: Client, path: str, data: Any) -> Any:
    """What is sent, with the token of a plain form that is taken once; a test need not open its page first."""
    whose = client.session.get(SESSION_KEY)
    if not isinstance(data, dict) or "token" in data or whose is None:
        return data
    try:
        view = getattr(resolve(path.partition("?")[0]).func, "view_class", None)
    except Resolver404:
        return data
    return {**data, "token": token_for(User.objects.get(pk=whose))} if getattr(view, "once", False) else data


def written() -> int:
    return sum(kind._default_manager.count() for kind in SAID)


def again(once: Any, client: Client, path: str, data: dict[str, Any], more: dict[str, Any]) -> tuple[Any, ...]:
    """What came of the same form sent once more: status, where it led, how many rows it wrote, what it said."""
    before, cookies = written(), SimpleCookie(client.cookies)
    found: tuple[Any, ...] = ()
    try:
        with transaction.atomic():
            second = once(client, path, data, **more)
            wrong = "" if second.status_code == 302 else said(second)
            found = (
                second.status_code,
                second.headers.get("Location"),
                written() - before,
                wrong,
            )
            raise Undone
    except Undone:
        client.cookies = cookies
    return found


def said(response: Any) -> str:
    form = response.context and response.context.get("form")
    return str(dict(form.errors) if form else response.content[:200])


@pytest.fixture(autouse=True)
def every_form_arrives_twice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(Client, "post", post_twice(Client.post))
    yield
