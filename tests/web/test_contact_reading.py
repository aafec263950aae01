"""Contacts that other systems brought outside the limits are read for a hazard by a person, within a day."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from evenhand.cases import outside
from evenhand.cases.circumstances import Moment
from evenhand.contacts import ingest
from evenhand.contacts.models import Contact, Outside, ToRead
from evenhand.people.models import Look, User
from evenhand.policy.events.expectation import Plan
from evenhand.policy.need import Channel
from evenhand.web.contact_reading import length
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
DAY = START + timedelta(days=14)


@pytest.fixture
def limited(story: Story, clock: Callable[..., None]) -> Story:
    """Two weeks ago the person was told to contact us by letter only. It is three in the afternoon."""
    story.limit(Plan(channels=frozenset({Channel.LETTER}))).approve("T1").approve("T2")
    clock(DAY)
    return story


def ring(*hours: int, days_ago: int = 0) -> list[ToRead]:
    """Calls that another system brings, and that are judged."""
    day = DAY - timedelta(days=days_ago)
    rows = [
        {"contact_ref": f"{day}/{hour}", "at": f"{day}T{hour:02}:00:00Z", "person_ref": "P1", "channel": "phone",
         "direction": "in"}
        for hour in hours
    ]  # fmt: skip
    ingest.batch(rows, "telephones", today=DAY, register="housing")
    outside.judge(Moment(timezone.now(), DAY))
    return list(ToRead.objects.order_by("at"))


def page(browser: Client, name: str, *args: object, **asked: str) -> str:
    return browser.get(reverse(name, args=args), asked).content.decode()


def send(browser: Client, row: ToRead, **told: str) -> str:
    """The page that follows what was found in a contact."""
    return browser.post(reverse("contact.read", args=[row.contact]), told, follow=True).content.decode()


def test_whoever_works_on_cases_sees_on_the_first_page_how_much_waits_and_how_long(
    limited: Story, cast: Cast, as_: SignIn
) -> None:
    browser = as_(cast.investigator)
    assert "to read for a hazard" not in page(browser, "today")
    ring(10, 13)
    told = page(browser, "today")
    assert "2 contacts to read for a hazard" in told and "has waited for 5 hours" in told
    assert "read it by 18 March 2026, 10am" in told
    assert "to read for a hazard" not in page(as_(cast.colleague), "today")


def test_what_waits_for_more_than_a_day_is_overdue(limited: Story, cast: Cast, as_: SignIn) -> None:
    ring(10, days_ago=2)
    browser = as_(cast.manager)
    assert "Overdue" in page(browser, "today") and "1 day overdue" in page(browser, "contact.to_read").lower()


def test_the_oldest_is_first(limited: Story, cast: Cast, as_: SignIn) -> None:
    ring(13)
    ring(10)
    told = as_(cast.investigator).get(reverse("contact.to_read")).context["tasks"]
    assert [task["day"] for task in told] == ["18 March 2026, 10am", "18 March 2026, 1pm"]
    assert told[0]["name"] == "Jo Bell: they contacted us by telephone, 17 March 2026, 10am"
    assert "not one of the ways left open" in told[0]["hint"] and told[0]["status"] == "in 19 hours"


def test_those_of_a_colleagues_own_case_say_so(limited: Story, cast: Cast, as_: SignIn) -> None:
    ring(10)
    assert "about a case of yours" in page(as_(cast.investigator), "contact.to_read")
    assert "about a case of yours" not in page(as_(cast.duty), "contact.to_read")


def test_no_hazard_is_found_and_then_it_is_handled_as_the_plan_says(limited: Story, cast: Cast, as_: SignIn) -> None:
    [row] = ring(10)
    browser = as_(cast.investigator)
    told = page(browser, "contact.read", row.contact)
    assert "telephones, reference" in told and "they reach us by letter" in told
    assert Look.objects.filter(person=limited.person, purpose="Read a contact for a hazard").exists()
    told = send(browser, row, hazard="no")
    assert "counts as outside the limits" in told and "I have done what the plan says" in told
    kept = Outside.objects.get()
    assert (kept.hazard, kept.read_by, kept.case) == (False, cast.investigator, limited.reference)
    assert "they reach us by letter" in kept.told
    assert "Every contact is read" in page(browser, "contact.to_read")
    assert "To be handled" in page(browser, "contact.to_read", show="read")
    told = browser.post(reverse("contact.handle", args=[row.contact]), follow=True).content.decode()
    assert "The contact is handled." in told and "Nothing waits to be handled" in told
    assert ToRead.objects.get().handled_by == cast.investigator


def test_it_is_read_and_handled_in_one_go(limited: Story, cast: Cast, as_: SignIn) -> None:
    [row] = ring(10)
    assert "Every contact is read" in send(as_(cast.investigator), row, hazard="no", handled="on")
    assert ToRead.objects.get().handled_at


def test_a_hazard_is_passed_on_before_it_leaves_the_queue(limited: Story, cast: Cast, as_: SignIn) -> None:
    [row] = ring(10)
    browser = as_(cast.duty)
    assert "Pass it on now, then say whom you told" in send(browser, row, hazard="yes")
    assert ToRead.objects.get().read_at is None
    told = send(browser, row, hazard="yes", passed_on="Repairs, at 2:30pm")
    assert "Make sure that whoever you told is acting on it" in told and "Every contact is read" in told
    assert Contact.objects.get().exempt_kind == "hazard" and Outside.objects.get().hazard


def test_nobody_sets_one_aside_without_saying_what_they_found(limited: Story, cast: Cast, as_: SignIn) -> None:
    [row] = ring(10)
    assert "Say whether it tells of a hazard or a danger" in send(as_(cast.duty), row)
    assert ToRead.objects.get().read_at is None
    handled = as_(cast.duty).post(reverse("contact.handle", args=[row.contact]), follow=True).content.decode()
    assert "Somebody else has just done this" in handled and ToRead.objects.get().handled_at is None


def test_a_solicitors_letter_is_answered_and_never_counted_against_the_limit(
    limited: Story, cast: Cast, as_: SignIn
) -> None:
    [row] = ring(10)
    told = send(as_(cast.investigator), row, hazard="no", exempt="solicitor_or_court")
    assert "Not bound by any limit" in told and not Outside.objects.exists()


def test_nobody_reads_their_own_contacts_or_those_of_whom_they_live_with(
    limited: Story, cast: Cast, as_: SignIn
) -> None:
    [row] = ring(10)
    cast.investigator.person = limited.person
    cast.investigator.save()
    browser = as_(cast.investigator)
    assert "to read for a hazard" not in page(browser, "today")
    assert "Every contact is read" in page(browser, "contact.to_read")
    assert browser.get(reverse("contact.read", args=[row.contact])).status_code == 404
    assert browser.post(reverse("contact.handle", args=[row.contact])).status_code == 404


def test_whoever_may_see_one_case_alone_reads_none(limited: Story, cast: Cast, as_: SignIn) -> None:
    assert as_(cast.independent).get(reverse("contact.to_read")).status_code == 403


def test_the_review_of_the_limit_is_told_of_those_that_wait(limited: Story, cast: Cast, as_: SignIn) -> None:
    rows = ring(10, 11)
    browser = as_(cast.manager)
    send(browser, rows[0], hazard="no")
    told = browser.get(reverse("expectation.lift", args=[limited.reference, "L1"])).content.decode()
    assert "2, of which 1 waits to be read for a hazard" in told


def test_a_long_queue_comes_a_page_at_a_time_and_asks_the_database_equally_often(
    limited: Story, cast: Cast, as_: SignIn
) -> None:
    ring(*range(8))
    browser = as_(cast.investigator)
    browser.get(reverse("contact.to_read"))
    asked = count_queries(browser)
    for day in range(1, 5):
        ring(*range(8), days_ago=day)
    assert count_queries(browser) == asked
    first = browser.get(reverse("contact.to_read"))
    assert len(first.context["tasks"]) == 25
    assert len(browser.get(first.context["older"]).context["tasks"]) == 15


def count_queries(browser: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        browser.get(reverse("contact.to_read"))
    return len(queries)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "less than a minute"), (1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (1439, "23 hours"),
     (1440, "1 day"), (2 * 1440 + 5, "2 days")],
)  # fmt: skip
def test_how_long_is_said_in_the_largest_whole_unit(minutes: int, words: str) -> None:
    assert length(timedelta(minutes=minutes)) == words


def test_what_comes_next_is_said_as_seen_from_when_it_is_read(
    story: Story, cast: Cast, clock: Callable[..., None], as_: SignIn
) -> None:
    story.limit().approve("T1").approve("T2")
    # It came on a Tuesday; they have Wednesdays.
    clock(DAY)
    [row] = ring(10)
    told = page(as_(cast.investigator), "contact.read", row.contact)
    assert "their next contact within the limits is from tomorrow" in told
    clock(DAY + timedelta(days=1))
    told = page(as_(cast.investigator), "contact.read", row.contact)
    assert "they can contact us within the limits again" in told
