"""A line so bad that every form arrives twice: the second time nothing more happens, and the answer is the first one's.

What the second one did, if anything, is undone, so that a test goes on as if the line were good.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from evenhand.cases import models

TWICE = "You had already sent this form. It was saved once."


class Undone(Exception):
    """Raised to leave a savepoint without what happened in it."""


def post_twice(once: Any) -> Any:
    def post(client: Client, path: str, data: Any = None, **more: Any) -> HttpResponse:
        first: HttpResponse = once(client, path, data, **more)
        if first.status_code == 302 and isinstance(data, dict) and data.get("token") and connection.in_atomic_block:
            assert again(once, client, path, data, more) == (302, first["Location"], 0, ""), path
        return first

    return post


def again(once: Any, client: Client, path: str, data: dict[str, Any], more: dict[str, Any]) -> tuple[Any, ...]:
    """What came of the same form sent once more: status, where it led, how many events it wrote, what it said."""
    before, cookies = models.Event.objects.count(), client.cookies.copy()
    found: tuple[Any, ...] = ()
    try:
        with transaction.atomic():
            second = once(client, path, data, **more)
            wrong = "" if second.status_code == 302 else said(second)
            found = (
                second.status_code,
                second.headers.get("Location"),
                models.Event.objects.count() - before,
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
