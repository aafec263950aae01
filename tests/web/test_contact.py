"""A colleague logs a contact in ten seconds; one outside the limits is read for a hazard before it is kept."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.contacts import months
from evenhand.contacts.models import Contact, ContactKey, Matter, Outside
from evenhand.people.models import Look, Person, User
from evenhand.policy.events.expectation import Plan
from evenhand.policy.need import Channel
from evenhand.web import way
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CALL = {"token": "once", "channel": "phone", "direction": "in", "matter": "", "minutes": "7"}


def at(name: str, person: Person) -> str:
    return reverse(name, args=[way.PEOPLE.sign(str(person.pk))])


def send(browser: Client, person: Person, **told: str) -> str:
    """The page that follows once a contact was sent."""
    return browser.post(at("contact.log", person), {**CALL, **told}, follow=True).content.decode()


@pytest.fixture
def matter(tenant: Person) -> Matter:
    return Matter.objects.create(
        source="housing", ref="M1", person=tenant, kind="repair", opened_on=START - timedelta(days=9)
    )


def test_any_colleague_logs_a_call(cast: Cast, tenant: Person, matter: Matter, as_: SignIn) -> None:
    browser = as_(cast.colleague)
    page = browser.get(at("contact.log", tenant)).content.decode()
    assert "Repair of" in page and "hazard" not in page.partition("<main")[2].partition("always gets through")[0]
    assert "The contact is logged." in send(browser, tenant, matter=str(matter.pk), news="yes")
    kept = Contact.objects.get()
    assert (kept.person, kept.matter, kept.minutes, kept.channel, kept.direction) == (tenant, matter, 7, "phone", "in")
    assert (kept.team, kept.new_information, kept.specific, kept.exempt_kind) == ("Tenancies", True, True, "")
    assert (kept.asked_for_senior, kept.offered_colleague, kept.caller) == (False, None, "self")
    assert ContactKey.objects.get().contact == kept.id and months.strayed() == 0


def test_what_nobody_answered_of_a_contact_is_not_known_and_is_not_kept_as_no(
    cast: Cast, tenant: Person, as_: SignIn
) -> None:
    browser = as_(cast.colleague)
    page = browser.get(at("contact.log", tenant)).content.decode()
    for name in ("news", "need"):
        assert re.search(rf'name="{name}"[^>]*value="" checked', page)
    answers = ({}, {"news": "no", "need": "no"}, {"news": "yes", "need": "yes"})
    for n, told in enumerate(answers):
        send(browser, tenant, token=str(n), **told)
    kept = Contact.objects.order_by("id").values_list("new_information", "because_of_need")
    assert list(kept) == [(None, None), (False, False), (True, True)]


def test_a_form_sent_twice_is_one_contact(cast: Cast, tenant: Person, as_: SignIn) -> None:
    browser = as_(cast.colleague)
    send(browser, tenant)
    assert "already logged" in send(browser, tenant)
    assert Contact.objects.count() == 1


def test_a_contact_of_another_day_is_kept_under_that_day_and_none_under_one_to_come(
    cast: Cast, tenant: Person, as_: SignIn
) -> None:
    browser = as_(cast.colleague)
    day = START - timedelta(days=40)
    told = {"on_0": str(day.day), "on_1": str(day.month), "on_2": str(day.year), "at_time": "2:30pm"}
    send(browser, tenant, **told)
    assert Contact.objects.get().at.date() == day
    later = START + timedelta(days=1)
    told = {"on_0": str(later.day), "on_1": str(later.month), "on_2": str(later.year), "token": "two"}
    assert "That is still to come" in send(browser, tenant, **told)
    assert Contact.objects.count() == 1


def test_a_contact_outside_the_limits_is_read_for_a_hazard_first(limited: Story, cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.colleague)
    page = send(browser, limited.person)
    assert "Read or listen to it first" in page and not Contact.objects.exists()
    page = send(browser, limited.person, hazard="no")
    assert "counts as outside the limits" in page and "You found no hazard in it" in page
    outside = Outside.objects.get()
    assert (outside.hazard, outside.read_by, outside.contact) == (False, cast.colleague, Contact.objects.get().id)


def test_a_hazard_is_passed_on_before_anything_else(limited: Story, cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.colleague)
    assert "Pass it on now, then say whom you told" in send(browser, limited.person, hazard="yes")
    page = send(browser, limited.person, hazard="yes", passed_on="Repairs, at 2:30pm")
    assert "make sure that whoever you told is acting on it" in page
    assert Outside.objects.get().passed_on == "Repairs, at 2:30pm"
    assert Contact.objects.get().exempt_kind == "hazard"


def test_an_emergency_is_never_outside(limited: Story, cast: Cast, as_: SignIn) -> None:
    assert "Not bound by any limit" in send(as_(cast.colleague), limited.person, exempt="emergency_repair")
    assert not Outside.objects.exists() and Contact.objects.get().exempt_kind == "emergency_repair"


def test_what_we_began_ourselves_is_never_outside(limited: Story, cast: Cast, as_: SignIn) -> None:
    assert "The contact is logged." in send(as_(cast.colleague), limited.person, direction="out")
    assert not Outside.objects.exists()


def test_their_contacts_are_listed_latest_first_by_month_and_the_look_is_kept(
    cast: Cast, tenant: Person, matter: Matter, as_: SignIn
) -> None:
    months.make(datetime(2026, month, 1, tzinfo=UTC) for month in (7, 8, 9, 10))
    Contact.objects.bulk_create(
        Contact(id=n, at=datetime(2026, 10, 1, tzinfo=UTC) - timedelta(days=2 * n), source="housing", ref=f"K{n}",
                person=tenant, channel="email", direction="in", minutes=3, matter=matter, exempt_kind="ombudsman")
        for n in range(1, 36)
    )  # fmt: skip
    browser = as_(cast.investigator)
    first = browser.get(at("contact.history", tenant))
    page = first.content.decode()
    assert page.index("September 2026") < page.index("August 2026")
    assert "They contacted us by email" in page and "3 minutes" in page and "the Ombudsman" in page
    assert Look.objects.filter(person=tenant, purpose="Contacts").count() == 1
    older = browser.get(first.context["older"])
    assert sum(len(month["rows"]) for month in older.context["months"]) == 5 and not older.context["older"]


def test_the_list_of_contacts_asks_the_database_equally_often_however_many_there_are(
    cast: Cast, tenant: Person, as_: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    months.make([datetime(2026, 7, 1, tzinfo=UTC)])
    Contact.objects.bulk_create(
        Contact(id=n, at=datetime(2026, 7, 1, 8, n, tzinfo=UTC), source="housing", ref=f"K{n}", person=tenant)
        for n in range(50)
    )
    browser = as_(cast.investigator)
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        browser.get(at("contact.history", tenant))


def test_a_colleague_who_does_not_work_on_cases_logs_but_does_not_read_back(
    cast: Cast, tenant: Person, as_: SignIn
) -> None:
    browser = as_(cast.colleague)
    assert browser.get(at("contact.history", tenant)).status_code == 403
    assert at("contact.log", tenant) in browser.get(way.to_person(tenant)).content.decode()


def test_nobody_logs_a_contact_of_their_own(cast: Cast, tenant: Person, as_: SignIn) -> None:
    cast.colleague.person = tenant
    cast.colleague.save()
    assert as_(cast.colleague).get(at("contact.log", tenant)).status_code == 404


def test_the_review_of_a_limit_shows_what_came_since_it_began(limited: Story, cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.manager)
    for token, told in (
        ("1", {"hazard": "no"}),
        ("2", {"hazard": "yes", "passed_on": "Repairs"}),
        ("3", {"exempt": "ombudsman"}),
    ):
        send(browser, limited.person, **{**told, "token": token})
    send(browser, limited.person, channel="letter", token="4")
    page = browser.get(way.to_verb(limited.reference, "expectation.lift", "L1"))
    told = [row["value"] for row in page.context["since"]]
    assert told == ["4 times", "1", "2, of which 1 told of a hazard or a danger", "1"]
    assert reverse("contact.under_limit", args=[limited.reference, "L1"]) in page.content.decode()


@pytest.fixture
def limited(story: Story, clock: Callable[..., None]) -> Story:
    """Two weeks ago the person was told to contact us by letter only."""
    story.limit(Plan(channels=frozenset({Channel.LETTER}))).approve("T1").approve("T2")
    clock(START + timedelta(days=14))
    return story
