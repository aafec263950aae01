"""People, homes, colleagues and cases to tell of, and receivers to tell them to."""

from collections.abc import Callable, Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.conf import LazySettings

from evenhand.sharing import endpoint
from evenhand.sharing.models import Endpoint
from evenhand.sharing.models.change import ControlKind
from evenhand.sharing.models.key import Audience
from tests.people.conftest import person
from tests.sharing.receiver import Receiver, receiving
from tests.web.conftest import cast, home, landlord, story, tenant
from tests.web.stories import Cast, Story

__all__ = ["cast", "home", "landlord", "person", "story", "tenant"]


@pytest.fixture
def receiver(settings: LazySettings) -> Iterator[Receiver]:
    """A receiver on this machine, which the operator allows."""
    settings.WEBHOOK_NETWORKS = [ip_network("127.0.0.0/8")]
    with receiving() as one:
        yield one


@pytest.fixture
def told(receiver: Receiver, cast: Cast, story: Story) -> Callable[..., tuple[Endpoint, str]]:
    """`told()` sends everything to the receiver from now on; its secret comes with it."""

    def add(audience: Audience = Audience.COLLEAGUES, *kinds: ControlKind, **details: Any) -> tuple[Endpoint, str]:
        usual = {"name": "Repairs scheduler", "owner": "Ms Oyelaran, 0113 496 0100", "why": "Booking repairs"}
        chosen = kinds or (
            (ControlKind.MARKER, ControlKind.INSTRUCTION) if audience is Audience.CONTRACTOR else tuple(ControlKind)
        )
        return endpoint.add(
            cast.administrator, story.moment.at, url=receiver.url, audience=audience, kinds=chosen, **usual | details
        )

    return add
