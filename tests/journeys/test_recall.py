"""A marker ends: whoever was told of it hears so, a system by webhook at once, and says that they let it go."""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.conf import LazySettings
from django.urls import reverse

from evenhand.cases.circumstances import Moment
from evenhand.sharing import delivery
from evenhand.sharing.following import follow
from evenhand.sharing.models import Endpoint, Recall
from evenhand.web import way
from tests.journeys.conftest import Wall
from tests.journeys.people import Colleague
from tests.sharing.receiver import Receiver, Sent, receiving
from tests.web.stories import Story

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def receiver(settings: LazySettings) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    with receiving() as one:
        yield one


def time_passes(story: Story, wall: Wall) -> None:
    """What a worker does meanwhile: it follows the log and sends what waits."""
    wall.at += timedelta(minutes=5)
    moment = Moment(wall.at, story.day)
    follow(moment)
    for endpoint in Endpoint.objects.all():
        delivery.send_due(endpoint.pk, lambda: moment)


def adds_a_webhook(who: Colleague, url: str) -> str:
    """An administrator has a system told. Out: the secret, as the page shows it this once."""
    who.opens(reverse("webhook.add"))
    who.writes("Which system is told?", "Repairs scheduler").writes("To which address?", url)
    who.writes("Who answers for it?", "Ms Oyelaran, 0113 496 0100")
    who.writes("What does it need this for?", "Booking repairs")
    who.chooses("A system that colleagues use").ticks("Markers").sends("Add a webhook")
    who.sees("It is shown this once")
    found = re.search(r"whsec_\S+", who.main.inner_text())
    assert found
    return found[0]


def is_signed(sent: Sent, secret: str) -> bool:
    """As a receiver of its own checks it, with nothing of ours (docs/webhooks.md)."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{sent.id}.{sent.headers['webhook-timestamp']}.".encode() + sent.body
    ours = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return f"v1,{ours}" in sent.headers["webhook-signature"].split()


def test_a_marker_ends_and_everyone_who_was_told_says_that_they_let_it_go(
    story: Story, wall: Wall, receiver: Receiver, at_work: Callable[..., Colleague]
) -> None:
    # Given a marker that a system was told of by webhook, and a colleague by a card on a telephone,
    secret = adds_a_webhook(at_work(story.cast.administrator), receiver.url)
    story.mark().approve()
    time_passes(story, wall)
    sam = at_work(story.cast.colleague, phone=True).opens(way.to_check(story.person)).sees("Visit in pairs.")

    # when a manager removes it,
    priya = at_work(story.cast.manager).opens_verb(story, "marker.remove", "M1")
    priya.writes("What are your reasons?", "Nothing has happened since.").sends("Remove it and draft the letter")
    time_passes(story, wall)

    # then the system has a signed message, and the card says nothing of it any more,
    assert receiver.types() == ["marker.started", "marker.ended"]
    assert all(is_signed(sent, secret) for sent in receiver.sent)
    sam.opens(way.to_check(story.person)).sees("We hold no warning about this person.")

    # the colleague is asked to let it go, and does;
    sam.opens(reverse("today")).follows("See which, and confirm").sees("Jo Bell: The marker ended.")
    priya.opens(reverse("disclosures")).sees("Sam Okafor", "Repairs scheduler")
    sam.ticks("Jo Bell: The marker ended. Remove it from your notes and your diary.").sends("Confirm").sees(
        "1 is confirmed"
    )

    # and the page shows the one who has not, until somebody rang them.
    priya.opens(reverse("disclosures")).does_not_see("Sam Okafor").follows("Take it down")
    assert Recall.objects.filter(confirmed_at=None).count() == 1
