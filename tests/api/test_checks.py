"""Many visits checked in one call."""

from typing import Any

import pytest

from evenhand.people.models import Home, Look, Person
from evenhand.policy.events.marker import Risk
from evenhand.sharing.models import Disclosure
from evenhand.sharing.models.key import Scope
from tests.api.calling import Keyring, System, problem
from tests.web.stories import Story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("week_later")]


@pytest.fixture
def scheduler(keys: Keyring) -> System:
    return keys.system(Scope.CHECK, people_a_day=20_000)


def ask(system: System, *visits: dict[str, Any]) -> list[dict[str, Any]]:
    answer = system.post("checks", {"visits": list(visits), "purpose": "tonight"})
    assert answer.status_code == 200, answer.content
    told: list[dict[str, Any]] = answer.json()["answers"]
    return told


def test_each_visit_is_answered_in_its_place(scheduler: System, story: Story) -> None:
    story.mark()
    told = ask(
        scheduler,
        {"id": "V1", "uprn": "100000000001"},
        {"id": "V2", "uprn": "7"},
        {"id": "V\"3", "address": "3 Ferry Row", "postcode": "ZH1 4JQ"},
        {"id": "V4", "person_ref": "P1", "at": "2026-03-12T09:00:00Z"},
    )  # fmt: skip
    assert [(one["id"], one["answer"]["code"]) for one in told] == [
        ("V1", "instruction"),
        ("V2", "no_match"),
        ('V"3', "instruction"),
        ("V4", "instruction"),
    ]
    assert told[0]["answer"]["lead"].startswith("Visit in pairs.")
    assert told[1]["trouble"] and told[1]["answer"]["markers"] is None
    assert told[3]["answer"]["markers"][0]["id"] == f"{story.reference}.M1"


def test_ten_thousand_visits_in_one_call(scheduler: System, home: Home, tenant: Person) -> None:
    told = ask(scheduler, *({"id": str(number), "uprn": "100000000001"} for number in range(10_000)))
    assert len(told) == 10_000
    assert {one["answer"]["code"] for one in told} == {"nothing_held"}
    assert Look.objects.filter(actor=f"key:{scheduler.key.pk}").count() == 1


def test_one_more_is_too_many(scheduler: System) -> None:
    body = {"visits": [{"id": str(number), "uprn": "1"} for number in range(10_001)]}
    assert problem(scheduler.post("checks", body), "invalid")["errors"][0]["pointer"] == "/visits"


def test_no_visit_is_no_question(scheduler: System) -> None:
    problem(scheduler.post("checks", {"visits": []}), "invalid")


@pytest.mark.parametrize("at", ["2026-03-01T10:00:00Z", "2026-06-01T10:00:00Z", "0001-01-01T00:00:00Z"])
def test_a_visit_too_far_away_is_told_where(scheduler: System, at: str) -> None:
    told = problem(scheduler.post("checks", {"visits": [{"id": "V1", "uprn": "1", "at": at}]}), "invalid")
    assert told["errors"][0]["pointer"] == "/visits/0/at"


def test_a_visit_without_any_key_is_about_nobody(scheduler: System, tenant: Person) -> None:
    (told,) = ask(scheduler, {"id": "V1"})
    assert told["answer"]["code"] in ("no_match", "not_known") and told["trouble"]


def test_a_contractor_sees_no_more_than_it_needs(keys: Keyring, story: Story) -> None:
    story.mark(risk=Risk.WEAPON)
    contractor = keys.contractor()
    (told,) = ask(contractor, {"id": "V1", "uprn": "100000000001"})
    said = str(told).replace(told["answer"]["valid_until"], "")
    for hidden in ("Bell", "P1", "2026", "Nair", "shout"):
        assert hidden not in said
    assert told["answer"]["markers"][0]["review_on"] is None
    assert Disclosure.objects.get().to_id == f"key:{contractor.key.pk}"


def test_more_homes_than_a_key_may_ask_about(keys: Keyring, home: Home) -> None:
    for number in range(2, 5):
        Home.objects.create(source="housing", ref=f"H{number}", uprn=str(number), address_line="x")
    small = keys.system(Scope.CHECK, people_a_day=2)
    many = {"visits": [{"id": str(number), "uprn": str(number)} for number in (2, 3, 4)]}
    problem(small.post("checks", many), "too_many_people")
    # What was refused told that there are more than two, so it uses up the day: whom there is cannot be asked for ever.
    for uprn in ("2", "4", "nowhere"):
        problem(small.post("checks", {"visits": [{"id": "V", "uprn": uprn}]}), "too_many_people")
    assert set(Look.objects.values_list("reference", flat=True)) == {""} and Look.objects.count() == 4
