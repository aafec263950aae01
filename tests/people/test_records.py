"""What the database itself holds to, whoever writes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

import pytest
from django.db import Error, IntegrityError, connection, transaction

from evenhand.people import local_person
from evenhand.people.models import Landlord, Look, Need, Person, PolicyVersion, Provenance
from evenhand.people.refusal import NotDone
from evenhand.policy.terms import Nation

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
AsOwner = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def look(db: None) -> Look:
    return Look.objects.create(at=NOW, actor="colleague:1", kind="case", reference="K7F3")


@pytest.mark.parametrize("change", ["UPDATE people_look SET actor = 'nobody'", "DELETE FROM people_look"])
def test_who_looked_can_be_neither_changed_nor_removed_even_by_the_owner(
    look: Look, as_owner: AsOwner, change: str
) -> None:
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    with as_owner(), pytest.raises(Error, match="only ever added"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(change)
    assert Look.objects.get().actor == "colleague:1"


def test_who_looked_can_be_disposed_of_by_the_owner_alone(look: Look, as_owner: AsOwner) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL evenhand.disposing = 'on'")
        cursor.execute("DELETE FROM people_look")
    assert not Look.objects.exists()


def test_there_is_one_landlord_and_its_nation_fixes_the_ombudsman(db: None) -> None:
    Landlord.objects.all().delete()
    landlord = Landlord.objects.create(name="Little Harbour Homes", nation=Nation.SCOTLAND)
    assert landlord.ombudsman.name == "Scottish Public Services Ombudsman"
    with pytest.raises(IntegrityError), transaction.atomic():
        Landlord.objects.create(id=2, name="Another")


@pytest.mark.parametrize("nation", Nation)
def test_every_nation_has_an_ombudsman_a_letter_can_name(nation: Nation) -> None:
    ombudsman = Landlord(nation=nation).ombudsman
    assert ombudsman.name and ombudsman.website and ombudsman.telephone and ombudsman.address


def test_one_version_of_the_policy_is_in_force(db: None) -> None:
    PolicyVersion.objects.all().delete()
    PolicyVersion.objects.create(version="1", title="Conduct", owner="Director", superseded_on=date(2026, 1, 1))
    PolicyVersion.objects.create(version="2", title="Conduct", owner="Director")
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.create(version="3", title="Conduct", owner="Director")


def test_how_a_database_was_born_is_said_once(db: None) -> None:
    Provenance.objects.all().delete()
    Provenance.objects.create(kind="demo", at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Provenance.objects.create(id=2, kind="real", at=NOW)


def test_a_need_of_one_kind_holds_once(person: Callable[..., Person]) -> None:
    someone = person()
    Need.objects.create(person=someone, kind="deaf", recorded_on=NOW.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.create(person=someone, kind="deaf", recorded_on=NOW.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.create(person=someone, kind="vexatious", recorded_on=NOW.date())


def test_one_source_cannot_hold_a_reference_twice_but_two_sources_can(person: Callable[..., Person]) -> None:
    someone = person()
    Person.objects.create(source="another landlord", ref=someone.ref)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(source=someone.source, ref=someone.ref)


def test_a_local_person_needs_something_to_tell_them_apart_by(db: None) -> None:
    with pytest.raises(NotDone, match="tell this person apart"):
        local_person.make(phone="07700 900123")
    someone = local_person.make(surname=" Ó Súilleabháin ", phone="07700 900123", email="S@example.org")
    assert someone.is_local and someone.surname == "Ó Súilleabháin"
    assert someone.phones == ["+447700900123"] and someone.emails == ["s@example.org"]
    assert someone.search_name == "o suilleabhain"
