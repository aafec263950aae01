"""C2: what is ours to put right: all of it, worst first, as it is now, each leading to the matter."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from evenhand.contacts import remeasure, suggesting
from evenhand.contacts.models import Contact, Matter, OwnFailure
from evenhand.people.models import Look, Person, User
from evenhand.policy.demand.terms import DemandTerms
from evenhand.web import way
from evenhand.web.how_often import to_how_often
from tests.web.demand_log import OPENED, daily, neighbours, repair, said
from tests.web.stories import START, Cast

__all__ = ["daily", "neighbours"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NIGHT = datetime(2026, 3, 4, 3, tzinfo=UTC)


@pytest.fixture
def many(daily: Person) -> list[Matter]:
    """Sixty late repairs that are not done, the first with most contacts; and the one of Jo Bell's, which is done."""
    people = list(Person.objects.filter(ref__startswith="N").order_by("pk"))
    late = [
        repair(people[n % len(people)], 5, closed_on=None, responded_on=None, done_on=None) for n in range(60)
    ]  # fmt: skip
    day = OPENED + timedelta(days=9)
    Contact.objects.bulk_create(said(one.person, day, one, 5000 + n, minutes=100 - n) for n, one in enumerate(late))
    suggesting.measure_everybody(START, NIGHT, DemandTerms())
    return late


def test_all_of_them_are_listed_page_by_page_the_worst_that_can_be_put_right_first(
    cast: Cast, many: list[Matter], as_: SignIn
) -> None:
    browser = as_(cast.manager)
    assert reverse("own_failure") in browser.get(reverse("demand")).content.decode()
    seen, address = [], reverse("own_failure")
    for most in (25, 25, 11):
        context = browser.get(address).context
        assert len(context["rows"]) == most
        seen += [row[0]["href"] for row in context["rows"]]
        address = context["older"]
    assert not address
    assert seen[:60] == [reverse("own_failure.matter", args=[one.pk]) for one in many]
    assert len(seen) == len(set(seen)) == OwnFailure.objects.count() == 61
    assert Look.objects.filter(person=many[0].person, actor=cast.manager.actor_id).exists()


