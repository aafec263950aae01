"""For tests of webhooks: a marker placed, followed and sent, as the worker would."""

from collections.abc import Callable
from datetime import datetime, timedelta

from evenhand.cases.circumstances import Moment
from evenhand.sharing import delivery, following
from evenhand.sharing.models import Delivery, Endpoint
from tests.web.stories import Story

Told = Callable[..., tuple[Endpoint, str]]


def send(to: Endpoint, at: datetime) -> datetime | None:
    return delivery.send_due(to.pk, lambda: Moment(at, at.date()))


def follow(story: Story) -> datetime:
    at = story.moment.at + timedelta(minutes=30)
    following.follow(Moment(at, story.day))
    return at


def placed(story: Story, to: Endpoint) -> datetime:
    """A marker placed and sent."""
    story.mark().approve()
    at = follow(story)
    send(to, at)
    return at


def removed(story: Story) -> None:
    story.later().act("marker.remove", story.cast.manager, "M1", reasons="Nothing has happened since.")


def states() -> list[str]:
    return [str(state) for state in Delivery.objects.order_by("id").values_list("state", flat=True)]
