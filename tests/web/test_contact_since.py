"""E1, E2: whoever reviews a limit reads how many contacts came within it and outside it, and which."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evenhand.cases import outside
from evenhand.cases.circumstances import Moment
from evenhand.contacts import ingest
from evenhand.contacts.models import ToRead
from evenhand.people.models import User
from evenhand.policy.events.expectation import Plan
from evenhand.policy.events.single_contact import SingleContactAppointed
from evenhand.policy.need import Channel
from tests.web.kept import last
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
DAY = START + timedelta(days=40)
LATE = "Came late, not read for a hazard"


@pytest.fixture
def limited(story: Story, clock: Callable[..., None]) -> Story:
    """By letter only, for more than a month; four calls and two letters came with the import of the month."""
    story.limit(Plan(channels=frozenset({Channel.LETTER}))).approve("T1").approve("T2")
    clock(DAY)
    bring("phone", 4)
    bring("letter", 2)
    return story


def bring(channel: str, many: int, **said: Any) -> None:
    rows = [
        {"contact_ref": f"{channel}{n}", "at": f"{START + timedelta(days=10 + n)}T09:30:00Z", "person_ref": "P1",
         "channel": channel, "direction": "in", **said}
        for n in range(many)
    ]  # fmt: skip
    ingest.batch(rows, "telephones", today=DAY, register="housing")
    outside.judge(Moment(timezone.now(), DAY))


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def listed(story: Story, show: str = "", limit: str = "L1") -> str:
    page = reverse("contact.under_limit", args=[story.reference, limit])
    return f"{page}?show={show}" if show else page


@pytest.mark.parametrize("verb", ["extend", "lift", "keep", "vary"])
def test_whoever_decides_about_a_limit_reads_both_numbers(limited: Story, cast: Cast, as_: SignIn, verb: str) -> None:
    limited.act("expectation.request_review", cast.investigator, "L1", words="It is too hard.")
    page = text(as_(cast.manager), reverse(f"expectation.{verb}", args=[limited.reference, "L1"]))
    assert "They contacted us" in page and "6 times" in page
    assert "4, of which 4 came late and were not read for a hazard" in page
    assert listed(limited, "outside") in page and listed(limited, "within") in page


def test_the_case_and_the_reviews_say_both_numbers_too(limited: Story, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.manager)
    both = "Since it began, 2 contacts came within it and 4 outside it."
    assert both in text(client, reverse("case-controls", args=[limited.reference]))
    assert both in text(client, reverse("reviews"))
    assert listed(limited) in text(client, reverse("case-controls", args=[limited.reference]))


def test_a_single_contact_has_both_numbers_and_says_what_they_cannot_tell(
    story: Story, cast: Cast, as_: SignIn, clock: Callable[..., None]
) -> None:
    story.decide()
    skip = {"reason": "A warning would put a colleague in danger."}
    story.act("warning.propose_skipping", cast.manager, **skip)
    story.act("warning.approve_skipping", cast.senior, **skip)
    appointed = {
        "colleague": cast.investigator.actor_id, "name": cast.investigator.name, "agreed": True,
        "telephone": "0113 496 0100", "email": "", "cover": "anyone in the team", "reasons": "One voice helps.",
        "starts_on": None, "complaint_open": False, "complaint_considered": "",
    }  # fmt: skip
    story.act("single_contact.appoint", cast.manager, **appointed)
    story.approve("T1").approve("T2")
    clock(DAY)
    bring("email", 3)
    bring("phone", 1)
    limit = last(story, cast.manager, SingleContactAppointed).limit
    client = as_(cast.manager)
    for address in (
        reverse("single_contact.extend", args=[story.reference, limit]),
        reverse("single_contact.end", args=[story.reference, limit]),
    ):
        page = text(client, address)
        assert "4 times" in page and "Where nobody noted whom a contact reached" in page
    assert "3 outside it" in text(client, reverse("reviews"))
    assert "3 outside it" in text(client, reverse("case-controls", args=[story.reference]))
    assert text(client, listed(story, "outside", limit)).count(LATE) == 3


def test_behind_each_number_stands_its_list(limited: Story, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.manager)
    page = text(client, listed(limited))
    assert page.count(LATE) == 4 and "They contacted us by telephone" in page
    assert "not one of the ways left open" in page
    assert text(client, listed(limited, "within")).count("by letter") == 2
    assert "No contact that always gets through" in text(client, listed(limited, "through"))


def test_a_late_one_waits_in_no_queue_and_can_be_opened_and_read(limited: Story, cast: Cast, as_: SignIn) -> None:
    client, row = as_(cast.investigator), ToRead.objects.order_by("at")[0]
    assert "Every contact is read" in text(client, reverse("contact.to_read"))
    address = reverse("contact.read", args=[row.contact])
    assert address in text(client, listed(limited))
    page = text(client, address)
    assert LATE in page and "overdue" not in page
    assert client.post(address, {"hazard": "no", "handled": "on"}).status_code == 302
    page = text(client, listed(limited))
    assert page.count(LATE) == 3 and page.count("Read: no hazard") == 1


def test_whom_the_limit_is_none_of_the_business_finds_no_list(limited: Story, cast: Cast, as_: SignIn) -> None:
    assert as_(cast.colleague).get(listed(limited)).status_code in (403, 404)
    assert as_(cast.manager).get(listed(limited, limit="L9")).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_list(limited: Story, cast: Cast, as_: SignIn) -> None:
    client = as_(cast.manager)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(listed(limited)).status_code == 200
        return len(queries)

    asked()
    few = asked()
    bring("phone", 20)
    assert asked() == few
