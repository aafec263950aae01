"""The queue of appeals: for those who may hear or work on them, the soonest due first."""

from collections.abc import Callable

from django.test import Client

from evenhand.people.models import User
from tests.web.stories import Cast, Story

SignIn = Callable[[User], Client]


def page(client: Client) -> str:
    response = client.get("/appeals/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_an_appeal_says_about_whom_and_by_when_it_is_decided(story: Story, cast: Cast, as_: SignIn) -> None:
    story.decide().approve("T1").later(3).appeal("F1")
    shown = page(as_(cast.other_senior))
    assert "Decide the appeal" in shown and "Jo Bell" in shown and "D2" in shown
    assert f'href="/cases/{story.reference}/appeal/A1/decide"' in shown


def test_an_appeal_that_was_decided_is_gone(story: Story, cast: Cast, as_: SignIn) -> None:
    story.decide().approve("T1").later(3).appeal("F1").uphold()
    assert "No appeal is open" in page(as_(cast.other_senior))


def test_whoever_was_affected_does_not_see_the_appeal(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(harmed=(cast.senior,)).decide().approve("T1").later(3).appeal("F1")
    assert story.reference in page(as_(cast.other_senior))
    assert story.reference not in page(as_(cast.senior))


def test_a_plain_colleague_has_no_such_page(cast: Cast, as_: SignIn) -> None:
    assert as_(cast.colleague).get("/appeals/").status_code == 403
