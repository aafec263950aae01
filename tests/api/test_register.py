"""The register as another system writes it, row by row as it changes."""

import copy
import json
import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from evenhand.api.register import SENT
from evenhand.people.models import Home, InheritedAlert, Need, Person, RegisterImport, Tenancy, TenancyPerson
from evenhand.people.register.running import LOCK
from evenhand.sharing.key_tasks import forget_counts_of_keys
from evenhand.sharing.models.key import KeptAnswer, KeyMinute, Scope
from tests.api.calling import Keyring, System, problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def housing(keys: Keyring) -> System:
    return keys.system(Scope.REGISTER_WRITE)


def person(**changed: Any) -> dict[str, Any]:
    return {"source": "housing", "people": [SENT["people"][0] | changed]}


def test_a_home_its_tenancy_and_its_tenant_come_in_together(housing: System) -> None:
    answer = housing.post("register", SENT)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["wrong"] == []
    assert all(sheet["added"] == 1 for sheet in told["sheets"].values())
    tenant = Person.objects.get(source="housing", ref="P1")
    assert (tenant.forename, tenant.phones, tenant.search_name) == ("Małgorzata", ["+447700900123"], "malgorzata bell")
    assert TenancyPerson.objects.get(person=tenant).tenancy.home == Home.objects.get(ref="H1")
    assert Need.objects.get(person=tenant).kind == "interpreter"


def test_a_changed_row_changes_its_person_and_keeps_the_former_name(housing: System) -> None:
    housing.post("register", SENT)
    told = housing.post("register", person(surname="Kowalska")).json()
    assert told["sheets"] == {"people": {"read": 1, "added": 0, "changed": 1, "unchanged": 0, "not_loaded": 0}}
    assert Person.objects.get(ref="P1").former_names == ["Małgorzata Bell"]


def test_rows_that_say_nothing_new_change_nothing(housing: System) -> None:
    housing.post("register", SENT)
    told = housing.post("register", SENT).json()
    assert all(sheet["unchanged"] == 1 for sheet in told["sheets"].values())


def test_nobody_leaves_because_a_batch_does_not_name_them(housing: System) -> None:
    housing.post("register", SENT)
    housing.post("register", person(person_ref="P2"))
    assert Person.objects.get(ref="P1").left_on is None
    assert Tenancy.objects.get(ref="T1").ended_on is None


def test_a_row_that_cannot_be_taken_in_is_told_and_the_others_are(housing: System) -> None:
    sent = copy.deepcopy(SENT)
    sent["tenancies"].append(sent["tenancies"][0] | {"tenancy_ref": "T2", "home_ref": "H9"})
    sent["people"][0]["date_of_birth"] = "31 June"
    told = housing.post("register", sent).json()
    assert [(wrong["sheet"], wrong["row"], wrong["column"], wrong["loaded"]) for wrong in told["wrong"]] == [
        ("people", 1, "date_of_birth", True),
        ("tenancies", 2, "home_ref", False),
    ]
    assert told["sheets"]["tenancies"] == {"read": 2, "added": 1, "changed": 0, "unchanged": 0, "not_loaded": 1}
    assert Person.objects.get(ref="P1").date_of_birth is None


def test_a_second_batch_is_told_its_own_mistakes_alone(housing: System) -> None:
    housing.post("register", person(date_of_birth="never"))
    assert housing.post("register", person()).json()["wrong"] == []
    assert RegisterImport.objects.count() == 1, "all of a day's batches are one import"


def test_a_row_must_say_everything_so_that_silence_empties_nothing(housing: System) -> None:
    told = problem(
        housing.post("register", {"source": "housing", "people": [{"person_ref": "P1", "surname": "Bell"}]}), "invalid"
    )
    assert {"pointer": "/people/0/phone", "detail": "This is needed, and is missing."} in told["errors"]


def test_local_people_are_not_the_register_s(housing: System) -> None:
    told = problem(housing.post("register", person() | {"source": "Local"}), "invalid")
    assert "local" in told["errors"][0]["detail"]


@pytest.mark.parametrize("name", ["王小明", "👩‍👩‍👧 Bell", "Seán Ó Briain", "x" * 1_000, "{}'\";--", "\u200bBell"])
def test_any_name_can_be_written(housing: System, name: str) -> None:
    answer = housing.post("register", person(surname=name))
    assert answer.status_code == 200
    assert Person.objects.filter(ref="P1").exists()


@pytest.mark.parametrize("name", ["Be\0ll", "x" * 1_001, "x" * 1_000_000, 7, ["Bell"], {"a": 1}, True])
def test_what_is_no_text_is_refused_with_its_place(housing: System, name: object) -> None:
    told = problem(housing.post("register", person(surname=name)), "invalid")
    assert told["errors"][0]["pointer"] == "/people/0/surname"
    assert not Person.objects.exists()


