"""What a question by machine tells to whom, that nobody can be listed by it, and what is kept of it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from evenhand.people.models import Home, Look, Person
from evenhand.policy.events.marker import Audience, Risk
from evenhand.policy.need import Need
from evenhand.sharing.models import Disclosure
from evenhand.sharing.models.key import Scope
from tests.api.asking import ask, neighbour
from tests.api.calling import Keyring, System, problem
from tests.web.stories import START, Story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("week_later")]
WEEK_LATER = START + timedelta(days=7)


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
    for question in (
        {"telephone": "07700 900555"},
        {"telephone": "07700 900123"},
        {"uprn": "100000000001"},
        {"person_ref": "nobody-at-all"},
    ):
        answer = system.post("check", question)
        problem(answer, "too_many_people")
        assert 0 < int(answer["Retry-After"]) <= 24 * 3600
    last = Look.objects.latest("id")
    assert (last.actor, last.reference, last.person) == (f"key:{system.key.pk}", "", None)
    assert last.purpose == "Refused: too many people in a day" and Look.objects.count() == 5
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


def test_a_postcode_alone_is_not_told_that_a_name_was_sent(telephones: System, tenant: Person) -> None:
    told = problem(telephones.post("check", {"postcode": "ZH1 4JQ"}), "second_identifier_needed")
    assert told["detail"].startswith("A postcode or a date of birth finds nobody by itself.")
    named = problem(telephones.post("check", {"name": "Bell"}), "second_identifier_needed")
    assert named["detail"].startswith("Send a second identifier with the name")
