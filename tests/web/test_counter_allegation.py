"""Rule 15: what a customer says of a colleague, as a matter of its own, on the pages for it."""

from collections.abc import Callable

import pytest
from django.test import Client

from evenhand.cases import models
from evenhand.people.models import User
from evenhand.policy.events.counter_allegation import AllegationRecorded, AllegationResolved, AllegationSettled
from tests.web.asking import errors, page_of, send, words
from tests.web.kept import last
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


@pytest.fixture
def matter(story: Story, cast: Cast, as_: As) -> Story:
    """Recorded by the investigator, about the duty colleague, with a manager named."""
    story.hear("He swore at me first.")
    told = {
        "words": "He swore at me first.", "colleague": cast.duty.actor_id, "name": "Dawn",
        "named": [cast.manager.actor_id],
    }  # fmt: skip
    done = send(as_(cast.investigator), page_of(story, "counter_allegation.record"), **told)
    assert done.status_code == 302
    reference = str(done.headers["Location"]).strip("/").split("/")[-1]
    return Story(cast, story.person, story.home, story.day, reference, story.acts)


def test_only_those_named_know_of_it_and_never_whom_it_is_about(matter: Story, cast: Cast, as_: As) -> None:
    page = f"/cases/{matter.reference}/"
    assert as_(cast.manager).get(page).status_code == as_(cast.investigator).get(page).status_code == 200
    for user in (cast.duty, cast.other_manager, cast.senior, cast.director):
        assert as_(user).get(page).status_code == 404


def test_the_colleague_complained_of_cannot_be_let_in(story: Story, cast: Cast, as_: As) -> None:
    story.hear()
    told = {
        "words": "She laughed at me.", "colleague": cast.manager.actor_id, "name": "Priya",
        "named": [cast.manager.actor_id],
    }  # fmt: skip
    refused = send(as_(cast.investigator), page_of(story, "counter_allegation.record"), **told)
    assert "named" in refused.context["form"].errors and "She laughed at me." in refused.content.decode()
    assert not models.Case.objects.exclude(matter="conduct").exists()


def test_someone_independent_looks_into_it_and_resolves_it(matter: Story, cast: Cast, as_: As) -> None:
    asked = {"investigator": cast.other_manager.actor_id, "independent_because": "Another team."}
    address = page_of(matter, "counter_allegation.resolve")
    assert "Nobody independent looks into it yet." in words(as_(cast.manager).get(address))
    assert send(as_(cast.manager), page_of(matter, "counter_allegation.assign"), **asked).status_code == 302
    assert "The independent investigator resolves it." in words(as_(cast.manager).get(address))
    found = {"result": "partly upheld", "reasons": "Two heard it.", "told": "A colleague spoke rudely. We are sorry."}
    assert send(as_(cast.other_manager), address, **found).status_code == 302
    assert last(matter, cast.other_manager, AllegationResolved).told == found["told"]


def test_before_a_decision_it_is_settled_or_set_apart_with_a_reason(story: Story, cast: Cast, as_: As) -> None:
    story.hear("He swore at me first.", about_a_colleague=True)
    client, address = as_(cast.investigator), page_of(story, "counter_allegation.settle")
    assert "reason" in send(client, address, set_apart="on", reason="").context["form"].errors
    told = {"set_apart": "on", "reason": "The finding does not depend on it."}
    assert send(client, address, **told).status_code == 302
    assert last(story, cast.manager, AllegationSettled).set_apart is True


@pytest.mark.parametrize("role", ["colleague", "duty", "partner", "protection", "administrator"])
def test_those_who_do_not_work_on_the_case_record_nothing(story: Story, cast: Cast, as_: As, role: str) -> None:
    story.hear()
    for verb in ("record", "settle"):
        assert as_(getattr(cast, role)).get(page_of(story, f"counter_allegation.{verb}")).status_code in (403, 404)


def test_whoever_is_chosen_needs_no_name_and_somebody_unknown_needs_one(story: Story, cast: Cast, as_: As) -> None:
    story.hear()
    client, address = as_(cast.investigator), page_of(story, "counter_allegation.record")
    told = {"words": "She laughed at me.", "named": [cast.manager.actor_id]}
    assert "Choose the colleague, or write the name the customer gave" in errors(send(client, address, **told))
    done = send(client, address, **told, colleague=cast.duty.actor_id)
    assert done.status_code == 302
    matter = Story(cast, story.person, story.home, story.day, done["Location"].strip("/").split("/")[-1], story.acts)
    recorded = last(matter, cast.manager, AllegationRecorded)
    assert (recorded.colleague, recorded.name) == (cast.duty.actor_id, "Dawn Price")
    assert send(client, address, **told, name="A tall man called Dan").status_code == 302