def test_more_rows_than_a_call_takes_are_refused(housing: System) -> None:
    rows = [SENT["tenancy_people"][0]] * 5_001
    told = problem(housing.post("register", {"source": "housing", "tenancy_people": rows}), "invalid")
    assert told["errors"] == [{"pointer": "/tenancy_people", "detail": told["errors"][0]["detail"]}]
    assert "Split them" in told["errors"][0]["detail"]


# Once, and once only ------------------------------------------------------------------------------------------------


def test_a_write_repeated_is_answered_the_same_and_done_once(housing: System) -> None:
    first = housing.post("register", SENT, once="monday-1")
    again = housing.post("register", SENT, once="monday-1")
    assert again.content == first.content
    assert again["Idempotent-Replayed"] == "true" and "Idempotent-Replayed" not in first
    assert KeptAnswer.objects.count() == 1


def test_another_write_under_the_same_idempotency_key_is_refused(housing: System) -> None:
    housing.post("register", SENT, once="monday-1")
    problem(housing.post("register", person(surname="Other"), once="monday-1"), "idempotency_key_reused")
    assert Person.objects.get(ref="P1").surname == "Bell"


def test_two_systems_may_use_the_same_idempotency_key(housing: System, keys: Keyring) -> None:
    housing.post("register", SENT, once="1")
    assert keys.system(Scope.REGISTER_WRITE).post("register", person(surname="Other"), once="1").status_code == 200


def test_a_write_that_was_refused_may_be_mended_under_its_key(housing: System) -> None:
    problem(housing.post("register", {"sauce": "x"}, once="monday-1"), "invalid")
    assert housing.post("register", SENT, once="monday-1").status_code == 200


@pytest.mark.parametrize("given", [{}, {"Idempotency-Key": ""}, {"Idempotency-Key": "x" * 201}])
def test_a_write_needs_an_idempotency_key(housing: System, given: dict[str, str]) -> None:
    told = problem(housing.raw("register", json.dumps(SENT).encode(), **given), "invalid")
    assert told["errors"][0]["pointer"].lower() == "header idempotency-key"
    assert not Person.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_write_sent_twice_at_once_is_done_once(housing: System) -> None:
    answers: list[int] = []

    def send() -> None:
        try:
            answer = housing.post("register", SENT, once="twice")
            answers.append(answer.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 4
    assert KeptAnswer.objects.count() == 1
    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_repeat_of_a_write_that_does_not_end_is_asked_to_wait(
    housing: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evenhand.sharing.once.WAIT", "100ms")
    begun, over = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO sharing_keptanswer (key_id, idempotency_key, digest, status, body, at)"
                " VALUES (%s, 'slow', '', 0, '', now())",
                [housing.key.pk],
            )
            begun.set()
            over.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    begun.wait(10)
    answer = housing.post("register", SENT, once="slow")
    over.set()
    thread.join()
    problem(answer, "still_running")
    assert int(answer["Retry-After"]) > 0


@pytest.mark.django_db(transaction=True)
def test_a_write_waits_until_an_import_of_the_register_is_over(housing: System) -> None:
    begun, over = threading.Event(), threading.Event()

    def bring_in() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            begun.set()
            over.wait(10)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        connection.close()

    thread = threading.Thread(target=bring_in)
    thread.start()
    begun.wait(10)
    answer = housing.post("register", SENT, once="busy")
    over.set()
    thread.join()
    problem(answer, "register_busy")
    assert housing.post("register", SENT, once="busy").status_code == 200


def test_kept_answers_and_counts_go_when_nobody_will_repeat_them(
    housing: System, clock: Callable[..., datetime]
) -> None:
    housing.post("register", SENT, once="monday-1")
    clock(date(2026, 12, 6), 9)
    forget_counts_of_keys(0)
    assert KeptAnswer.objects.count() == 1
    clock(date(2026, 12, 6), 11)
    forget_counts_of_keys(0)
    assert not KeptAnswer.objects.exists() and not KeyMinute.objects.exists()


def test_an_older_system_s_alerts_wait_for_a_person(housing: System) -> None:
    rows = {
        "source": "housing",
        "people": SENT["people"],
        "alerts": [{"person_ref": "P1", "code": "VA"}, {"person_ref": "P1", "code": "ZZ"}],
    }
    told = housing.post("register", rows).json()
    assert told["sheets"]["alerts"] == {"read": 2, "added": 1, "changed": 0, "unchanged": 0, "not_loaded": 1}
    (wrong,) = told["wrong"]
    assert (wrong["sheet"], wrong["row"], wrong["column"], wrong["loaded"]) == ("alerts", 2, "code", False)
    assert InheritedAlert.objects.get().code == "VA"
