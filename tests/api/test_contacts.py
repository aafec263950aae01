"""Contacts as another system writes them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from evenhand.cases import outside
from evenhand.contacts.models import Contact, Matter, ToRead
from evenhand.doors.clock import now
from evenhand.people.models import Person
from evenhand.policy.events.expectation import Plan
from evenhand.policy.need import Channel
from evenhand.sharing.models import Disclosure
from evenhand.sharing.models.key import KeyPerson, Scope
from tests.api.calling import Keyring, System, problem
from tests.web.stories import START as BEGUN
from tests.web.stories import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def telephones(keys: Keyring, tenant: Person) -> System:
    return keys.system(Scope.CONTACTS_WRITE)


def call(**said: Any) -> dict[str, Any]:
    return {"contact_ref": "C1", "at": "2026-12-02T09:41:00Z", "person_ref": "P1", "channel": "phone",
            "direction": "in", **said}  # fmt: skip


def send(system: System, *contacts: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"source": "telephones", "register_source": "housing", "contacts": list(contacts), **more}
    answer = system.post("contacts", body)
    assert answer.status_code == 200, answer.content
    told: dict[str, Any] = answer.json()
    return told


def test_a_contact_is_in_the_log(telephones: System, tenant: Person) -> None:
    assert send(telephones, call(minutes=12, specific=True))["contacts"]["added"] == 1
    kept = Contact.objects.get()
    assert (kept.person, kept.channel, kept.minutes, kept.specific) == (tenant, "phone", 12, True)
    assert kept.asked_for_senior is None


def test_contacts_come_late_and_out_of_order(telephones: System) -> None:
    told = send(telephones, call(contact_ref="C3"), call(contact_ref="C2", at="2026-02-28T23:59:59+02:00"))
    assert told["contacts"]["added"] == 2 and told["wrong"] == []


def test_a_corrected_contact_replaces_the_old(telephones: System) -> None:
    send(telephones, call())
    assert send(telephones, call(direction="out"))["contacts"]["changed"] == 1
    assert Contact.objects.get().direction == "out"
    assert send(telephones, call(direction="out"))["contacts"]["unchanged"] == 1


def test_nobody_is_given_a_contact_for_a_number_alone(telephones: System) -> None:
    told = send(telephones, call(person_ref="", telephone="07700 900123"))
    assert told["contacts"]["waiting"] == 1
    assert Contact.objects.get().person is None


def test_a_matter_comes_with_its_contact(telephones: System) -> None:
    matter = {"matter_ref": "R1", "person_ref": "P1", "kind": "repair", "opened_on": "2026-11-01"}
    told = send(telephones, call(matter_ref="R1"), matters=[matter])
    assert told["matters"]["added"] == 1 and told["wrong"] == []
    assert Contact.objects.get().matter == Matter.objects.get()


def test_a_wrong_row_is_told_and_the_others_are_taken_in(telephones: System) -> None:
    told = send(telephones, call(), call(contact_ref="C2", at="soon"), call(contact_ref="C3", channel="pigeon"))
    assert told["contacts"]["added"] == 2 and told["contacts"]["not_loaded"] == 1
    assert [(wrong["row"], wrong["column"], wrong["loaded"]) for wrong in told["wrong"]] == [
        (2, "at", False),
        (3, "channel", True),
    ]


@pytest.mark.parametrize("source", ["by hand", "By hand ", "local", "  "])
def test_no_system_writes_in_evenhand_s_own_name(telephones: System, source: str) -> None:
    problem(telephones.post("contacts", {"source": source, "contacts": [call()]}), "invalid")
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "said",
    [{"minutes": -1}, {"minutes": 1.5}, {"specific": "Y"}, {"contact_ref": ""}, {"name": "a\0b"}, {"notes": "x"}],
)
def test_what_is_no_contact_is_refused_with_its_place(telephones: System, said: dict[str, Any]) -> None:
    told = problem(telephones.post("contacts", {"source": "t", "contacts": [call(**said)]}), "invalid")
    assert told["errors"][0]["pointer"] == f"/contacts/0/{next(iter(said))}"


def test_names_in_any_script(telephones: System) -> None:
    told = send(telephones, call(name="王小明 🏠", team="Équipe"))
    assert told["contacts"]["added"] == 1 and told["wrong"] == []


def test_a_write_repeated_is_done_once(telephones: System) -> None:
    body = {"source": "telephones", "register_source": "housing", "contacts": [call()]}
    first = telephones.post("contacts", body, once="1")
    assert telephones.post("contacts", body, once="1").content == first.content
    assert first.json()["contacts"]["added"] == 1
    problem(telephones.post("contacts", body | {"contacts": [call(minutes=1)]}, once="1"), "idempotency_key_reused")


def test_a_contact_of_nobody_we_know_says_whom_it_named(telephones: System) -> None:
    (wrong,) = send(telephones, call(person_ref="P9"))["wrong"]
    assert wrong["reason"] == "No person has the reference P9. The contact waits to be matched."
    assert wrong["loaded"] is True


# Outside the limits -------------------------------------------------------------------------------------------------


@pytest.fixture
def limited(story: Story, clock: Callable[..., datetime]) -> Story:
    """Since two weeks ago the tenant is to contact us by letter only."""
    story.limit(Plan(channels=frozenset({Channel.LETTER}))).approve("T1").approve("T2")
    clock(BEGUN + timedelta(days=14))
    return story


def ring(ref: str = "C1", **said: Any) -> dict[str, Any]:
    return call(contact_ref=ref, at=f"{BEGUN + timedelta(days=14)}T09:00:00Z", **said)


def test_a_contact_outside_the_limits_is_taken_in_and_the_caller_told_which(keys: Keyring, limited: Story) -> None:
    system = keys.system(Scope.CONTACTS_WRITE, Scope.CHECK)
    told = send(system, ring(channel="letter"), ring("C2"), ring("C3", exempt_kind="hazard"))
    assert told["contacts"]["added"] == 3
    assert told["outside"] == [{"row": 2, "contact_ref": "C2", "code": "outside"}]
    assert ToRead.objects.get().contact == Contact.objects.get(ref="C2").id
    kept = Disclosure.objects.get()
    assert (kept.case, kept.control, kept.to_id) == (limited.reference, "L1", f"key:{system.key.pk}")
    assert send(system, ring("C2"))["outside"] == []


def test_who_may_not_check_people_is_not_told_of_a_limit_and_it_is_judged_all_the_same(
    keys: Keyring, limited: Story
) -> None:
    assert send(keys.system(Scope.CONTACTS_WRITE), ring())["outside"] is None
    assert not Disclosure.objects.exists()
    outside.judge(now())
    assert ToRead.objects.exists()


def test_a_key_that_asked_about_too_many_people_writes_on_and_is_told_nothing(keys: Keyring, limited: Story) -> None:
    system = keys.system(Scope.CONTACTS_WRITE, Scope.CHECK, people_a_day=1)
    KeyPerson.objects.create(key_id=system.key.pk, day=now().day, person_id=99_999)
    told = send(system, ring())
    assert told["contacts"]["added"] == 1 and told["outside"] is None
    assert ToRead.objects.exists() and not Disclosure.objects.exists()


def test_who_sends_a_contact_is_not_told_of_a_limit_that_is_over_since(keys: Keyring, limited: Story) -> None:
    limited.later(14).act("expectation.lift", limited.cast.manager, "L1", reasons="Nothing happened for a month.")
    assert send(keys.system(Scope.CONTACTS_WRITE, Scope.CHECK), ring())["outside"] == []
    assert ToRead.objects.exists() and not Disclosure.objects.exists()
