"""A contact that matches nobody waits until a person says whose it is; a shared telephone number never says it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.contacts import ingest, matching
from evenhand.contacts.models import Contact, Unmatched
from evenhand.people.models import Look, Person, User
from evenhand.people.refusal import NotDone
from evenhand.people.text import name_to_search
from evenhand.web import way
from tests.web.stories import START, Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NUMBER = "07700 900123"


@pytest.fixture
def call(tenant: Person) -> Unmatched:
    """A call from the tenant's number, that says no more."""
    row = {
        "contact_ref": "K1",
        "at": "2026-02-20T10:00:00Z",
        "telephone": NUMBER,
        "channel": "phone",
        "direction": "in",
    }
    ingest.batch([row], "telephony", today=START, register="housing")
    return Unmatched.objects.get()


@pytest.fixture
def partner(tenant: Person) -> Person:
    """Somebody with the same telephone number."""
    return Person.objects.create(
        source="housing", ref="P2", forename="Ali", surname="Bell", phones=tenant.phones,
        search_name=name_to_search("Ali", "Bell"),
    )  # fmt: skip


def at(name: str, call: Unmatched, *person: Person) -> str:
    return reverse(name, args=[call.contact, *(way.PEOPLE.sign(str(each.pk)) for each in person)])


def test_it_waits_in_the_queue_and_on_the_first_page(cast: Cast, call: Unmatched, as_: SignIn) -> None:
    browser = as_(cast.investigator)
    assert "Contacts that match nobody yet: 1" in browser.get(reverse("today")).content.decode()
    page = browser.get(reverse("contact.queue")).content.decode()
    assert f"They contacted us by telephone: {NUMBER}" in page and "20 February 2026, 10am" in page


@pytest.mark.parametrize("role", ["independent", "partner"])
def test_whoever_is_let_in_to_one_case_alone_sees_nobodys_contacts(
    cast: Cast, call: Unmatched, as_: SignIn, role: str
) -> None:
    client = as_(getattr(cast, role))

    assert client.get(reverse("contact.queue")).status_code == 403
    assert client.get(at("contact.match", call)).status_code == 403
    assert reverse("contact.queue") not in client.get("/").content.decode()


def test_whoever_has_the_number_is_suggested_and_the_contact_stays_nobodys(
    cast: Cast, call: Unmatched, tenant: Person, as_: SignIn
) -> None:
    page = as_(cast.investigator).get(at("contact.match", call)).content.decode()
    assert "It may be this person" in page and "Jo Bell" in page and "Has the telephone number" in page
    assert "3 Ferry Row" in page
    assert Contact.objects.get().person is None


def test_a_household_that_shares_a_number_is_shown_whole(
    cast: Cast, call: Unmatched, partner: Person, as_: SignIn
) -> None:
    page = as_(cast.investigator).get(at("contact.match", call)).content.decode()
    assert "More than one person shares this" in page and "Jo Bell" in page and "Ali Bell" in page


def test_a_colleague_says_whose_it_is(cast: Cast, call: Unmatched, tenant: Person, as_: SignIn) -> None:
    page = as_(cast.investigator).post(at("contact.belongs", call, tenant), follow=True).content.decode()
    assert "The contact is Jo Bell’s." in page and "Every contact is matched" in page
    assert Contact.objects.get().person == tenant
    call.refresh_from_db()
    assert (call.verdict, call.person, call.decided_by) == ("matched", tenant, cast.investigator)


def test_somebody_else_is_found_by_their_name(cast: Cast, call: Unmatched, partner: Person, as_: SignIn) -> None:
    page = as_(cast.investigator).get(at("contact.match", call), {"q": "ali bell"}).content.decode()
    assert "Found by “ali bell”" in page and at("contact.belongs", call, partner) in page
    assert Look.objects.filter(reference="ali bell").exists()


def test_a_contact_that_is_no_customers_waits_no_more(cast: Cast, call: Unmatched, as_: SignIn) -> None:
    as_(cast.investigator).post(at("contact.aside", call))
    call.refresh_from_db()
    assert (call.verdict, call.person) == ("not a customer", None)
    assert matching.waiting().rows == ()


def test_two_colleagues_cannot_decide_the_same_contact(
    cast: Cast, call: Unmatched, tenant: Person, as_: SignIn
) -> None:
    browser = as_(cast.investigator)
    browser.post(at("contact.aside", call))
    page = browser.post(at("contact.belongs", call, tenant), follow=True).content.decode()
    assert "Somebody else has just decided this" in page
    assert Contact.objects.get().person is None
    with pytest.raises(NotDone):
        matching.set_aside(call.contact, cast.manager, call.at)


def test_nobody_matches_a_contact_to_themselves(cast: Cast, call: Unmatched, tenant: Person, as_: SignIn) -> None:
    cast.investigator.person = tenant
    cast.investigator.save()
    browser = as_(cast.investigator)
    assert "Jo Bell" not in browser.get(at("contact.match", call)).content.decode()
    assert browser.post(at("contact.belongs", call, tenant)).status_code == 404
    assert Contact.objects.get().person is None


def test_what_a_person_matched_stays_matched_when_the_source_corrects_it(
    cast: Cast, call: Unmatched, tenant: Person, as_: SignIn
) -> None:
    as_(cast.investigator).post(at("contact.belongs", call, tenant))
    row = {"contact_ref": "K1", "at": "2026-02-20T10:00:00Z", "telephone": NUMBER, "channel": "email"}
    assert ingest.batch([row], "telephony", today=START, register="housing").changed == 1
    kept = Contact.objects.get()
    assert (kept.person, kept.channel) == (tenant, "email")
    assert matching.waiting().rows == ()


def test_a_long_queue_comes_a_page_at_a_time(cast: Cast, tenant: Person, as_: SignIn) -> None:
    rows = [{"contact_ref": f"K{n}", "at": f"2026-02-20T10:{n:02}:00Z", "name": f"Caller {n}"} for n in range(40)]
    ingest.batch(rows, "telephony", today=START)
    browser = as_(cast.investigator)
    first = browser.get(reverse("contact.queue"))
    assert [row["who"] for row in first.context["rows"]] == [f"Caller {n}" for n in range(39, 14, -1)]
    second = browser.get(first.context["older"])
    assert [row["who"] for row in second.context["rows"]] == [f"Caller {n}" for n in range(14, -1, -1)]
    assert not second.context["older"]
