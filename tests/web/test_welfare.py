"""C4: welfare notes, which the colleague and whoever writes them read, and nobody else."""

from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.people.models import User
from evenhand.policy.events.welfare import WelfareNoted
from tests.web.asking import page_of, send
from tests.web.kept import happened, last
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


@pytest.fixture
def notes(story: Story, cast: Cast, as_: As) -> Story:
    """Begun by a manager about the duty colleague, who was affected."""
    story.report(harmed=(cast.duty,)).investigate()
    client, address = as_(cast.manager), page_of(story, "welfare.open")
    assert client.get(address).context["form"].fields["colleague"].initial == cast.duty.actor_id
    done = send(client, address, colleague=cast.duty.actor_id, note="Shaken, and wants to go on.")
    assert done.status_code == 302
    reference = str(done.headers["Location"]).strip("/").split("/")[-1]
    return Story(cast, story.person, story.home, story.day, reference, story.acts)


def test_the_writer_and_the_colleague_read_on_and_add_to_them(notes: Story, cast: Cast, as_: As) -> None:
    for user in (cast.duty, cast.manager):
        told = {"colleague": cast.duty.actor_id, "note": f"A word with {user.first_name}."}
        assert send(as_(user), page_of(notes, "welfare.note"), **told).status_code == 302
    written = [e.note for e in happened(notes, cast.duty) if isinstance(e, WelfareNoted)]
    assert written == ["Shaken, and wants to go on.", "A word with Dawn.", "A word with Priya."]


def test_nobody_else_finds_them(notes: Story, cast: Cast, as_: As) -> None:
    for user in set(cast.everyone) - {cast.duty, cast.manager}:
        assert as_(user).get(page_of(notes, "welfare.note")).status_code in (403, 404)
        assert as_(user).get(f"/cases/{notes.reference}/").status_code in (403, 404)


def test_a_note_that_says_nothing_is_not_kept(notes: Story, cast: Cast, as_: As) -> None:
    told = {"colleague": cast.duty.actor_id, "note": "  "}
    refused = send(as_(cast.manager), page_of(notes, "welfare.note"), **told)
    assert "note" in refused.context["form"].errors
    assert last(notes, cast.duty, WelfareNoted).note == "Shaken, and wants to go on."


@pytest.mark.parametrize("role", ["colleague", "investigator", "partner", "protection", "administrator"])
def test_only_those_who_decide_begin_them(story: Story, cast: Cast, as_: As, role: str) -> None:
    story.investigate()
    assert as_(getattr(cast, role)).get(page_of(story, "welfare.open")).status_code in (403, 404)
