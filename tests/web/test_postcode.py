"""No postcode is parted by the end of a line, on whichever page it stands."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.people.models import User
from evenhand.web import way
from tests.security.crawl import LINK
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r">([^<]*)<")
PARTED = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}\b")
ASKED = ("/check/results?q=Bell", "/check/results?q=3 Ferry Row", "/search?q=Bell", "/cases/?show=all")


def pages(client: Client, addresses: set[str]) -> dict[str, str]:
    answers = {at: client.get(at) for at in sorted(addresses)}
    return {at: each.content.decode() for at, each in answers.items() if "html" in each.get("Content-Type", "")}


def test_a_postcode_stays_on_one_line_wherever_a_colleague_reads_it(
    story: Story, cast: Cast, as_: Callable[[User], Client]
) -> None:
    story.mark()
    assert story.person and story.home
    client = as_(cast.manager)
    at_hand = {
        way.to_check(story.person),
        way.to_check(story.home),
        way.to_hazards(story.home),
        way.to_person(story.person),
    }
    found = pages(client, {*ASKED, *at_hand})
    further = {there for body in found.values() for there in LINK.findall(body) if not there.startswith("/accounts")}
    found |= pages(client, further - set(found))
    assert sum("ZH1\u00a04JQ" in body for body in found.values()) > 9
    parted = {at: PARTED.findall(words) for at, body in found.items() for words in SHOWN.findall(body)}
    assert {at: codes for at, codes in parted.items() if codes} == {}
