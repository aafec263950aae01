"""What a verb is told of a person: over all their records, on the day, and who is too close to act."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.db import transaction

from evenhand.people import local_person, merging, reading
from evenhand.people.known import lock, picture
from evenhand.people.models import Home, Need, Person, Representative, Tenancy, User
from evenhand.policy.need import Channel
from evenhand.policy.need import Need as NeedKind
from evenhand.policy.terms import Terms

DAY = date(2026, 11, 20)
YESTERDAY = date(2026, 11, 19)
Make = Callable[..., Person]
MakeHome = Callable[..., Home]
LivesAt = Callable[..., Tenancy]
WorksHere = Callable[..., User]


def test_age_is_in_whole_years_and_unknown_stays_unknown(person: Make) -> None:
    assert picture(person(date_of_birth=date(2008, 11, 21)), DAY).age == 17
    assert picture(person(date_of_birth=date(2008, 11, 20)), DAY).age == 18
    assert picture(person(), DAY).age is None
    assert reading.age_on(date(2027, 2, 28), date(2008, 2, 29)) == 18
    assert reading.age_on(date(2027, 3, 1), date(2008, 2, 29)) == 19


def test_of_two_records_that_disagree_the_younger_counts(person: Make, works_here: WorksHere) -> None:
    one, other = person(date_of_birth=date(1980, 1, 1)), person(date_of_birth=date(2012, 1, 1))
    merging.merge(one, other, works_here(), datetime(2026, 11, 20, tzinfo=UTC), day=DAY, terms=Terms())
    assert picture(one, DAY).age == 14


def test_a_need_that_has_ended_no_longer_counts(person: Make) -> None:
    someone = person()
    Need.objects.create(person=someone, kind=NeedKind.DEAF, recorded_on=YESTERDAY, ended_on=DAY)
    Need.objects.create(person=someone, kind=NeedKind.EASY_READ, recorded_on=DAY)
    Need.objects.create(person=someone, kind=NeedKind.ILLNESS, recorded_on=date(2026, 11, 21))
    assert picture(someone, DAY).needs == {NeedKind.EASY_READ}


def test_a_channel_that_puts_someone_in_danger_is_unsuitable(person: Make) -> None:
    assert Channel.LETTER in picture(person(unsafe_channels=["letter"]), DAY).unsuitable


def test_tenancies_are_those_held_today_and_joint_tenants_are_the_others(
    person: Make, home: MakeHome, lives_at: LivesAt
) -> None:
    tenant, joint, child = person(), person(), person()
    tenancy = lives_at(home(), {tenant: "tenant", joint: "joint_tenant", child: "household_member"})
    lives_at(home(), {tenant: "tenant"}, ended_on=YESTERDAY)
    known = picture(tenant, DAY)
    assert known.tenancies == {str(tenancy.pk)}
    assert known.joint_tenants == {str(joint.pk)}
    assert picture(child, DAY).tenancies == frozenset()


def test_a_tenancy_holds_on_its_last_day(person: Make, home: MakeHome, lives_at: LivesAt) -> None:
    someone = person()
    lives_at(home(), {someone: "tenant"}, ended_on=DAY)
    assert len(picture(someone, DAY).tenancies) == 1


def test_a_colleague_who_is_the_customer_or_lives_with_them_is_too_close(
    person: Make, home: MakeHome, lives_at: LivesAt, works_here: WorksHere
) -> None:
    customer, partner, neighbour = person(), person(), person()
    lives_at(home(), {customer: "tenant", partner: "household_member"})
    lives_at(home(), {neighbour: "tenant"})
    themselves, lives_with, lives_near = (works_here(person=one) for one in (customer, partner, neighbour))
    assert picture(customer, DAY).colleagues_too == {themselves.actor.id, lives_with.actor.id}
    assert lives_near.actor.id not in picture(customer, DAY).colleagues_too


def test_a_colleague_known_by_another_record_is_too_close(
    person: Make, home: MakeHome, lives_at: LivesAt, works_here: WorksHere
) -> None:
    customer, partner, partner_again = person(), person(), person()
    lives_at(home(), {customer: "tenant", partner: "household_member"})
    user = works_here(person=partner_again)
    merging.merge(partner, partner_again, works_here(), datetime(2026, 11, 20, tzinfo=UTC), day=DAY, terms=Terms())
    assert picture(customer, DAY).colleagues_too == {user.actor.id}


def test_only_a_safe_parent_guardian_or_attorney_is_told_too(person: Make) -> None:
    someone = person()
    Representative.objects.create(person=someone, name="A", kind="solicitor", safe=True, recorded_on=DAY)
    Representative.objects.create(person=someone, name="B", kind="parent", safe=False, recorded_on=DAY)
    assert not picture(someone, DAY).safe_representative
    Representative.objects.create(person=someone, name="C", kind="guardian", safe=True, recorded_on=DAY)
    assert picture(someone, DAY).safe_representative


def test_death_on_any_record_is_known(person: Make, works_here: WorksHere) -> None:
    one, other = person(), person(died_on=YESTERDAY)
    merging.merge(one, other, works_here(), datetime(2026, 11, 20, tzinfo=UTC), day=DAY, terms=Terms())
    assert picture(one, DAY).died_on == YESTERDAY


def test_a_check_of_a_home_finds_who_lives_there_and_who_visits(
    person: Make, home: MakeHome, lives_at: LivesAt
) -> None:
    place, tenant, left = home(), person(), person()
    lives_at(place, {tenant: "tenant"})
    lives_at(place, {left: "tenant"}, ended_on=YESTERDAY)
    visitor = local_person.make(description="Her brother, tall, red van")
    local_person.visits(visitor, place, DAY)
    local_person.visits(visitor, place, DAY)
    assert set(reading.people_at(place, DAY)) == {tenant, visitor}
    assert list(reading.homes(visitor, DAY)) == [place]
    local_person.no_longer_visits(visitor, place, YESTERDAY)
    assert set(reading.people_at(place, DAY)) == {tenant}


def test_locking_a_person_locks_every_record_of_theirs(person: Make, works_here: WorksHere) -> None:
    one, other = person(), person()
    merging.merge(one, other, works_here(), datetime(2026, 11, 20, tzinfo=UTC), day=DAY, terms=Terms())
    with transaction.atomic():
        assert lock(other) == {one.pk, other.pk}
