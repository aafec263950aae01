"""No page of a case offers a link that is refused; what the viewer may not do is told with who can."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from evenhand.people.models import User
from tests.web.asking import words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
TABS = ("", "incidents/", "account/", "decision/", "controls/", "letters/", "police/", "looks/")


def links(client: Client, story: Story, tab: str) -> list[str]:
    """The links of a page of the case; none where the viewer has no such page."""
    shown = client.get(f"/cases/{story.reference}/{tab}")
    found = re.findall(r'href="(/[^"#]*)', shown.content.decode()) if shown.status_code == 200 else []
    return [unescape(each) for each in found if not each.startswith("/static")]


@pytest.mark.parametrize("role", ["colleague", "duty", "investigator", "manager", "senior", "director", "protection"])
def test_every_link_on_a_case_opens_for_whoever_is_shown_it(story: Story, cast: Cast, as_: As, role: str) -> None:
    story.mark().appeal("M1")
    client = as_(getattr(cast, role))
    offered = dict.fromkeys(href for tab in TABS for href in links(client, story, tab))
    refused = [href for href in offered if client.get(href).status_code not in (200, 302)]
    assert not refused


def test_an_investigator_reads_who_reviews_a_marker_and_is_offered_what_they_may_do(
    story: Story, cast: Cast, as_: As
) -> None:
    story.mark()
    there = f"/cases/{story.reference}/controls/"
    shown = as_(cast.investigator).get(there)
    assert f"{story.reference}/marker/M1/keep" not in shown.content.decode()
    assert f"{story.reference}/appeal/M1/lodge" in shown.content.decode()
    said = "A manager, a senior manager or a director can: review the marker and keep it; remove the marker"
    assert said in words(shown)
    assert said not in words(as_(cast.manager).get(there))