def test_a_page_takes_the_same_number_of_queries_however_many_there_are(
    cast: Cast, many: list[Matter], as_: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = as_(cast.manager)
    browser.get(reverse("own_failure"))
    with django_assert_max_num_queries(20):
        browser.get(reverse("own_failure"))
    for wrong in ("x", "0-9", "0-9-9999999999999", "2-1-1"):
        assert browser.get(reverse("own_failure"), {"after": wrong}).status_code == 200


def test_they_are_to_be_had_as_csv_without_a_customers_name(cast: Cast, many: list[Matter], as_: SignIn) -> None:
    rows = list(csv.DictReader(io.StringIO(as_(cast.manager).get(reverse("own_failure.list")).content.decode())))
    assert len(rows) == 61
    assert rows[0]["matter"] == many[0].ref and rows[0]["minutes"] == "100"
    assert rows[0]["stands"] == "Late: put it right"
    assert "Other" not in str(rows) and "Jo" not in str(rows)


def test_each_leads_to_the_matter_and_the_contacts_about_it(cast: Cast, daily: Person, as_: SignIn) -> None:
    ours = OwnFailure.objects.get().matter
    page = as_(cast.manager).get(reverse("own_failure.matter", args=[ours.pk])).content.decode()
    assert page.count("Not counted: came while we were late") == 3
    assert ours.ref in page and "Promised by" in page and "Jo Bell" in page
    assert as_(cast.investigator).get(reverse("own_failure.matter", args=[ours.pk])).status_code == 403
    in_time = Matter.objects.filter(person=daily).earliest("pk")
    assert as_(cast.manager).get(reverse("own_failure.matter", args=[in_time.pk])).status_code == 404


def test_the_latest_contacts_about_a_matter_are_seen_at_once_and_the_earlier_ones_folded(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    ours = OwnFailure.objects.get().matter
    days = [OPENED + timedelta(days=n) for n in range(12, 38)]
    Contact.objects.bulk_create(said(daily, day, ours, 900 + n) for n, day in enumerate(days))
    remeasure.people([daily.pk], NIGHT)
    page = as_(cast.manager).get(reverse("own_failure.matter", args=[ours.pk]))
    seen, _, folded = page.content.decode().partition('<details class="govuk-details">')
    assert (len(page.context["rows"]), len(page.context["earlier"])) == (20, 9)
    assert seen.count("They contacted us by telephone") == 20 and folded.count("They contacted us by telephone") == 9
    assert "9 earlier contacts it caused" in folded and ">About<" not in seen


def test_what_came_about_nothing_in_particular_while_we_were_late_is_ours_and_the_list_agrees(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    """Of what the customer's own page says came while we were late, the matters leave nothing out."""
    ours = OwnFailure.objects.get().matter
    rings = [said(daily, OPENED + timedelta(days=12 + n), None, 900 + n) for n in range(2)]
    early, later = OPENED + timedelta(days=2), OPENED + timedelta(days=13)
    other = Person.objects.get(ref="N1")
    Contact.objects.bulk_create([*rings, said(daily, early, ours, 910), said(other, later, ours, 911)])
    suggesting.measure_everybody(START, NIGHT, DemandTerms())
    browser = as_(cast.manager)
    assert "5 of these came while our work was late" in browser.get(to_how_often(daily)).content.decode()
    page = browser.get(reverse("own_failure.matter", args=[ours.pk]))
    assert len(page.context["rows"]) == 5 and len(page.context["others"]) == 1
    told = page.content.decode()
    assert "6 contacts, 54 minutes" in told
    assert "1 more contact was made by somebody else about it, and is not listed here." in told
    assert told.count("about nothing in particular, while this was late for longest") == 2
    assert "1 other contact about it" in told
    (row,) = (row for row in browser.get(reverse("own_failure")).context["rows"] if row[1]["words"] == "Jo Bell")
    assert row[2]["words"] == 6


def test_a_matter_whose_contacts_have_no_minutes_is_not_said_to_have_taken_none(
    cast: Cast, daily: Person, as_: SignIn
) -> None:
    browser, ours = as_(cast.manager), OwnFailure.objects.get().matter
    Contact.objects.filter(matter=ours).update(minutes=None)
    remeasure.people([daily.pk], NIGHT)
    for page in (reverse("demand"), reverse("own_failure.matter", args=[ours.pk])):
        assert "3 contacts, no minutes recorded" in browser.get(page).content.decode()
    assert browser.get(reverse("own_failure")).context["rows"][0][3]["words"] == "None recorded"
    (row,) = csv.DictReader(io.StringIO(browser.get(reverse("own_failure.list")).content.decode()))
    assert (row["contacts"], row["minutes"]) == ("3", "")


def test_what_is_done_needs_nobody_and_each_page_says_so(cast: Cast, daily: Person, as_: SignIn) -> None:
    browser, ours = as_(cast.manager), OwnFailure.objects.get().matter
    for page in (reverse("demand"), reverse("own_failure"), reverse("own_failure.matter", args=[ours.pk])):
        told = browser.get(page).content.decode()
        assert "It is done: it needs nobody" in told and "Nobody was asked" not in told
    assert "ask somebody to put it right</a>" in told and "govuk-button--secondary" not in told
    assert "so it needs nobody" in browser.get(reverse("own_failure.ask", args=[ours.pk])).content.decode()
    answer = browser.get(reverse("demand.answer", args=[way.PEOPLE.sign(str(daily.pk))])).content.decode()
    assert "Done on 3 March 2026. It is done: it needs nobody" in answer
    Matter.objects.filter(pk=ours.pk).update(done_on=None)
    told = browser.get(reverse("own_failure.matter", args=[ours.pk])).content.decode()
    assert "Nobody was asked yet" in told and "needs nobody" not in told and "govuk-button--secondary" in told


def test_a_contact_or_a_matter_that_comes_in_counts_at_once(cast: Cast, daily: Person, as_: SignIn) -> None:
    ours = OwnFailure.objects.get().matter
    said(daily, OPENED + timedelta(days=12), ours, 800).save(force_insert=True)
    remeasure.people([daily.pk], NIGHT)
    rows = as_(cast.manager).get(reverse("own_failure")).context["rows"]
    assert [row[2]["words"] for row in rows] == [4]
    Matter.objects.filter(pk=ours.pk).update(respond_by=OPENED + timedelta(days=40))
    remeasure.people([daily.pk], NIGHT)
    assert as_(cast.manager).get(reverse("own_failure")).context["rows"] == []


def test_what_is_kept_current_is_what_is_counted_at_night(cast: Cast, many: list[Matter], as_: SignIn) -> None:
    def kept() -> list[tuple[int, int, int]]:
        return sorted(OwnFailure.objects.values_list("matter", "contacts", "minutes"))

    people = {one.person_id for one in many}
    said(many[3].person, OPENED + timedelta(days=15), many[3], 6000).save(force_insert=True)
    remeasure.people(people, NIGHT)
    suggesting.measure_changed(NIGHT, DemandTerms())
    current = kept()
    suggesting.measure_everybody(START, NIGHT, DemandTerms())
    assert kept() == current


def test_whoever_is_the_customer_sees_nothing_of_theirs(cast: Cast, daily: Person, as_: SignIn) -> None:
    ours = OwnFailure.objects.get().matter
    User.objects.filter(pk=cast.manager.pk).update(person=daily)
    browser = as_(cast.manager)
    assert browser.get(reverse("own_failure")).context["rows"] == []
    assert browser.get(reverse("own_failure.matter", args=[ours.pk])).status_code == 404
