"""One question by machine: may I visit, may I ring, what must I know?"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError

from evenhand.api import check
from evenhand.people.models import Home, Look, Person, RegisterImport, Tenancy, TenancyPerson
from evenhand.people.text import name_to_search
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.need import Need
from evenhand.sharing.models import Disclosure
from evenhand.sharing.models.key import Scope
from tests.api.calling import Keyring, System, problem
from tests.web.stories import START, Story

pytestmark = pytest.mark.django_db
WEEK_LATER = START + timedelta(days=7)


@pytest.fixture(autouse=True)
def week_later(clock: Callable[..., datetime], landlord: object) -> None:
    """A week after the stories began."""
    clock(WEEK_LATER)


@pytest.fixture
def telephones(keys: Keyring) -> System:
    return keys.system(Scope.CHECK)


@pytest.fixture
def contractor(keys: Keyring) -> System:
    return keys.contractor()


def ask(system: System, **question: Any) -> dict[str, Any]:
    answer = system.post("check", question)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def neighbour(home: Home, forename: str = "Al", surname: str = "Bell", **known: Any) -> Person:
    """Someone who lives at the same home."""
    person = Person.objects.create(
        source="housing",
        ref=f"P{Person.objects.count() + 1}",
        forename=forename,
        surname=surname,
        search_name=name_to_search(forename, surname),
        **known,
    )
    TenancyPerson.objects.create(tenancy=Tenancy.objects.get(home=home), person=person, role="household_member")
    return person


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
    assert (marker["of"], marker["ukhds"], marker["high"]) == ("them", "RISK2.05", True)
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
        source="housing", folder="x", state="done", started_at=datetime(2025, 1, 1, tzinfo=UTC),
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


# Need to know -------------------------------------------------------------------------------------------------------


def test_a_contractor_is_told_what_to_do_and_the_kind_of_risk(contractor: System, story: Story) -> None:
    story.mark()
    told = ask(contractor, telephone="07700 900123")
    assert told["lead"].startswith("Visit in pairs.")
    assert [marker["risk"] for marker in told["markers"]] == ["threats or verbal abuse"]
    assert "0113 496 0001" in json.dumps(told)


def test_a_contractor_is_told_nothing_else(contractor: System, story: Story, tenant: Person) -> None:
    tenant.needs.create(kind=Need.INTERPRETER, recorded_on=START)
    story.mark()
    told = ask(contractor, telephone="07700 900123")
    said = json.dumps(told, ensure_ascii=False)
    for hidden in ("Bell", "Jo ", "P1", "nterpreter", "2026", "shout", "Nair", "Ferry"):
        assert hidden not in said.replace(told["valid_until"], ""), hidden
    assert told["about"] is None and told["limits"] is None and told["single_contacts"] is None
    assert told["markers"][0]["review_on"] is None and told["markers"][0]["under_appeal"] is None


def test_a_marker_for_colleagues_alone_binds_a_contractor_and_keeps_its_kind(contractor: System, story: Story) -> None:
    story.mark(audience=Audience.COLLEAGUES, risk=Risk.WEAPON)
    told = ask(contractor, telephone="07700 900123")
    assert told["lead"].startswith("Visit in pairs.")
    assert told["markers"] == []
    assert told["to_acknowledge"] == [f"{story.reference}.M1"]
    assert "weapon" not in json.dumps(told)


def test_what_ended_is_gone(telephones: System, story: Story) -> None:
    story.mark()
    story.act("marker.remove", story.cast.manager, "M1", reasons="It was somebody else.")
    told = ask(telephones, telephone="07700 900123")
    assert (told["code"], told["markers"]) == ("nothing_held", [])


# Nobody can be listed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({}, "nothing_asked"),
        ({"q": "   "}, "nothing_asked"),
        ({"purpose": "curious"}, "nothing_asked"),
        ({"name": "Jo Bell"}, "second_identifier_needed"),
        ({"q": "Jo Bell"}, "second_identifier_needed"),
        ({"postcode": "ZH1 4JQ"}, "second_identifier_needed"),
        ({"q": "ZH1 4JQ"}, "second_identifier_needed"),
        ({"date_of_birth": "1980-01-01"}, "second_identifier_needed"),
        ({"name": "", "postcode": "ZH1 4JQ", "date_of_birth": "1980-01-01"}, "second_identifier_needed"),
        ({"name": "B", "postcode": "ZH1 4JQ"}, "second_identifier_needed"),
        ({"name": "B*", "postcode": "ZH1 4JQ"}, "wildcard"),
        ({"telephone": "07700%"}, "wildcard"),
        ({"person_ref": "P_"}, "wildcard"),
        ({"q": "P?"}, "wildcard"),
        ({"email": "*@example.com"}, "wildcard"),
        ({"address": "% Ferry Row", "postcode": "ZH1 4JQ"}, "wildcard"),
    ],
)
def test_a_question_that_could_list_people_is_refused(
    telephones: System, tenant: Person, question: dict[str, str], code: str
) -> None:
    problem(telephones.post("check", question), code)


def test_an_email_address_may_have_signs_that_are_no_wildcards(telephones: System, tenant: Person) -> None:
    Person.objects.filter(pk=tenant.pk).update(emails=["jo_bell@example.com"])
    assert ask(telephones, email="jo_bell@example.com")["code"] == "nothing_held"
    assert ask(telephones, email="joxbell@example.com")["code"] == "no_match"


def test_more_people_than_a_key_may_ask_about_in_a_day(
    keys: Keyring, tenant: Person, home: Home, clock: Callable[..., datetime]
) -> None:
    system = keys.system(Scope.CHECK, people_a_day=1)
    neighbour(home, phones=["+447700900555"])
    ask(system, telephone="07700 900123")
    problem(system.post("check", {"telephone": "07700 900555"}), "too_many_people")
    ask(system, telephone="07700 900123")
    problem(system.post("check", {"uprn": "100000000001"}), "too_many_people")
    clock(WEEK_LATER + timedelta(days=1))
    ask(system, telephone="07700 900555")


@pytest.mark.parametrize(
    "question",
    [{"telephone": 7}, {"telephone": None}, {"name": "Be\0ll"}, {"q": "x" * 321}, {"date_of_birth": "yesterday"},
     {"phone": "07700 900123"}, {"q": ["P1"]}, {"q": "x" * 1_000_000}],
)  # fmt: skip
def test_what_is_no_question_is_told_where(telephones: System, question: dict[str, object]) -> None:
    told = problem(telephones.post("check", question), "invalid")
    assert told["errors"][0]["pointer"] == f"/{next(iter(question))}"


def test_an_unknown_name_in_an_address_is_not_passed_over(telephones: System, tenant: Person) -> None:
    problem(telephones.get("check", telephone="07700 900123", pers="x"), "invalid")


# What is kept -------------------------------------------------------------------------------------------------------


def test_every_look_is_logged_with_who_asked_and_why(telephones: System, tenant: Person) -> None:
    ask(telephones, telephone="07700 900123", purpose="incoming call")
    look = Look.objects.get()
    assert (look.actor, look.by, look.person) == (f"key:{telephones.key.pk}", None, tenant)
    assert (look.kind, look.reference, look.purpose) == ("check", "housing:P1", "incoming call")


def test_a_question_about_nobody_is_logged_without_what_was_asked(telephones: System, tenant: Person) -> None:
    ask(telephones, telephone="07700 900999")
    look = Look.objects.get()
    assert (look.person, look.reference, look.purpose) == (None, "", "no_match")


def test_a_check_of_a_home_is_logged_as_one(telephones: System, tenant: Person) -> None:
    ask(telephones, uprn="100000000001")
    look = Look.objects.get()
    assert (look.kind, look.reference) == ("home", "housing:H1")


def test_nothing_is_answered_that_could_not_be_logged(
    telephones: System, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.mark()

    def full(*_: object, **__: object) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr("evenhand.api.looking._one", full)
    answer = telephones.post("check", {"telephone": "07700 900123"})
    problem(answer, "unavailable")
    assert not Disclosure.objects.exists()


def test_who_was_told_of_a_marker_is_on_the_ledger(contractor: System, story: Story, tenant: Person) -> None:
    story.mark()
    ask(contractor, telephone="07700 900123", purpose="boiler")
    told = Disclosure.objects.get()
    assert (told.case, told.control, told.person) == (story.reference, "M1", tenant)
    assert (told.to_kind, told.to_id, told.to_name) == ("system", f"key:{contractor.key.pk}", contractor.key.name)
    assert (told.how, told.why) == ("a check by a machine", "boiler")
