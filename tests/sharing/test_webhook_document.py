"""docs/webhooks.md shows each message as it is: the same fields in the same places, and the policy's own words."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from evenhand.cases.circumstances import Moment
from evenhand.policy.exempt import Exempt
from evenhand.sharing import delivery, following, replay
from evenhand.sharing.models import Endpoint
from evenhand.sharing.models.key import Audience
from tests.sharing.receiver import Receiver
from tests.web.stories import Story

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "webhooks.md"
STARTED, WITHDRAWN, LIMIT, TO_CONTRACTOR, TRIAL = (
    json.loads(each) for each in re.findall(r"```json\n(.*?)```", DOCUMENT.read_text(), re.S)
)
Told = Callable[..., tuple[Endpoint, str]]


def shape(told: Any) -> Any:
    """The fields, without what they say."""
    if isinstance(told, dict):
        return {name: shape(value) for name, value in told.items()}
    return "list" if isinstance(told, list) else "value"


def sent(story: Story, to: Endpoint, receiver: Receiver) -> dict[str, Any]:
    moment = Moment(story.moment.at + timedelta(hours=1), story.day)
    following.follow(moment)
    delivery.send_due(to.pk, lambda: moment)
    return receiver.sent[-1].said


def test_a_marker_to_a_colleague_system_and_its_withdrawal(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    story.mark().approve()
    message = sent(story, to, receiver)
    assert message["type"] == STARTED["type"]
    assert shape(message) == shape(STARTED)
    for field in ("instructions", "risk", "ukhds", "hact", "audience", "safe_attendance"):
        assert message["data"]["now"][field] == STARTED["data"]["now"][field]
    story.later().appeal("M1").later().uphold()
    message = sent(story, to, receiver)
    assert message["type"] == WITHDRAWN["type"]
    assert shape(message) == shape(WITHDRAWN)


def test_a_marker_to_a_contractor(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told(Audience.CONTRACTOR)
    story.mark()
    message = sent(story, to, receiver)
    assert shape(message) == shape(TO_CONTRACTOR)
    assert message["data"]["now"]["risk"] == TO_CONTRACTOR["data"]["now"]["risk"]


def test_a_limit(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    story.limit().approve("T2").later(10)
    message = sent(story, to, receiver)
    assert message["type"] == LIMIT["type"]
    assert shape(message) == shape(LIMIT)
    now = LIMIT["data"]["now"]
    assert {name: message["data"]["now"][name] for name in ("channels", "times", "period", "weekdays")} == {
        name: now[name] for name in ("channels", "times", "period", "weekdays")
    }
    assert now["exempt"] == [kind.words for kind in Exempt]


def test_a_trial(told: Told, story: Story, receiver: Receiver) -> None:
    to, _ = told()
    replay.try_out(to, story.cast.administrator, story.moment.at)
    message = sent(story, to, receiver)
    assert message["data"] == TRIAL["data"]
    assert shape(message) == shape(TRIAL)
