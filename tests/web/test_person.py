"""A person's page: what to do today for every colleague, and why only for those who work on the case."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evenhand.people.models import Home, Look, Need, Person, Representative, Tenancy, TenancyPerson, User
from evenhand.policy.conduct import Conduct
from evenhand.sharing.models import Disclosure
from evenhand.web import way
from tests.web.stories import START, Cast, Story

SignIn = Callable[[User], Client]


def page(client: Client, person: Person) -> str:
    response = client.get(way.to_person(person))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_every_colleague_reads_the_instruction_and_only_caseworkers_a_way_to_the_reasons(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    story.mark()
    plain = page(as_(cast.administrator), tenant)
    assert "Visit in pairs. Ring first." in plain and "Tom Hughes" in plain
    assert "shouted" not in plain and story.reference not in plain and "3 September 2026" not in plain
    worker = page(as_(cast.manager), tenant)
    assert story.reference in worker and "In force until it is removed" in worker and "3 September 2026" in worker


def test_the_page_gives_the_answer_of_the_card_and_whoever_reads_it_was_told(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    story.mark()
    client = as_(cast.colleague)
    shown = [client.get(address).context["answer"] for address in (way.to_person(tenant), way.to_check(tenant))]
    assert shown[0] == shown[1]
    Disclosure.objects.all().delete()
    page(client, tenant)
    told = Disclosure.objects.get()
    assert (told.case, told.control, told.to_name) == (story.reference, "M1", cast.colleague.name)


def test_with_nothing_held_the_page_never_promises_safety(tenant: Person, cast: Cast, as_: SignIn) -> None:
    shown = page(as_(cast.colleague), tenant)
    assert "We hold no warning about this person" in shown and "not a promise of safety" in shown


def test_an_overdue_marker_stays_says_so_and_after_three_months_says_whom_to_ask(
    story: Story, cast: Cast, tenant: Person, as_: SignIn, days_later: Callable[[int], object]
) -> None:
    story.mark()
    days_later(200)
    assert "Review overdue" in page(as_(cast.colleague), tenant)
    days_later(300)
    assert "Not reviewed: ask Tom Hughes, 0113 496 0000." in page(as_(cast.colleague), tenant)


def test_a_withheld_marker_is_not_to_be_mentioned(story: Story, cast: Cast, tenant: Person, as_: SignIn) -> None:
    story.mark()
    story.act("marker.withhold_notice", cast.senior, "M1", reasons="Telling her now would put a neighbour in danger.")
    shown = page(as_(cast.colleague), tenant)
    assert "Say nothing of it to them, or to anyone at the home." in shown and "neighbour" not in shown


def test_a_limit_that_does_not_hold_yet_is_not_acted_on(
    story: Story, cast: Cast, tenant: Person, as_: SignIn, days_later: Callable[[int], object]
) -> None:
    story.limit()
    assert "We hold no warning" in page(as_(cast.colleague), tenant)
    assert "Not in force yet" in page(as_(cast.manager), tenant)
    story.approve("T2")
    days_later(5)
    shown = page(as_(cast.colleague), tenant)
    assert "Email or letter only, once a week, Wednesdays" in shown
    assert "unless it is an emergency: then help now." in shown


def test_a_former_name_is_never_shown(tenant: Person, cast: Cast, as_: SignIn) -> None:
    tenant.former_names = ["Joseph Bell"]
    tenant.save()
    assert "Joseph" not in page(as_(cast.director), tenant)


def test_health_and_details_are_for_those_who_work_on_cases_and_ways_of_contact_for_all(
    tenant: Person, cast: Cast, as_: SignIn
) -> None:
    for kind, detail in (("deaf", "Since birth"), ("large print", "18 point"), ("domestic abuse", "From 2024")):
        Need.objects.create(person=tenant, kind=kind, detail=detail, recorded_on=START)
    plain = page(as_(cast.colleague), tenant)
    assert "Large print" in plain and "Do not rely on reaching them by telephone." in plain
    assert "Deaf" not in plain and "omestic abuse" not in plain and "18 point" not in plain
    worker = page(as_(cast.investigator), tenant)
    assert "Deaf: Since birth" in worker and "Domestic abuse: From 2024" in worker


def test_a_way_of_contact_that_is_not_safe_is_said_first_and_its_number_is_left_out(
    tenant: Person, cast: Cast, as_: SignIn
) -> None:
    tenant.unsafe_channels, tenant.unsafe_note = ["phone"], "Her brother answers."
    tenant.save()
    plain = page(as_(cast.colleague), tenant)
    assert "Never contact them by telephone: it is not safe." in plain
    assert "07700 900123" not in plain and "brother" not in plain
    assert "Her brother answers." in page(as_(cast.manager), tenant)


def test_who_else_lives_there_is_named_without_a_word_about_them(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    story.mark()
    sister = Person.objects.create(source="housing", ref="P2", forename="Ada", surname="Bell")
    TenancyPerson.objects.create(tenancy=Tenancy.objects.get(ref="T1"), person=sister, role="household_member")
    shown = page(as_(cast.colleague), sister)
    assert "3 Ferry Row" in shown and "Jo Bell" in shown
    assert "Visit in pairs. Ring first." in shown, "it binds a visit to whoever lives there"
    assert "arker" not in shown and "threat" not in shown and story.reference not in shown


def test_representatives_are_named_to_all_and_reached_by_caseworkers(tenant: Person, cast: Cast, as_: SignIn) -> None:
    Representative.objects.create(
        person=tenant, name="Rosa Diaz", kind="advocate", contact="0113 496 0777", recorded_on=START
    )
    plain = page(as_(cast.colleague), tenant)
    assert "Rosa Diaz" in plain and "0113 496 0777" not in plain
    assert "0113 496 0777" in page(as_(cast.manager), tenant)


def test_a_colleague_who_lives_with_the_person_has_no_such_page(tenant: Person, cast: Cast, as_: SignIn) -> None:
    lodger = Person.objects.create(source="housing", ref="P3", forename="Lou", surname="Marsh")
    TenancyPerson.objects.create(tenancy=Tenancy.objects.get(ref="T1"), person=lodger, role="household_member")
    cast.manager.person = lodger
    cast.manager.save()
    assert as_(cast.manager).get(way.to_person(tenant)).status_code == 404


@pytest.mark.parametrize("made_up", ["1", "1:abc", "2:", "x:y", "1%3Aabc"])
def test_an_address_cannot_be_guessed(made_up: str, tenant: Person, cast: Cast, as_: SignIn) -> None:
    assert as_(cast.director).get(f"/people/{made_up}/").status_code == 404


def test_a_record_that_was_joined_to_another_shows_the_one_that_stands(tenant: Person, cast: Cast, as_: SignIn) -> None:
    double = Person.objects.create(source="other", ref="9", forename="J", surname="Bel", merged_into=tenant)
    assert "Jo Bell" in page(as_(cast.manager), double)


def test_a_look_at_a_person_is_logged(tenant: Person, cast: Cast, as_: SignIn) -> None:
    page(as_(cast.colleague), tenant)
    look = Look.objects.get(kind="person")
    assert (look.by, look.person) == (cast.colleague, tenant)


def test_an_incident_is_reported_from_there_with_the_person_already_looked_for(
    tenant: Person, cast: Cast, as_: SignIn
) -> None:
    client = as_(cast.colleague)
    href = client.get(way.to_person(tenant)).context["report_href"]
    shown = client.get(href).content.decode()
    assert "Jo Bell" in shown


def test_a_person_with_many_homes_and_cases_takes_no_more_queries(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    story.mark()
    client = as_(cast.senior)
    page(client, tenant)
    with CaptureQueriesContext(connection) as few:
        page(client, tenant)
    for number in range(3):
        home = Home.objects.create(source="housing", ref=f"X{number}", address_line=f"{number} Hill")
        tenancy = Tenancy.objects.create(source="housing", ref=f"X{number}", home=home, started_on=date(2020, 1, 1))
        TenancyPerson.objects.create(tenancy=tenancy, person=tenant, role="tenant")
        Story(cast, tenant, home).mark()
    with CaptureQueriesContext(connection) as many:
        page(client, tenant)
    assert len(many) == len(few) <= 44


def test_a_safety_instruction_on_the_home_is_on_the_page_of_whoever_lives_there(
    cast: Cast, tenant: Person, home: Home, landlord: object, as_: SignIn, days_later: Callable[[int], object]
) -> None:
    unknown = Story(cast, None, home).report(Conduct.THREATS)
    unknown.act("incident.instruct", cast.duty, instruction="Visit in pairs")
    shown = page(as_(cast.colleague), tenant)
    assert "Safety instruction on this home: Visit in pairs." in shown
    days_later(15)
    assert "Safety instruction" not in page(as_(cast.colleague), tenant)


def test_what_binds_a_visit_through_somebody_else_there_is_never_called_no_warning(
    story: Story, cast: Cast, tenant: Person, home: Home, as_: SignIn
) -> None:
    al = Person.objects.create(source="housing", ref="P9", forename="Al", surname="Frost")
    TenancyPerson.objects.create(tenancy=home.tenancies.get(), person=al, role="household_member")
    assert "We hold no warning about this person" in page(as_(cast.colleague), al)
    story.mark()
    shown = page(as_(cast.colleague), al)
    assert "We hold no warning" not in shown and "Visit in pairs" in shown
