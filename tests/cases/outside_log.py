"""For tests of contacts outside the limits: people under a limit, and calls that another system sends."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from evenhand.cases import outside
from evenhand.cases.circumstances import Moment
from evenhand.cases.outside import Judged
from evenhand.contacts import ingest, to_read
from evenhand.contacts.ingest import Taken
from evenhand.contacts.models import Contact
from evenhand.policy.events.expectation import Period, Plan
from evenhand.policy.need import Channel
from tests.web.stories import START, Story

DAY = START + timedelta(days=21)
NOW = datetime(DAY.year, DAY.month, DAY.day, 15, tzinfo=UTC)
ANYHOW = frozenset({Channel.PHONE, Channel.EMAIL, Channel.LETTER})
CALL = {"contact_ref": "C1", "at": f"{DAY}T09:30:00Z", "person_ref": "P1", "channel": "phone", "direction": "in"}


@pytest.fixture
def by_letter(story: Story) -> Story:
    """Since two weeks ago the person is to contact us by letter only."""
    return story.limit(Plan(channels=frozenset({Channel.LETTER}))).approve("T1").approve("T2")


@pytest.fixture
def once_a_day(story: Story) -> Story:
    """Since two weeks ago the person is to ring, or come by, once a day."""
    return story.limit(Plan(channels=ANYHOW, times=1, period=Period.DAY)).approve("T1").approve("T2")


def send(*rows: dict[str, Any], today: date = DAY) -> Taken:
    return ingest.batch(rows, "telephones", today=today, register="housing")


def call(ref: str = "C1", **said: Any) -> dict[str, Any]:
    return {**CALL, "contact_ref": ref, **said}


def judge(day: date = DAY) -> Judged:
    return outside.judge(Moment(NOW + (day - DAY), day))


def waiting() -> list[str]:
    """The references of the contacts that wait to be read, the oldest first."""
    refs = dict(Contact.objects.values_list("id", "ref"))
    return [refs[row.contact] for row in to_read.queue(()).rows]


@pytest.fixture
def judged(db: None) -> Callable[..., None]:
    """`judged("C1", "C2")`: calls an hour apart, from nine, that were judged."""

    def calls(*refs: str) -> None:
        send(*(call(ref, at=f"{DAY}T{9 + n:02}:00:00Z") for n, ref in enumerate(refs)))
        judge()

    return calls
