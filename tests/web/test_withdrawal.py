"""A colleague who was told of a warning says, on their own page, that they let it go."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases.circumstances import Moment
from evenhand.people.models import User
from evenhand.sharing import following, ledger
from evenhand.sharing.ledger import Told
from evenhand.sharing.models import Recall
from evenhand.sharing.models.change import ControlKind
from evenhand.sharing.models.disclosure import ConfirmedHow, How
from tests.web.asking import words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
HERE = reverse("withdrawals")


def ended(story: Story, *told: User) -> Recall:
    """A marker that these colleagues were told of, and that was removed since."""
    story.mark().approve()
    moment = Moment(story.moment.at + timedelta(hours=1), story.day)
    following.follow(moment)
    marker = Told(story.reference, "M1", ControlKind.MARKER, story.person.pk if story.person else None)
    for user in told:
        ledger.disclose(ledger.colleague(user), [marker], How.CHECK, moment.at, why="A visit")
    story.later().act("marker.remove", story.cast.manager, "M1", reasons="Nothing has happened since.")
    following.follow(Moment(story.moment.at, story.day))
    return Recall.objects.order_by("id")[0]


def test_a_colleague_confirms_that_they_removed_it_from_their_notes(story: Story, cast: Cast, as_: As) -> None:
    news = ended(story, cast.colleague)
    client = as_(cast.colleague)
    assert "have ended or changed" in words(client.get(reverse("today")))
    page = client.get(HERE)
    assert "Jo Bell: The marker ended. Remove it from your notes and your diary." in words(page)
    news.refresh_from_db()
    assert news.told_at is not None
    assert client.post(HERE, {"news": [news.pk]}).status_code == 302
    news.refresh_from_db()
    assert (news.confirmed_by, news.confirmed_how) == (cast.colleague.actor_id, ConfirmedHow.PAGE)
    assert "Nothing waits for you" in words(client.get(HERE))
    assert "have ended or changed" not in words(client.get(reverse("today")))


def test_nobody_confirms_for_a_colleague(story: Story, cast: Cast, as_: As) -> None:
    news = ended(story, cast.colleague)
    page = as_(cast.manager).post(HERE, {"news": [news.pk]})
    assert "Jo Bell" not in words(page)
    news.refresh_from_db()
    assert news.confirmed_at is None


def test_pressing_the_button_without_a_choice_says_what_to_do(story: Story, cast: Cast, as_: As) -> None:
    ended(story, cast.colleague)
    assert "Choose what you removed" in words(as_(cast.colleague).post(HERE, {}))


def test_the_list_takes_the_same_queries_for_many_as_for_one(
    story: Story, cast: Cast, as_: As, django_assert_num_queries: Callable
) -> None:
    ended(story, cast.colleague)
    client = as_(cast.colleague)
    client.get(HERE)
    with django_assert_num_queries(3):
        client.get(HERE)
