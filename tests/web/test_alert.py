"""Alerts of an older system wait in one queue until a manager or the duty colleague has decided what each was."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.cases import models
from evenhand.people.models import Home, HomeHazard, InheritedAlert, Look, Need, Person, User
from evenhand.people.models.alert import Settled
from evenhand.policy.alert_code import read
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.incident import Injury
from evenhand.policy.hazard import Hazard
from evenhand.policy.need import Channel
from evenhand.policy.need import Need as NeedKind
from evenhand.web import way
from tests.web.asking import answers, carried, words
from tests.web.stories import START, Cast, Story

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
QUEUE = "/inherited-alerts/"
UNTIL = START + timedelta(days=14)
WARNED = "An older system held a warning about"


def brought(person: Person | None, code: str = "CV", home: Home | None = None) -> InheritedAlert:
    means = read(code)
    return InheritedAlert.objects.create(
        source="old",
        person=person,
        home=home,
        code=means.code,
        about=means.about.value,
        warns=means.warns,
        since=date(2025, 3, 1),
        note="Shouted at the gas engineer",
        received_on=START,
        until=UNTIL,
    )


def page_of(alert: InheritedAlert, name: str = "alert") -> str:
    return reverse(name, args=[alert.pk])


def report_of(alert: InheritedAlert, browser: Client, person: Person) -> str:
    """The incident behind the alert reported from its page. Out: what the page after it says."""
    there = next(
        line.split('href="')[1].split('"')[0].replace("&amp;", "&")
        for line in browser.get(page_of(alert)).content.decode().splitlines()
        if "Report the incident behind it" in line
    )
    shown = browser.get(there)
    assert "It wrote: “Shouted at the gas engineer”" in words(shown)
    assert shown.context["form"].initial["happened_on"] is None, "it did not happen today"
    told = {
        "conducts": [Conduct.SHOUTING.value],
        "account": "He shouted at the engineer, who told me today.",
        "happened_on": date(2025, 2, 27),
        "channel": Channel.VISIT.value,
        "mine": "no",
        "injury": Injury.NONE.value,
        "person_words": person.ref,
        "person": str(person.pk),
    }
    sent = browser.post(there, {**carried(shown), **answers(**told)})
    assert sent.status_code == 302, words(sent)
    return words(browser.get(sent["Location"]))


def test_the_queue_says_what_each_is_and_what_is_told_meanwhile(
    cast: Cast, tenant: Person, as_: SignIn, days_later: Callable[[int], date]
) -> None:
    brought(tenant)
    brought(tenant, "DV")
    page = words(as_(cast.duty).get(QUEUE))
    assert "Jo Bell: no lone visits" in page and "Code CV of old, since 1 March 2025." in page
    assert "Jo Bell: domestic abuse" in page and "Nobody is told of it." in page
    assert "Visitors are told to take care." in page and "In 14 days" in page
    assert Look.objects.filter(person=tenant, purpose="Alerts of an older system").exists()
    days_later(15)
    page = words(as_(cast.manager).get(QUEUE))
    assert "1 day overdue" in page and "Nobody is told of it any more: decide today." in page


def test_whoever_only_oversees_sees_that_it_waits_and_no_need(cast: Cast, tenant: Person, as_: SignIn) -> None:
    alert = brought(tenant, "DV")
    browser = as_(cast.protection)
    page = words(browser.get(QUEUE))
    assert "Jo Bell: a need" in page and "domestic" not in page and "DV" not in page
    assert browser.get(page_of(alert)).status_code == 403


def test_only_those_who_decide_may_open_the_queue(cast: Cast, tenant: Person, as_: SignIn) -> None:
    alert = brought(tenant)
    for user in (cast.manager, cast.senior, cast.director, cast.duty):
        assert as_(user).get(QUEUE).status_code == as_(user).get(page_of(alert)).status_code == 200
    for user in (cast.colleague, cast.investigator, cast.partner, cast.planner, cast.administrator, cast.independent):
        for there in (QUEUE, page_of(alert), *(page_of(alert, f"alert.{act}") for act in ("need", "hazard", "let_go"))):
            assert as_(user).get(there).status_code == 403


def test_nobody_decides_about_themselves(cast: Cast, tenant: Person, home: Home, as_: SignIn) -> None:
    own, at_home = brought(tenant), brought(None, "OI", home)
    cast.manager.person = tenant
    cast.manager.save(update_fields=["person"])
    browser = as_(cast.manager)
    assert "Jo Bell" not in words(browser.get(QUEUE))
    for alert in (own, at_home):
        assert browser.get(page_of(alert)).status_code == 404
        assert browser.post(page_of(alert, "alert.let_go"), {"why": "It was nothing."}).status_code == 404


def test_a_colleague_s_card_tells_of_it_and_who_decides_is_led_to_it(
    story: Story, cast: Cast, tenant: Person, home: Home, as_: SignIn, days_later: Callable[[int], date]
) -> None:
    alert = brought(tenant)
    for there in (way.to_check(tenant), way.to_check(home)):
        card = words(as_(cast.colleague).get(there))
        assert WARNED in card and "not a finding" in card
        assert "lone" not in card.replace("lone-working", "") and "Shouted" not in card
        assert page_of(alert) not in as_(cast.colleague).get(there).content.decode()
        assert page_of(alert) in as_(cast.duty).get(there).content.decode()
    assert "hold no warning about this person" not in words(as_(cast.colleague).get(way.to_person(tenant)))
    days_later(15)
    assert WARNED not in words(as_(cast.colleague).get(way.to_check(tenant)))


def test_the_incident_behind_it_is_reported_and_settles_it(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    alert, browser = brought(tenant), as_(cast.manager)
    report_of(alert, browser, tenant)
    alert.refresh_from_db()
    case = models.Case.objects.get()
    assert (alert.settled, alert.case, alert.settled_by, alert.note) == (
        Settled.REPORTED, case.reference, cast.manager, "")  # fmt: skip
    assert not models.LiveControl.objects.exists(), "a report is no marker"
    assert "No alert waits" in words(browser.get(QUEUE))
    assert browser.get(page_of(alert)).status_code == 404
    assert WARNED in words(browser.get(way.to_check(tenant))), "told while the report waits to be sorted"
    assert page_of(alert) not in browser.get(way.to_check(tenant)).content.decode()


def test_a_report_about_somebody_else_settles_nothing(story: Story, cast: Cast, tenant: Person, as_: SignIn) -> None:
    alert = brought(tenant)
    browser = as_(cast.manager)
    other = Person.objects.create(source="housing", ref="P9", forename="Al", surname="Reyes")
    assert "The alert still waits" in report_of(alert, browser, other)
    alert.refresh_from_db()
    assert not alert.settled


def test_whoever_may_not_decide_settles_nothing_by_an_address(
    story: Story, cast: Cast, tenant: Person, as_: SignIn
) -> None:
    alert = brought(tenant)
    page = words(as_(cast.colleague).get(f"{way.to_report(tenant)}&alert={alert.pk}"))
    assert "older system" not in page and "Shouted" not in page


def test_a_need_is_recorded_with_one_press(cast: Cast, tenant: Person, as_: SignIn) -> None:
    alert, browser = brought(tenant, "TRA"), as_(cast.duty)
    page = browser.get(page_of(alert))
    assert "Record it as a need of Jo Bell" in words(page) and "Report the incident" not in words(page)
    ((whose, _),) = page.context["needs"]
    sent = browser.post(page_of(alert, "alert.need"), {"whose": whose, "kind": NeedKind.INTERPRETER, "detail": ""})
    assert sent.status_code == 302
    assert (Need.objects.get().person, Need.objects.get().kind) == (tenant, NeedKind.INTERPRETER)
    alert.refresh_from_db()
    assert alert.settled == Settled.NEED


def test_a_need_that_has_no_word_of_its_own_keeps_the_older_system_s(cast: Cast, tenant: Person, as_: SignIn) -> None:
    page = as_(cast.duty).get(page_of(brought(tenant, "APT"))).content.decode()
    assert 'name="detail" value="the property is adapted"' in page


def test_a_hazard_is_recorded_with_one_press(cast: Cast, tenant: Person, home: Home, as_: SignIn) -> None:
    alert, browser = brought(tenant, "UE"), as_(cast.manager)
    page = browser.get(page_of(alert))
    assert f"Record “unsafe premises” at {home.address}" in words(page)
    ((where, _),) = page.context["homes"]
    sent = browser.post(page_of(alert, "alert.hazard"), {"where": where, "kind": Hazard.UNSAFE_PREMISES})
    assert sent.status_code == 302
    assert (HomeHazard.objects.get().home, HomeHazard.objects.get().kind) == (home, Hazard.UNSAFE_PREMISES)
    alert.refresh_from_db()
    assert alert.settled == Settled.HAZARD


def test_a_hazard_that_the_code_does_not_name_is_described(cast: Cast, tenant: Person, as_: SignIn) -> None:
    alert, browser = brought(tenant, "RISK1.99"), as_(cast.manager)
    page = browser.get(page_of(alert))
    assert "Record “" not in words(page)
    ((where, _),) = page.context["homes"]
    sent = browser.post(page_of(alert, "alert.hazard"), {"where": where, "kind": Hazard.OTHER})
    assert "Say what the hazard is" in words(sent)
    alert.refresh_from_db()
    assert not alert.settled


def test_an_unclear_code_may_be_anything_and_of_anybody_there(
    cast: Cast, tenant: Person, home: Home, as_: SignIn
) -> None:
    alert, browser = brought(None, "OI", home), as_(cast.manager)
    page = words(browser.get(page_of(alert)))
    for offered in ("Report the incident behind it", "Record a need in other words", "Record a hazard in other words"):
        assert offered in page
    shown = words(browser.get(page_of(alert, "alert.need")))
    assert "Whose need is it?" in shown and "Jo Bell" in shown


def test_somebody_else_s_home_or_need_cannot_be_put_in_its_place(cast: Cast, tenant: Person, as_: SignIn) -> None:
    other = Person.objects.create(source="housing", ref="P9", forename="Al", surname="Reyes")
    alert = brought(tenant, "TRA")
    sent = as_(cast.manager).post(
        page_of(alert, "alert.need"), {"whose": way.PEOPLE.sign(str(other.pk)), "kind": NeedKind.INTERPRETER}
    )
    assert sent.status_code == 200 and not Need.objects.exists()


def test_it_is_let_go_with_a_reason(cast: Cast, tenant: Person, as_: SignIn) -> None:
    alert, browser = brought(tenant), as_(cast.manager)
    there = page_of(alert, "alert.let_go")
    assert "Say why it is let go" in words(browser.post(there, {"why": " "}))
    assert browser.post(there, {"why": "Nobody knows of an incident."}).status_code == 302
    alert.refresh_from_db()
    assert (alert.settled, alert.why) == (Settled.LET_GO, "Nobody knows of an incident.")
    assert browser.post(there, {"why": "Again."}).status_code == 404
    assert WARNED not in words(browser.get(way.to_check(tenant)))


def test_the_reviews_lead_to_the_queue(cast: Cast, as_: SignIn) -> None:
    assert QUEUE in as_(cast.manager).get(reverse("reviews")).content.decode()
    assert QUEUE not in as_(cast.investigator).get(reverse("reviews")).content.decode()


def test_a_long_queue_costs_no_more_questions(
    cast: Cast, tenant: Person, as_: SignIn, django_assert_max_num_queries: Callable[..., object]
) -> None:
    browser = as_(cast.manager)
    for number in range(40):
        alert = brought(tenant)
        InheritedAlert.objects.filter(pk=alert.pk).update(code=f"CV{number}")
    browser.get(QUEUE)
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
        page = words(browser.get(QUEUE))
    assert "More alerts" in page
