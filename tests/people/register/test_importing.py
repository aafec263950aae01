"""A register brought in again and again: what changes, what stays, who has left, and who must say so."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connections

from evenhand.people import local_person, tasks
from evenhand.people.models import Home, Need, Person, RegisterImport, Tenancy, TenancyPerson, User
from evenhand.people.refusal import NotDone
from evenhand.people.register import freshness, importing
from evenhand.people.register.running import LOCK, Progress
from evenhand.policy.need import Need as NeedKind
from evenhand.policy.staff import Role
from evenhand.policy.terms import Terms
from tests.people.register.conftest import DAY, NOW, ROWS, wrong

Import = Callable[..., RegisterImport]
Write = Callable[..., Path]
LATER = date(2026, 12, 1)
FEWER = {
    "homes": ROWS["homes"][:1],
    "people": ROWS["people"][:2],
    "tenancies": ROWS["tenancies"][:1],
    "tenancy_people": ROWS["tenancy_people"][:2],
}


def test_everything_of_a_register_is_there(write: Write, bring_in: Import) -> None:
    record = bring_in(write())
    assert (record.state, wrong(record), record.percent) == ("done", [], 100)
    tenant = Person.objects.get(ref="P1")
    assert (tenant.source, tenant.formal_name, tenant.language) == ("housing", "Ms Małgorzata Wójcik", "pl")
    assert tenant.search_name == "malgorzata wojcik"
    link = tenant.tenancy_links.get()
    assert (link.role, link.tenancy.ref, link.tenancy.home.address) == ("tenant", "T1", "3 Ferry Row, Ashmere, ZH1 4JQ")
    assert link.tenancy.home.search_postcode == "zh14jq"


def test_a_trial_run_says_what_it_would_do_and_changes_nothing(write: Write, bring_in: Import) -> None:
    record = bring_in(write(), dry_run=True)
    assert record.counts["people.csv"]["added"] == 3
    assert "trial" in record.message
    assert not Person.objects.exists() and not Home.objects.exists() and not Need.objects.exists()


def test_two_housing_systems_with_the_same_references_do_not_collide(write: Write, bring_in: Import) -> None:
    bring_in(write(), source="north")
    bring_in(write(people=["P1,,Kofi,Asante,,,,en,"], tenancy_people=["T1,P1,tenant"]), source="south")
    assert {person.surname for person in Person.objects.filter(ref="P1")} == {"Wójcik", "Asante"}
    south = TenancyPerson.objects.get(person__surname="Asante")
    assert south.tenancy.source == south.tenancy.home.source == "south"


def test_a_reference_to_another_system_is_a_reference_to_nothing(write: Write, bring_in: Import) -> None:
    bring_in(write(), source="north")
    record = bring_in(write(homes=ROWS["homes"][:1], tenancies=["T8,H2,assured,2020-01-01,"]), source="south")
    assert ("tenancies.csv", 2, "home_ref") in wrong(record)


def test_a_reference_to_an_earlier_import_of_the_same_system_holds(write: Write, bring_in: Import) -> None:
    bring_in(write())
    newer = {
        "homes": ["H3,,5 Ferry Row,Ashmere,ZH1 4JQ,Flat"],
        "people": ["P4,,Kofi,Asante,,,,en,"],
        "tenancies": ["T3,H1,assured,2021-01-01,"],
        "tenancy_people": ["T2,P4,joint_tenant"],
    }
    record = bring_in(write(**newer))
    assert wrong(record) == []
    assert TenancyPerson.objects.filter(tenancy__ref="T2").count() == 2


def test_a_changed_row_changes_the_record_and_only_that(write: Write, bring_in: Import) -> None:
    first = bring_in(write())
    moved = ROWS["people"][1].replace("O'Brien,,,", "O'Brien,,0113 496 0002,")
    record = bring_in(write(people=[ROWS["people"][0], moved, ROWS["people"][2]]))
    assert record.counts["people.csv"] == {"read": 3, "not loaded": 0, "added": 0, "changed": 1, "unchanged": 2}
    assert Person.objects.get(ref="P2").phones == ["+441134960002"]
    assert Person.objects.get(ref="P2").last_changed_in == record
    assert Person.objects.get(ref="P1").last_changed_in == first


def test_a_former_name_finds_a_person_and_is_not_shown(write: Write, bring_in: Import) -> None:
    bring_in(write())
    renamed = [ROWS["people"][0].replace("Wójcik", "Asante"), *ROWS["people"][1:]]
    for _ in range(2):
        bring_in(write(people=renamed))
    someone = Person.objects.get(ref="P1")
    assert someone.former_names == ["Małgorzata Wójcik"]
    assert "wojcik" in someone.search_name and "asante" in someone.search_name
    assert "Wójcik" not in someone.name + someone.formal_name


def test_what_colleagues_recorded_of_a_person_survives_an_import(write: Write, bring_in: Import) -> None:
    bring_in(write())
    Person.objects.filter(ref="P1").update(
        unsafe_channels=["letter"], unsafe_note="Post is opened", letter_format="braille", died_on=DAY
    )
    bring_in(write(people=[ROWS["people"][0].replace("pl", "en"), *ROWS["people"][1:]]))
    someone = Person.objects.get(ref="P1")
    assert (someone.unsafe_channels, someone.letter_format, someone.died_on) == (["letter"], "braille", DAY)


def test_needs_come_and_go_with_the_register_but_not_those_colleagues_recorded(write: Write, bring_in: Import) -> None:
    bring_in(write())
    someone = Person.objects.get(ref="P1")
    Need.objects.create(person=someone, kind=NeedKind.LARGE_PRINT, detail="Told us", recorded_on=DAY)
    changed = ROWS["people"][0].replace("large_print", "bsl; phone_not_writing")
    record = bring_in(write(people=[changed, *ROWS["people"][1:]]), day=LATER)
    assert record.counts["needs"] == {"begun": 2, "ended": 1}
    holding = {(need.kind, need.source) for need in someone.needs.filter(ended_on=None)}
    assert holding == {
        (NeedKind.LARGE_PRINT, ""),
        (NeedKind.BSL, "housing"),
        (NeedKind.FINDS_WRITING_HARD, "housing"),
    }
    assert someone.needs.get(kind=NeedKind.LARGE_PRINT, source="housing").ended_on == LATER


def test_a_need_we_do_not_know_ends_none_of_those_we_do(write: Write, bring_in: Import) -> None:
    bring_in(write())
    bring_in(write(people=[ROWS["people"][0].replace("large_print", "telepathy"), *ROWS["people"][1:]]))
    assert Person.objects.get(ref="P1").needs.get().ended_on is None


def test_whoever_is_missing_from_a_part_of_the_register_stays(write: Write, bring_in: Import) -> None:
    bring_in(write())
    bring_in(write(**FEWER))
    assert not Person.objects.exclude(left_on=None).exists()
    assert not TenancyPerson.objects.exclude(ended_on=None).exists()


def test_many_leaving_at_once_waits_for_an_administrator_and_loads_nothing(
    write: Write, bring_in: Import, works_here: Callable[..., User]
) -> None:
    bring_in(write())
    newer = [FEWER["people"][0].replace("pl", "en"), FEWER["people"][1]]
    record = bring_in(write(**{**FEWER, "people": newer}), complete=True)
    assert record.state == "waiting for confirmation"
    assert "1 of 3 people" in record.message and "1 of 2 homes" in record.message
    assert Person.objects.get(ref="P1").language == "pl"
    with pytest.raises(NotDone, match="administrator"):
        importing.confirm(record, works_here(Role.DIRECTOR), NOW)
    confirmed = importing.confirm(record, works_here(Role.ADMINISTRATOR), NOW)
    assert importing.run(confirmed.pk, day=DAY, clock=lambda: NOW).state == "done"
    with pytest.raises(NotDone, match="not waiting"):
        importing.confirm(RegisterImport.objects.get(pk=confirmed.pk), works_here(Role.ADMINISTRATOR), NOW)
    assert Person.objects.get(ref="P3").left_on == DAY


def test_who_left_is_end_dated_not_lost_and_who_returns_is_back(write: Write, bring_in: Import) -> None:
    bring_in(write())
    record = bring_in(write(**FEWER), complete=True, confirm_ending=True)
    assert [record.counts[f"{name}.csv"]["ended"] for name in FEWER] == [1, 1, 1, 1]
    assert Person.objects.get(ref="P3").left_on == DAY
    assert TenancyPerson.objects.get(person__ref="P3").ended_on == DAY
    assert Tenancy.objects.get(ref="T2").ended_on == DAY
    assert Home.objects.get(ref="H2").left_on == DAY
    assert bring_in(write(**FEWER), complete=True).counts["people.csv"]["ended"] == 0
    bring_in(write(), day=LATER)
    assert Person.objects.get(ref="P3").left_on is None
    assert TenancyPerson.objects.get(person__ref="P3").ended_on is None
    assert Tenancy.objects.get(ref="T2").ended_on is None
    assert Home.objects.get(ref="H2").left_on is None


def hundred(number: int) -> list[str]:
    return [f"P{n},,Kofi,Asante,,,,en," for n in range(1, number + 1)]


def test_two_in_a_hundred_may_leave_without_asking_and_three_may_not(write: Write, bring_in: Import) -> None:
    links = ["T1,P1,tenant"]
    bring_in(write(people=hundred(100), tenancy_people=links))
    assert bring_in(write(people=hundred(98), tenancy_people=links), complete=True).state == "done"
    assert Person.objects.exclude(left_on=None).count() == 2
    assert bring_in(write(people=hundred(96), tenancy_people=links), complete=True).state == "waiting for confirmation"


def test_a_row_refused_for_another_reason_does_not_make_anyone_absent(write: Write, bring_in: Import) -> None:
    bring_in(write())
    ends_early = ["T1,H1,assured,2020-01-01,", "T2,H2,secure,2019-01-01,2018-01-01"]
    assert bring_in(write(tenancies=ends_early), complete=True).state == "done"
    assert Tenancy.objects.get(ref="T2").ended_on is None


def test_a_row_of_nobody_knows_whom_makes_any_leaving_wait(write: Write, bring_in: Import) -> None:
    links = ["T1,P1,tenant"]
    bring_in(write(people=hundred(100), tenancy_people=links))
    unknown = [*hundred(99), ",,Kofi,Asante,,,,en,"]
    record = bring_in(write(people=unknown, tenancy_people=links), complete=True)
    assert record.state == "waiting for confirmation" and "1 row cannot be matched" in record.message


def test_other_systems_and_people_made_at_triage_never_leave_by_an_import(write: Write, bring_in: Import) -> None:
    bring_in(write(), source="north")
    visitor = local_person.make(forename="Leroy")
    bring_in(write(), source="south")
    assert bring_in(write(**FEWER), source="south", complete=True, confirm_ending=True).state == "done"
    visitor.refresh_from_db()
    assert visitor.left_on is None
    assert not Person.objects.filter(source="north").exclude(left_on=None).exists()


def test_progress_is_told_as_it_goes_and_kept_for_the_page(write: Write, db: None) -> None:
    told: list[Progress] = []
    record = importing.begin(write(), "housing", NOW)
    record = importing.run(record.pk, day=DAY, clock=lambda: NOW, progress=told.append)
    assert [(step.file, step.rows) for step in told] == [
        ("homes.csv", 2),
        ("people.csv", 3),
        ("tenancies.csv", 2),
        ("tenancy_people.csv", 3),
    ]
    assert told[-1].bytes_done == told[-1].bytes_total == record.bytes_total > 0


def test_a_second_import_waits_its_turn(write: Write, bring_in: Import) -> None:
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            assert "Another import is running" in bring_in(write()).message
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        assert bring_in(write()).state == "done"
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_others_see_how_far_an_import_is_while_it_runs(write: Write) -> None:
    seen: list[tuple[str, bool]] = []
    record = importing.begin(write(), "housing", NOW)
    other = connections.create_connection("default")

    def look(_: Progress) -> None:
        with other.cursor() as cursor:
            cursor.execute("SELECT state, bytes_done > 0 FROM people_registerimport WHERE id = %s", [record.pk])
            seen.append(cursor.fetchone())

    try:
        importing.run(record.pk, day=DAY, clock=lambda: NOW, progress=look)
    finally:
        other.close()
    assert seen == [("reading the files", True)] * 4


def test_a_worker_runs_what_a_page_wrote_down(write: Write, db: None) -> None:
    record = importing.begin(write(), "housing", NOW)
    tasks.import_register(record.pk)
    record.refresh_from_db()
    assert record.state == "done" and record.ended_at is not None


@pytest.mark.django_db(transaction=True)
def test_an_import_that_breaks_off_says_so_and_leaves_nothing(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("the power failed")

    monkeypatch.setattr("evenhand.people.register.loading.tenancy_people", breaks)
    record = importing.begin(write(), "housing", NOW)
    with pytest.raises(RuntimeError):
        importing.run(record.pk, day=DAY, clock=lambda: NOW)
    record.refresh_from_db()
    assert record.state == "failed" and not Person.objects.exists()
    monkeypatch.undo()
    assert importing.run(importing.begin(write(), "housing", NOW).pk, day=DAY, clock=lambda: NOW).state == "done"


def test_an_import_of_the_files_is_whole_and_one_of_a_few_rows_is_not(write: Write, bring_in: Import) -> None:
    assert bring_in(write()).whole
    nothing = {"homes": [], "tenancies": [], "tenancy_people": []}
    assert not bring_in(write(people=["P1,Ms,Małgorzata,Wójcik,,,,pl,"], **nothing)).whole
    assert not bring_in(write(people=[",Ms,Nobody,Knows,,,,,"], **nothing), source="other").whole
    assert not bring_in(write(people=[], **nothing)).whole


def test_files_that_were_declared_complete_are_whole_however_many_left(write: Write, bring_in: Import) -> None:
    bring_in(write())
    one = {"people": ["P1,Ms,Małgorzata,Wójcik,,,,pl,"], "tenancy_people": ["T1,P1,tenant"]}
    assert bring_in(write(**one), complete=True, confirm_ending=True).whole


def test_a_trial_makes_no_register_newer(write: Write, bring_in: Import) -> None:
    bring_in(write(), dry_run=True)
    bring_in(write())
    RegisterImport.objects.filter(dry_run=False).update(ended_at=NOW - timedelta(days=60))
    bring_in(write(), dry_run=True)
    assert freshness.stale_since(DAY, Terms()) is not None
