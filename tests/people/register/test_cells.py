"""Each column of the register: what it takes, what it reports, and that a wrong cell drops as little as it can."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evenhand.people.models import Home, Person, RegisterImport, Tenancy, TenancyPerson
from tests.people.register.conftest import ROWS, wrong

Import = Callable[..., RegisterImport]
Write = Callable[..., Path]
PERSON = {
    "person_ref": "P1",
    "title": "Ms",
    "forename": "Denise",
    "surname": "Hartley",
    "date_of_birth": "1980-02-29",
    "phone": "07700 900001",
    "email": "d@example.org",
    "language": "en",
    "communication_needs": "",
}


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("date_of_birth", "2026-11-21", "in the future"),
        ("date_of_birth", "1900-01-01", "120 years ago"),
        ("date_of_birth", "1981-02-29", "no such day"),
        ("date_of_birth", "yesterday", "not a date"),
        ("phone", "ask her sister", "not a telephone number"),
        ("email", "d at example.org", "not an email address"),
        ("language", "english", "not a language code"),
        ("communication_needs", "large_print telepathy", "telepathy is not a need we know"),
        ("forename", "D" * 121, "longer than 120 characters"),
    ],
)
def test_a_wrong_optional_cell_is_reported_and_the_person_loads(
    write: Write, bring_in: Import, column: str, value: str, reason: str
) -> None:
    record = bring_in(write(people=[",".join({**PERSON, column: value}.values())], tenancy_people=[]))
    assert wrong(record) == [("people.csv", 2, column)]
    assert reason in record.rejected.get().reason
    assert Person.objects.get().ref == "P1"


@pytest.mark.parametrize(
    ("value", "born"),
    [
        ("1980-02-29", date(1980, 2, 29)),
        ("29/02/1980", date(1980, 2, 29)),
        ("1980-02-29 00:00:00", date(1980, 2, 29)),
        ("1980-02-29T00:00:00.000", date(1980, 2, 29)),
        ("2026-11-20", date(2026, 11, 20)),
        ("NULL", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_systems_write_it(write: Write, bring_in: Import, value: str, born: date | None) -> None:
    people = [",".join({**PERSON, "date_of_birth": value}.values())]
    assert wrong(bring_in(write(people=people, tenancy_people=[]))) == []
    assert Person.objects.get().date_of_birth == born


def test_someone_called_null_keeps_their_name(write: Write, bring_in: Import) -> None:
    bring_in(write(people=[",".join({**PERSON, "surname": "NULL", "title": "NULL"}.values())], tenancy_people=[]))
    someone = Person.objects.get()
    assert (someone.title, someone.surname) == ("", "NULL")


def test_telephone_and_email_are_kept_as_given_and_normalised(write: Write, bring_in: Import) -> None:
    changed = {"phone": "(07700) 900001 / 0113 496 0002", "email": "D.Hartley@Example.org; other@example.org"}
    bring_in(write(people=[",".join({**PERSON, **changed}.values())], tenancy_people=[]))
    someone = Person.objects.get(phones__contains=["+441134960002"])
    assert (someone.phone, someone.email) == (changed["phone"], changed["email"])
    assert someone.phones == ["+447700900001", "+441134960002"]
    assert someone.emails == ["d.hartley@example.org", "other@example.org"]


def test_a_person_without_a_name_is_reported_and_loads(write: Write, bring_in: Import) -> None:
    people = [",".join({**PERSON, "forename": "", "surname": ""}.values())]
    assert wrong(bring_in(write(people=people, tenancy_people=[]))) == [("people.csv", 2, "surname")]
    assert Person.objects.exists()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("H1,-5,3 Ferry Row,Ashmere,ZH1 4JQ,House", "uprn"),
        ("H1,1.00E+11,3 Ferry Row,Ashmere,ZH1 4JQ,House", "uprn"),
        ("H1,100,3 Ferry Row,Ashmere,UNKNOWN,House", "postcode"),
        ("H1,100,,Ashmere,ZH1 4JQ,House", "address_line"),
    ],
)
def test_a_wrong_cell_of_a_home_is_reported_and_the_home_loads(
    write: Write, bring_in: Import, row: str, column: str
) -> None:
    record = bring_in(write(homes=[row, ROWS["homes"][1]]))
    assert wrong(record) == [("homes.csv", 2, column)]
    assert Home.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("T1,H9,assured,2020-01-01,", "home_ref"),
        ("T1,,assured,2020-01-01,", "home_ref"),
        ("T1,H1,assured,2020-01-01,2019-12-31", "ended_on"),
        ("T1,H1,assured,2020-01-01,2024-02-30", "ended_on"),
        (",H1,assured,2020-01-01,", "tenancy_ref"),
    ],
)
def test_a_tenancy_that_would_say_the_opposite_is_not_loaded(
    write: Write, bring_in: Import, row: str, column: str
) -> None:
    record = bring_in(write(tenancies=[row, ROWS["tenancies"][1]], tenancy_people=["T2,P3,tenant"]))
    assert wrong(record) == [("tenancies.csv", 2, column)]
    assert record.rejected.get().whole_row
    assert [tenancy.ref for tenancy in Tenancy.objects.all()] == ["T2"]


@pytest.mark.parametrize(
    ("row", "column"), [("T1,H1,feudal,2020-01-01,", "tenure"), ("T1,H1,assured,2020-13-01,", "started_on")]
)
def test_a_tenancy_with_a_wrong_optional_cell_loads(write: Write, bring_in: Import, row: str, column: str) -> None:
    assert wrong(bring_in(write(tenancies=[row, ROWS["tenancies"][1]]))) == [("tenancies.csv", 2, column)]
    assert Tenancy.objects.filter(ref="T1").exists()


@pytest.mark.parametrize(
    ("row", "column"), [("T9,P1,tenant", "tenancy_ref"), ("T1,P9,tenant", "person_ref"), ("T1,,tenant", "person_ref")]
)
def test_a_part_in_a_tenancy_that_points_nowhere_is_reported(
    write: Write, bring_in: Import, row: str, column: str
) -> None:
    assert wrong(bring_in(write(tenancy_people=[row, "T2,P3,tenant"]))) == [("tenancy_people.csv", 2, column)]
    assert TenancyPerson.objects.count() == 1


def test_someone_whose_role_we_do_not_know_still_lives_there(write: Write, bring_in: Import) -> None:
    record = bring_in(write(tenancy_people=["T1,P1,Joint Tenant", "T1,P2,lodger", "T2,P3,"]))
    assert wrong(record) == [("tenancy_people.csv", 3, "role")]
    assert [link.role for link in TenancyPerson.objects.order_by("id")] == ["joint_tenant", "unknown", "unknown"]


def test_a_repeated_row_says_which_line_came_first_and_whether_they_agree(write: Write, bring_in: Import) -> None:
    people = [*ROWS["people"], ROWS["people"][0], ROWS["people"][1].replace("Seán", "John")]
    record = bring_in(write(people=people, tenancy_people=["T1,P1,tenant", "T1,P1,tenant"]))
    reasons = {(row.file, row.line): row.reason for row in record.rejected.all()}
    assert reasons == {
        ("people.csv", 5): "Line 2 already says the same.",
        ("people.csv", 6): "Line 3 already says something else of it; that one was kept.",
        ("tenancy_people.csv", 3): "Line 2 already says the same.",
    }
    assert Person.objects.get(ref="P2").forename == "Seán"
