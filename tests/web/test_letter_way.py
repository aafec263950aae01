"""D1: which way a letter goes when one has failed, and what stands in the way where none is open."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evenhand.people.models import Person, User
from evenhand.policy.events.correspondence import Delivery
from evenhand.web import way
from tests.web.asking import page_of, words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


def returned(story: Story) -> Story:
    """The finding's letter, posted, and back on the mat."""
    story.approve("T1")
    story.act("correspondence.send", story.cast.manager, "T1", how=Delivery.POST)
    story.act("correspondence.take_back", story.cast.manager, "T1", reason="Gone away")
    return story


def approving(story: Story, client: Client) -> HttpResponse:
    shown: HttpResponse = client.get(page_of(story, "correspondence.approve", "T1"))
    assert shown.status_code == 200
    return shown


def test_a_letter_that_came_back_by_post_begins_with_email_and_says_what_failed(
    story: Story, cast: Cast, as_: As
) -> None:
    shown = approving(returned(story.decide()), as_(cast.manager))
    assert shown.context["form"].fields["delivery"].initial == "email"
    assert "By post: 3 March 2026, “Gone away”. Another way is chosen below: by email." in words(shown)
    assert "It came back this way: 3 March 2026, “Gone away”. Choose it only if that was put right." in words(shown)


def test_a_way_that_is_unsafe_is_never_the_one_chosen_instead(
    story: Story, cast: Cast, as_: As, tenant: Person
) -> None:
    tenant.unsafe_channels = ["email"]
    tenant.save(update_fields=["unsafe_channels"])
    shown = approving(returned(story.decide()), as_(cast.manager))
    assert shown.context["form"].fields["delivery"].initial == "by hand"


def test_nobody_is_sent_to_a_door_that_a_marker_warns_of_without_choosing_to_be(
    story: Story, cast: Cast, as_: As, tenant: Person
) -> None:
    tenant.emails = []
    tenant.save(update_fields=["emails"])
    shown = approving(returned(story.mark()), as_(cast.manager))
    assert not shown.context["form"].fields["delivery"].initial
    assert "No other way is chosen for you" in words(shown)


def test_a_letter_that_never_went_says_nothing_of_coming_back(story: Story, cast: Cast, as_: As) -> None:
    shown = approving(story.decide(), as_(cast.manager))
    assert shown.context["failure"] == "" and "It came back" not in words(shown)


def test_nothing_goes_to_a_child_alone_and_the_page_says_only_that_and_where_it_is_put_right(
    story: Story, cast: Cast, as_: As, tenant: Person
) -> None:
    story.decide()
    tenant.date_of_birth, tenant.emails = date(2012, 1, 1), []
    tenant.save(update_fields=["date_of_birth", "emails"])
    shown = approving(story, as_(cast.manager))
    assert [each["words"] for each in shown.context["objections"]] == [
        "They are under 18, or cannot decide for themselves: first record a safe parent, guardian or attorney, who is "
        "told too."
    ]
    remedy = reverse("person.representative", args=[way.PEOPLE.sign(str(tenant.pk))])
    assert f'href="{remedy}">Record who speaks for them</a>' in shown.content.decode()
    assert as_(cast.manager).get(remedy).status_code == 200


def test_where_each_way_is_barred_for_its_own_reason_each_is_named_with_its_own(
    story: Story, cast: Cast, as_: As, tenant: Person
) -> None:
    story.decide()
    tenant.unsafe_channels, tenant.emails = ["letter", "visit"], []
    tenant.save(update_fields=["unsafe_channels", "emails"])
    shown = approving(story, as_(cast.manager))
    told = [each["words"] for each in shown.context["objections"]]
    assert "By email: We have no email address for them. Send it by post, or hand it over." in told
    assert "By post: That way of reaching the person is marked unsafe. Choose another." in told
    assert "See how to reach them, and change it" in words(shown)
