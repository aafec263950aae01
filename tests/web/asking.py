"""Pages as a colleague uses them: opened, answered and sent, with what the page itself carries."""

import re
from datetime import date
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.web.stories import Story


def page_of(story: Story, verb: str, subject: str | None = None) -> str:
    """The address of a verb's page on this case."""
    return reverse(verb, args=[story.reference, subject] if subject else [story.reference])


def carried(shown: HttpResponse) -> dict[str, Any]:
    """What the form of an opened page carries unseen: the last event it showed, and its own token."""
    initial = shown.context["form"].initial
    return {name: initial[name] for name in ("seen", "token") if initial.get(name) is not None}


def answers(**given: Any) -> dict[str, Any]:
    """Answers as a browser sends them: a day in three boxes, a box not ticked not at all."""
    data: dict[str, Any] = {}
    for name, value in given.items():
        if isinstance(value, date):
            data |= {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}
        elif value is not None and value is not False:
            data[name] = value
    return data


def send(client: Client, address: str, **given: Any) -> HttpResponse:
    """The page opened, answered, and its form sent."""
    shown = client.get(address)
    assert shown.status_code == 200, shown.status_code
    return client.post(address, {**carried(shown), **answers(**given)})


def words(response: HttpResponse) -> str:
    """What a page says, without its marks: for looking up sentences."""
    body = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def errors(response: HttpResponse) -> str:
    """What the page says is to be put right, all of it."""
    return " ".join(str(each) for each in response.context["form"].errors.values())
