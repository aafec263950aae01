"""Webhooks, on the administrators' pages."""

import re
from collections.abc import Callable
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evenhand.cases.circumstances import Moment
from evenhand.doors.clock import now
from evenhand.people.models import User
from evenhand.sharing import following
from evenhand.sharing.models import Delivery, Endpoint
from evenhand.sharing.models.webhook import DeliveryState
from tests.web.asking import words
from tests.web.stories import Cast, Story

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
ASKED = {
    "name": "Repairs scheduler",
    "url": "http://127.0.0.1:9/hooks",
    "owner": "Digital team",
    "why": "Booking repairs",
    "audience": "colleague systems",
    "kinds": ["marker", "limit"],
}


@pytest.fixture
def adam(as_: As, cast: Cast, settings: LazySettings) -> Client:
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    return as_(cast.administrator)


def add(client: Client, **changed: object) -> HttpResponse:
    assert client.get(reverse("webhook.add")).status_code == 200
    return client.post(reverse("webhook.add"), {**ASKED, **changed})


def secret_on(shown: HttpResponse) -> str:
    found = re.findall(r"whsec_[A-Za-z0-9+/=]{44}", shown.content.decode())
    assert len(found) == 1, words(shown)
    return str(found[0])


def test_an_administrator_adds_a_webhook_and_sees_its_secret_once(adam: Client) -> None:
    shown = add(adam)
    secret = secret_on(shown)
    assert shown["Cache-Control"] == "no-store"
    made = Endpoint.objects.get()
    for page in (reverse("webhooks"), reverse("webhook", args=[made.pk]), reverse("changes")):
        again = adam.get(page)
        assert again.status_code == 200
        assert secret[6:] not in again.content.decode()
    assert "Repairs scheduler" in words(adam.get(reverse("webhooks")))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Name the system"),
        ({"url": "https://169.254.169.254/"}, "belongs to the network itself"),
        ({"url": "http://10.0.0.1/"}, "inside a private network"),
        ({"why": ""}, "Say what it needs this for"),
        ({"kinds": []}, "at least one thing"),
        ({"audience": "contractor"}, "markers and safety instructions only"),
    ],
)
def test_a_webhook_that_makes_no_sense_is_refused_in_words(adam: Client, changed: dict, says: str) -> None:
    assert says in words(add(adam, **changed))
    assert not Endpoint.objects.exists()


def test_after_the_secret_the_administrator_is_led_on_to_try_it(adam: Client) -> None:
    shown = add(adam).content.decode()
    there = reverse("webhook", args=[Endpoint.objects.get().pk])
    assert f'class="govuk-button" href="{there}"' in shown and "send a trial message" in shown
    assert "Send a trial message" in adam.get(there).content.decode()


def test_it_is_changed_tried_switched_off_and_on_and_given_a_new_secret(adam: Client) -> None:
    first = secret_on(add(adam))
    pk = Endpoint.objects.get().pk
    page = reverse("webhook", args=[pk])
    amended = {name: value for name, value in ASKED.items() if name != "audience"} | {"owner": "Repairs desk"}
    assert adam.post(reverse("webhook.change", args=[pk]), amended).status_code == 302
    assert secret_on(adam.post(reverse("webhook.rotate", args=[pk]), {"overlap_days": "7"})) != first
    adam.post(reverse("webhook.trial", args=[pk]))
    assert "A trial" in words(adam.get(page))
    assert "Say why" in words(adam.post(reverse("webhook.off", args=[pk]), {"why": ""}))
    adam.post(reverse("webhook.off", args=[pk]), {"why": "Being replaced."})
    assert "Switched off" in words(adam.get(page))
    assert "Switch it on first" in words(adam.post(reverse("webhook.trial", args=[pk]), follow=True))
    adam.post(reverse("webhook.on", args=[pk]))
    shown = words(adam.get(page))
    for done in (
        "Added:",
        "Who answers for it: was Digital team, now Repairs desk",
        "A new secret was made",
        "Switched on",
    ):
        assert done in shown


def test_what_never_arrived_is_listed_and_sent_again(adam: Client, story: Story) -> None:
    add(adam)
    story.mark().approve()
    following.follow(Moment(now().at, now().day))
    Delivery.objects.update(state=DeliveryState.DEAD, trouble="It answered 500.", tries=15)
    assert "Some messages never arrived" in words(adam.get(reverse("webhooks")))
    assert "Something never arrived" in words(adam.get(reverse("administration")))
    shown = words(adam.get(reverse("webhooks.dead")))
    assert "Marker started" in shown and "It answered 500." in shown
    assert "Jo Bell" not in shown, "whom it is about is not for administrators"
    again = reverse("webhook.again", args=[Delivery.objects.get().pk])
    assert "It keeps its name" in words(adam.get(again))
    assert adam.post(again).status_code == 302
    assert Delivery.objects.get().state == DeliveryState.WAITING
    assert "Everything arrived" in words(adam.get(reverse("webhooks.dead")))


def test_everything_since_a_day_is_sent_again(adam: Client, story: Story) -> None:
    story.mark().approve()
    following.follow(Moment(now().at, now().day))
    add(adam)
    pk = Endpoint.objects.get().pk
    day = now().day - timedelta(days=1)
    since = {"since_0": str(day.day), "since_1": str(day.month), "since_2": str(day.year)}
    assert adam.post(reverse("webhook.replay", args=[pk]), since).status_code == 302
    assert Delivery.objects.get().state == DeliveryState.WAITING


def test_others_watch_and_change_nothing(adam: Client, cast: Cast, as_: As) -> None:
    add(adam)
    pk = Endpoint.objects.get().pk
    watcher = as_(cast.protection)
    shown = watcher.get(reverse("webhook", args=[pk]))
    assert "What you can do" not in words(shown)
    for name in ("change", "rotate", "off", "replay"):
        assert watcher.get(reverse(f"webhook.{name}", args=[pk])).status_code == 403
    for name in ("on", "trial"):
        assert watcher.post(reverse(f"webhook.{name}", args=[pk])).status_code == 403
    assert as_(cast.manager).get(reverse("webhooks")).status_code == 403


def test_messages_are_shown_a_page_at_a_time_with_the_same_queries(
    adam: Client, django_assert_max_num_queries: Callable
) -> None:
    add(adam)
    pk = Endpoint.objects.get().pk
    for _ in range(30):
        adam.post(reverse("webhook.trial", args=[pk]))
    page = reverse("webhook", args=[pk])
    with django_assert_max_num_queries(8):
        shown = adam.get(page)
    assert words(shown).count("A trial") == 25
    assert words(adam.get(page + shown.context["older"])).count("A trial") == 5
