"""The queue of reviews: every limit, single contact and marker by its day, overdue first, for those who work on it."""

from collections.abc import Callable

from django.test import Client

from evenhand.people.models import User
from tests.web.stories import Cast, Story

SignIn = Callable[[User], Client]


def page(client: Client) -> str:
    response = client.get("/reviews/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_review_says_what_about_whom_and_by_when(story: Story, cast: Cast, as_: SignIn) -> None:
    story.mark()
    shown = page(as_(cast.manager))
    assert "Jo Bell: review the marker" in shown
    assert "Visit in pairs. Ring before visiting." in shown
    assert "3 September 2026" in shown and "M2" in shown
    assert f'href="/cases/{story.reference}/marker/M1/keep"' in shown


def test_an_overdue_review_comes_first_and_says_so(
    story: Story, cast: Cast, as_: SignIn, days_later: Callable[[int], object]
) -> None:
    story.mark()
    later = Story(cast, story.person, story.home)
    later.later(30).limit()
    days_later(190)
    shown = page(as_(cast.manager))
    assert "overdue" in shown
    assert shown.index(story.reference) < shown.index(later.reference)


def test_a_provisional_marker_is_decided_rather_than_reviewed(story: Story, cast: Cast, as_: SignIn) -> None:
    story.mark_provisionally()
    assert "Jo Bell: decide or renew the provisional marker" in page(as_(cast.manager))


def test_a_target_and_a_colleague_without_the_case_see_none_of_it(story: Story, cast: Cast, as_: SignIn) -> None:
    story.report(harmed=(cast.other_manager,)).mark()
    assert story.reference in page(as_(cast.manager))
    for user in (cast.other_manager, cast.duty, cast.partner):
        assert story.reference not in page(as_(user))
    assert as_(cast.colleague).get("/reviews/").status_code == 403


def test_with_nothing_to_review_the_page_says_what_happens_next(cast: Cast, as_: SignIn) -> None:
    assert "Nothing waits for a review" in page(as_(cast.manager))
