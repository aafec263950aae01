"""An older system's alert: told for a few days to whoever visits, decided once, and never a marker by itself."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from evenhand.cases import anything_held, holding
from evenhand.cases.models import LiveControl
from evenhand.people import alerts, hazards, merging
from evenhand.people.alerts import Act
from evenhand.people.models import (
    Change,
    Home,
    HomeHazard,
    InheritedAlert,
    Landlord,
    Need,
    Person,
    Tenancy,
    TenancyPerson,
)
from evenhand.people.models.alert import Settled
from evenhand.people.refusal import NotDone
from evenhand.policy.alert_code import read
from evenhand.policy.hazard import Hazard
from evenhand.policy.held import HeldAlert
from evenhand.policy.need import Need as NeedKind
from evenhand.policy.terms import Terms
from tests.glances import seen_by_telephone
from tests.web.conftest import cast, home, landlord, tenant
from tests.web.stories import Cast

__all__ = ["cast", "home", "landlord", "tenant"]
pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
UNTIL = date(2026, 12, 4)
Brought = Callable[..., InheritedAlert]


def brought(person: Person | None, code: str = "CV", home: Home | None = None, **more: Any) -> InheritedAlert:
    means = read(code)
    told = {"source": "old", "received_on": DAY, "until": UNTIL, "note": "Shouted", **more}
    return InheritedAlert.objects.create(
        person=person, home=home, code=means.code, about=means.about.value, warns=means.warns, **told
    )


def act(cast: Cast, day: date = DAY) -> Act:
    return Act(cast.manager, datetime(day.year, day.month, day.day, 10, tzinfo=UTC), day)


def told_of(person: Person, day: date = DAY) -> tuple[HeldAlert, ...]:
    """What is told of a person, with the quick look agreeing that there is something."""
    found = holding.held_of([person.pk], day)[person.pk].inherited
    if found:
        assert person.pk in anything_held.people_held([person.pk], day)
    return found


def told_at(home: Home, day: date = DAY, many: bool = False) -> tuple[HeldAlert, ...]:
    found = holding.held_at([home.pk], day)[home.pk].inherited
    asked = [home.pk, *(range(10**6, 10**6 + 300) if many else ())]
    if found:
        assert home.pk in anything_held.homes_held(asked, day)
    return found


def test_a_warning_is_told_of_the_person_their_household_and_their_home(tenant: Person, home: Home) -> None:
    alert = brought(tenant)
    other = Person.objects.create(source="housing", ref="P2", forename="Al")
    TenancyPerson.objects.create(tenancy=Tenancy.objects.get(), person=other, role="household_member")

    expected = (HeldAlert(id=alert.pk, until=UNTIL),)
    assert told_of(tenant) == told_of(other) == told_at(home) == told_at(home, many=True) == expected
    (seen,) = seen_by_telephone("+447700900123", DAY)
    assert seen.held


def test_it_is_told_until_its_last_day_and_then_no_more(tenant: Person) -> None:
    brought(tenant)
    assert told_of(tenant, UNTIL) and not told_of(tenant, UNTIL + timedelta(days=1))
    assert not told_of(tenant, DAY - timedelta(days=1))
    assert not anything_held.people_held([tenant.pk], UNTIL + timedelta(days=1))


@pytest.mark.parametrize("code", ["TRA", "DV", "APT", "DIS", "UE", "RISK1.01", "RISK2.07", "COR"])
def test_nobody_is_warned_of_a_need_a_home_or_a_court_order(tenant: Person, code: str) -> None:
    brought(tenant, code)
    assert not told_of(tenant)


@pytest.mark.parametrize("code", ["CV", "VA", "PA", "CX", "RISK2.01", "HACT2", "OI", "SAT"])
def test_whoever_visits_is_warned_of_what_may_be_conduct(tenant: Person, code: str) -> None:
    brought(tenant, code)
    assert told_of(tenant)
    assert not LiveControl.objects.exists()


def test_nobody_is_warned_of_a_young_child_or_of_the_dead(tenant: Person) -> None:
    brought(tenant)
    Person.objects.update(date_of_birth=date(2016, 11, 21))
    assert not told_of(tenant)
    Person.objects.update(date_of_birth=date(2016, 11, 20))
    assert told_of(tenant), "ten today"
    Person.objects.update(died_on=DAY)
    assert not told_of(tenant)


def test_a_new_tenant_never_inherits_a_warning_about_a_home(tenant: Person, home: Home) -> None:
    alert = brought(None, home=home, since=date(2018, 1, 1))
    assert not told_at(home), "the tenancy began in 2019"
    InheritedAlert.objects.update(since=date(2020, 1, 1))
    assert told_at(home) == told_of(tenant) == (HeldAlert(id=alert.pk, until=UNTIL),)
    InheritedAlert.objects.update(since=None)
    assert told_at(home)


def test_a_joined_record_is_the_same_person(tenant: Person, cast: Cast) -> None:
    twin = Person.objects.create(source="repairs", ref="R1", forename="Jo", surname="Bell")
    brought(twin)
    assert not told_of(tenant)
    merging.merge(tenant, twin, by=cast.manager, at=act(cast).at, day=DAY, terms=Terms())
    assert told_of(tenant)


def test_the_report_of_what_lies_behind_it_settles_it_and_it_is_told_while_that_is_sorted(
    tenant: Person, cast: Cast
) -> None:
    alert = alerts.reported(brought(tenant), "EH-7K3F-Q2WX", act(cast))
    assert (alert.settled, alert.case, alert.settled_by, alert.note) == (
        Settled.REPORTED, "EH-7K3F-Q2WX", cast.manager, "")  # fmt: skip
    assert told_of(tenant) == (HeldAlert(id=alert.pk, until=date(2026, 11, 24), reported=True),)
    assert not told_of(tenant, date(2026, 11, 25))


def test_a_report_late_in_the_day_never_makes_it_told_longer(tenant: Person, cast: Cast) -> None:
    alert = alerts.reported(brought(tenant), "EH-7K3F-Q2WX", act(cast, UNTIL))
    assert alert.until == UNTIL


def test_a_need_is_recorded_and_the_trail_does_not_say_what(tenant: Person, cast: Cast) -> None:
    alerts.as_need(brought(tenant, "DV"), tenant, NeedKind.DOMESTIC_ABUSE, "", act(cast))
    need = Need.objects.get()
    assert (need.person, need.kind, need.recorded_by) == (tenant, NeedKind.DOMESTIC_ABUSE, cast.manager)
    change = Change.objects.get()
    assert (change.words, change.person) == ("Recorded a need from an older system’s alert.", tenant)


def test_a_hazard_is_recorded_once(tenant: Person, home: Home, cast: Cast, landlord: Landlord) -> None:
    hazards.record(home, Hazard.ANIMAL, "", act(cast))
    alert = alerts.as_hazard(brought(tenant, "DA"), home, Hazard.ANIMAL, "", act(cast))
    assert alert.settled == Settled.HAZARD and HomeHazard.objects.count() == 1
    alerts.as_hazard(brought(tenant, "UE"), home, Hazard.UNSAFE_PREMISES, "", act(cast))
    assert HomeHazard.objects.count() == 2


def test_what_is_let_go_leaves_a_reason_and_nothing_the_older_system_wrote(tenant: Person, cast: Cast) -> None:
    alert = brought(tenant)
    with pytest.raises(NotDone, match="Say why"):
        alerts.let_go(alert, " ", act(cast))
    alert = alerts.let_go(alert, "Nobody knows of an incident.", act(cast))
    assert (alert.settled, alert.why, alert.note) == (Settled.LET_GO, "Nobody knows of an incident.", "")
    assert not told_of(tenant)


def test_what_was_decided_is_not_decided_twice(tenant: Person, cast: Cast) -> None:
    alert = brought(tenant)
    alerts.let_go(alert, "Nobody knows of an incident.", act(cast))
    with pytest.raises(NotDone, match="already"):
        alerts.reported(alert, "EH-7K3F-Q2WX", act(cast))


def test_pages_follow_each_other_and_leave_nobody_out(tenant: Person, home: Home) -> None:
    for number in range(alerts.PAGE + 3):
        brought(tenant, f"CV{number}", until=UNTIL + timedelta(days=number % 3))
    first, after = alerts.page(frozenset())
    second, end = alerts.page(frozenset(), after)
    assert len(first) == alerts.PAGE and len(second) == 3 and end == ""
    order = [(each.until, each.pk) for each in (*first, *second)]
    assert order == sorted(set(order))
    assert alerts.page(frozenset({tenant.pk})) == ([], "")
    assert alerts.page(frozenset(), "never/1") == ([], "")
