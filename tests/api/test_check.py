"""One question by machine: may I visit, may I ring, what must I know?"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from evenhand.api import check
from evenhand.people import colleague, hazards
from evenhand.people.hazards import Act
from evenhand.people.models import Home, Person, RegisterImport
from evenhand.policy.events.marker import Control, Risk
from evenhand.policy.hazard import Hazard
from evenhand.policy.staff import Role
from tests.api.asking import ask, neighbour
from tests.api.calling import System, problem
from tests.web.stories import START, Story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("week_later")]
WEEK_LATER = START + timedelta(days=7)


# What is answered ---------------------------------------------------------------------------------------------------


def test_nothing_held_is_said_and_is_no_promise(telephones: System, tenant: Person) -> None:
    told = ask(telephones, telephone="07700 900123")
    assert told["code"] == "nothing_held"
    assert "not a promise of safety" in told["lead"]
    assert told["visit"]["allowed"] == "yes"
    assert told["markers"] == told["limits"] == told["single_contacts"] == []
    assert told["about"] == {"source": "housing", "person_ref": "P1"}
    assert told["exemptions"]


def test_a_marker_gives_its_instruction_and_its_codes(telephones: System, story: Story) -> None:
    story.mark(risk=Risk.WEAPON, controls=(Control.PAIRS, Control.RING_FIRST))
    told = ask(telephones, telephone="07700 900123")
    assert told["code"] == "instruction"
    assert told["lead"].startswith("Visit in pairs.")
    assert told["visit"]["allowed"] == "with_care"
    assert told["acknowledge"] is True
    (marker,) = told["markers"]
    assert marker["id"] == f"{story.reference}.M1" and told["to_acknowledge"] == [marker["id"]]
    assert (marker["of"], marker["ukhds"], marker["hact"], marker["high"]) == ("them", "RISK2.05", "1", True)
    assert marker["controls"] == ["visit in pairs", "ring before visiting"]
    assert marker["review_on"]


def test_a_limit_is_told_to_a_colleague_s_system(
    telephones: System, story: Story, clock: Callable[..., object]
) -> None:
    story.limit().approve("T1").approve("T2")
    clock(START + timedelta(days=20))
    told = ask(telephones, person_ref="P1")
    assert told["code"] == "instruction"
    assert told["within_now"] is False and told["next_within"]
    (limit,) = told["limits"]
    assert (limit["channels"], limit["times"], limit["period"], limit["weekdays"]) == (
        ["email", "letter"], 1, "week", ["Wednesday"])  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        {"telephone": "07700 900123"},
        {"telephone": "+44 (0)7700 900 123"},
        {"telephone": "0044 7700900123"},
        {"q": "07700-900-123"},
        {"email": "JO.BELL@example.com"},
        {"q": "jo.bell@example.com"},
        {"person_ref": "p1"},
        {"q": "P1"},
        {"tenancy_ref": "T1"},
        {"uprn": "100000000001"},
        {"uprn": "0100000000001"},
        {"q": "100000000001"},
        {"home_ref": "H1"},
        {"address": "3 Ferry Row", "postcode": "zh14jq"},
        {"address": "3 ferry row, Zedham, ZH1 4JQ"},
        {"q": "3 Ferry Row, Zedham ZH1 4JQ"},
        {"name": "Jo Bell", "postcode": "ZH1 4JQ"},
        {"name": "bell, jo", "postcode": "ZH14JQ"},
        {"name": "Jo Bel", "uprn": "100000000001"},
        {"name": "Jo Bell", "date_of_birth": "1980-01-01"},
        {"telephone": "07700 900123", "name": "Jo Bell", "postcode": "ZH1 4JQ", "uprn": "100000000001"},
    ],
)
def test_a_marker_is_found_by_whatever_a_system_has(telephones: System, story: Story, question: dict[str, str]) -> None:
    story.mark()
    told = ask(telephones, **question)
    assert told["code"] == "instruction", told["lead"]
    assert told["lead"].startswith("Visit in pairs.")


@pytest.mark.parametrize(
    "question",
    [
        {"telephone": "07700 900999"},
        {"telephone": "not a number"},
        {"email": "jo.bell@example.org"},
        {"email": "nonsense"},
        {"person_ref": "P9"},
        {"uprn": "999"},
        {"uprn": "none"},
        {"address": "3 Ferry Row"},
        {"name": "Someone Else", "postcode": "ZH1 4JQ"},
        {"telephone": "07700 900123", "name": "Someone Else"},
        {"telephone": "07700 900123", "person_ref": "P9"},
        {"name": "王小明", "postcode": "ZH1 4JQ"},
        {"name": "👩‍👩‍👧", "uprn": "100000000001"},
    ],
)
def test_nobody_is_never_told_as_nothing_held(telephones: System, tenant: Person, question: dict[str, str]) -> None:
    told = ask(telephones, **question)
    assert told["code"] == "no_match"
    assert told["visit"]["allowed"] == "with_care"
    assert told["markers"] is told["limits"] is told["single_contacts"] is None
    assert told["about"] is None


def test_a_shared_telephone_number_says_nothing_of_anyone(telephones: System, story: Story, home: Home) -> None:
    neighbour(home, phones=["+447700900123"])
    story.mark()
    told = ask(telephones, telephone="07700 900123")
    assert told["code"] == "several_matches"
    assert told["markers"] is None and told["to_acknowledge"] == []
    assert ask(telephones, telephone="07700 900123", name="Jo Bell")["code"] == "instruction"


def test_a_register_that_is_too_old_is_not_nothing_held(
    telephones: System, tenant: Person, clock: Callable[..., datetime]
) -> None:
    RegisterImport.objects.create(
        source="housing", folder="x", state="done", whole=True, started_at=datetime(2025, 1, 1, tzinfo=UTC),
        ended_at=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    told = ask(telephones, telephone="07700 900123")
    assert told["code"] == "register_stale"
    assert told["markers"] is None


def test_a_failure_is_a_problem_and_not_an_answer(
    telephones: System, tenant: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("terminating connection")

    monkeypatch.setattr(check.visits, "check_matched", away)
    monkeypatch.setattr(check.visits, "nothing_held", away)
    told = problem(telephones.post("check", {"telephone": "07700 900123"}), "unavailable")
    assert "do not read it as nothing held" in told["detail"]


def test_a_joined_record_answers_for_the_one_it_was_joined_to(telephones: System, story: Story, tenant: Person) -> None:
    story.mark()
    Person.objects.create(source="other", ref="X7", forename="Joanna", phones=["+447700900777"], merged_into=tenant)
    told = ask(telephones, telephone="07700 900777")
    assert (told["code"], told["about"]) == ("instruction", {"source": "housing", "person_ref": "P1"})


def test_a_get_answers_the_same_as_a_post(telephones: System, story: Story) -> None:
    story.mark()
    assert telephones.get("check", telephone="07700 900123").json() == ask(telephones, telephone="07700 900123")


def test_who_else_lives_there_binds_a_visit_and_is_not_named(telephones: System, story: Story, home: Home) -> None:
    story.mark()
    neighbour(home, "Cleo", "Dunn", phones=["+447700900555"])
    told = ask(telephones, telephone="07700 900555")
    assert told["lead"].startswith("Visit in pairs.")
    assert [marker["of"] for marker in told["markers"]] == ["someone_there"]
    assert "Bell" not in json.dumps(told)


def test_a_hazard_of_the_home_is_told_as_its_own_thing(telephones: System, contractor: System, home: Home) -> None:
    by = colleague.join("sam@example.org", "Sam", "Okafor", [Role.COLLEAGUE])
    hazards.record(home, Hazard.ANIMAL, "In the yard", Act(by, timezone.now(), timezone.localdate()))
    told = ask(telephones, uprn="100000000001")
    (found,) = told["hazards"]
    assert (found["kind"], found["detail"]) == ("a dog or another animal", "In the yard")
    assert found["words"] in told["visit"]["words"] and told["markers"] == [] and told["code"] == "instruction"
    (found,) = ask(contractor, uprn="100000000001")["hazards"]
    assert found["words"] and found["detail"] is None and found["review_on"] is None
    assert ask(telephones, uprn="7")["hazards"] is None


def test_a_hazard_of_the_home_goes_with_every_visit_to_it(telephones: System, home: Home) -> None:
    by = colleague.join("sam@example.org", "Sam", "Okafor", [Role.COLLEAGUE])
    hazards.record(home, Hazard.ASBESTOS, "", Act(by, timezone.now(), timezone.localdate()))
    answer = telephones.post("checks", {"visits": [{"id": "V1", "uprn": "100000000001"}, {"id": "V2", "uprn": "7"}]})
    first, second = (one["answer"] for one in answer.json()["answers"])
    assert [each["kind"] for each in first["hazards"]] == ["asbestos"] and "asbestos" in first["visit"]["words"].lower()
    assert second["hazards"] is None
