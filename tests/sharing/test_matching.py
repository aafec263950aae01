"""Which home and person a visit is about: by exact keys, never by likeness, and never where it is not certain."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.people.models import Home, Person
from evenhand.people.register.sheet import homes
from evenhand.sharing.matching import match, where
from tests.sharing.homes import home_at

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parent / "data" / "homes.csv"


@pytest.fixture
def register(db: None) -> dict[str, Home]:
    """Forty homes of an invented landlord, among them several in one postcode, by reference."""
    sheet = homes()
    made = []
    with SAMPLE.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            values, problems = sheet.read([row[column.name] for column in sheet.columns])
            assert not problems
            made.append(Home(source="housing", **dict(zip(sheet.staged, values, strict=True))))
    return {home.ref: home for home in Home.objects.bulk_create(made)}


def test_every_home_of_a_register_is_found_by_each_of_its_keys_and_no_other(register: dict[str, Home]) -> None:
    for home in register.values():
        for asked in (
            *([where(uprn=home.uprn), where(uprn=f"00{home.uprn}")] if home.uprn else []),
            where(home_ref=home.ref),
            where(address=home.address),
            where(address=home.address_line.upper(), town=home.town, postcode=home.postcode.replace(" ", "")),
            where(address=home.address_line, postcode=home.postcode),
        ):
            (found,) = match([asked])
            assert found.found and found.home == home.pk, (asked, found)


def test_all_are_matched_in_one_query_for_each_kind_of_key_however_many_there_are(register: dict[str, Home]) -> None:
    asked = [
        where(uprn=home.uprn, home_ref=home.ref, address=home.address, person_ref="C1") for home in register.values()
    ]
    with CaptureQueriesContext(connection) as queries:
        found = match(asked * 50)
    assert [one.home for one in found] == [home.pk for home in register.values()] * 50
    assert len(queries) == 4


@pytest.mark.parametrize(
    ("asked", "words", "several"),
    [
        ({"uprn": "999"}, "No home has this UPRN", False),
        ({"home_ref": "nothing"}, "No home has this reference of the home", False),
        ({"address": "138 Kiln Street, Port Evenham"}, "with its postcode", False),
        ({"address": "9999 Kiln Street", "postcode": "ZE2 3HA"}, "as the register has it", False),
        ({"person_ref": "nobody"}, "No person has this reference", False),
    ],
)
def test_what_is_found_nowhere_says_what_to_do(
    register: dict[str, Home], asked: dict[str, str], words: str, several: bool
) -> None:
    (found,) = match([where(**asked)])
    assert words in found.trouble and found.several is several and found.home is None


def test_keys_that_disagree_are_not_certain(register: dict[str, Home]) -> None:
    one, other = list(register.values())[:2]
    (found,) = match([where(uprn=one.uprn, address=other.address)])
    assert found.several and "The UPRN and the address are of different homes" in found.trouble


def test_a_house_is_not_taken_for_its_flat() -> None:
    flat = home_at("1 Mill Lane Flat 2")
    assert match([where(address="1 Mill Lane", postcode="ZH1 1AA")])[0].home is None
    assert match([where(address="1 Mill Lane Flat 2", postcode="ZH1 1AA")])[0].home == flat.pk


def test_two_homes_of_one_uprn_are_several_unless_one_has_left() -> None:
    first, second = home_at("1 Mill Lane", uprn="77"), home_at("3 Ferry Row", uprn="77")
    (found,) = match([where(uprn="77")])
    assert found.several and "Give the reference of the home" in found.trouble
    Home.objects.filter(pk=first.pk).update(left_on=date(2026, 1, 1))
    assert match([where(uprn="77")])[0].home == second.pk


def test_people_are_found_by_reference_alone(person: Callable[..., Person]) -> None:
    known = person()
    assert match([where(person_ref=known.ref)])[0].person == known.pk
    assert match([where(person_ref=known.ref.lower())])[0].person == known.pk
    Person.objects.create(source="other", ref=known.ref, surname="Else")
    (found,) = match([where(person_ref=known.ref)])
    assert found.several and "Several people" in found.trouble
