"""Keys for other systems, on the administrators' pages."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from evenhand.doors.clock import now
from evenhand.people.models import User
from evenhand.sharing import admission, key
from evenhand.sharing.models import Key, KeySecret
from evenhand.sharing.models.key import Audience, Scope
from tests.web.asking import errors, words
from tests.web.stories import Cast

pytestmark = pytest.mark.django_db
ASKED = {
    "name": "Repairs scheduler",
    "owner": "Digital team",
    "audience": "colleague systems",
    "scopes": ["check"],
    "calls_a_minute": "600",
    "people_a_day": "2000",
}
As = Callable[[User], Client]


@pytest.fixture
def adam(as_: As, cast: Cast) -> Client:
    return as_(cast.administrator)


def make(client: Client, **changed: object) -> HttpResponse:
    assert client.get(reverse("key.make")).status_code == 200
    return client.post(reverse("key.make"), {**ASKED, **changed})


def secret_on(shown: HttpResponse) -> str:
    found = re.findall(r"eh_live_[A-Za-z0-9_-]{43}", shown.content.decode())
    assert len(found) == 1, words(shown)
    return found[0]


def test_an_administrator_makes_a_key_and_sees_its_secret_once(adam: Client) -> None:
    shown = make(adam)
    secret = secret_on(shown)
    assert shown["Cache-Control"] == "no-store"
    made = Key.objects.get()
    assert bytes(KeySecret.objects.get().digest) == key.digest_of(secret)
    for page in (reverse("keys"), reverse("key", args=[made.pk]), reverse("changes"), reverse("administration")):
        again = adam.get(page)
        assert again.status_code == 200
        assert secret not in again.content.decode()
    assert f"…{secret[-4:]}" in words(adam.get(reverse("key", args=[made.pk])))


def test_the_page_sent_again_makes_no_second_key(adam: Client) -> None:
    make(adam)
    again = adam.post(reverse("key.make"), ASKED)
    assert "already a key called Repairs scheduler" in words(again)
    assert Key.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Name the system"),
        ({"owner": ""}, "Say who answers"),
        ({"audience": ""}, "Say who uses it"),
        ({"scopes": []}, "at least one thing"),
        ({"calls_a_minute": "0"}, "from 1 to 6000"),
        ({"people_a_day": "many"}, "whole number"),
        ({"audience": "contractor", "scopes": ["check", "markers:read"]}, "may only check"),
        ({"expires_on_0": "1", "expires_on_1": "1", "expires_on_2": "2020"}, "has passed"),
    ],
)
def test_a_key_that_makes_no_sense_is_refused_beside_the_question(
    adam: Client, changed: dict[str, object], says: str
) -> None:
    assert says in errors(make(adam, **changed))
    assert not Key.objects.exists()


def test_a_secret_is_changed_without_the_other_system_standing_still(adam: Client) -> None:
    old = secret_on(make(adam))
    made = Key.objects.get()
    page = reverse("key.rotate", args=[made.pk])
    shown = adam.get(page)
    asked = {"overlap_days": "7", "newest": shown.context["form"].initial["newest"]}
    new = secret_on(adam.post(page, asked))
    assert new != old
    assert "meanwhile" in words(adam.post(page, asked)), "the page sent again makes no third"
    told = words(adam.get(reverse("key", args=[made.pk])))
    assert f"…{old[-4:]}" in told and "works until" in told and "A new secret was made" in told


def test_a_revoked_key_is_shown_as_such_and_can_no_longer_be_changed(adam: Client) -> None:
    make(adam)
    made = Key.objects.get()
    assert "Say why" in errors(adam.post(reverse("key.revoke", args=[made.pk]), {"why": ""}))
    adam.post(reverse("key.revoke", args=[made.pk]), {"why": "The contract ended."})
    told = words(adam.get(reverse("key", args=[made.pk])))
    assert "Revoked" in told and "The contract ended." in told and "What you can do" not in told
    for name in ("key.change", "key.rotate", "key.revoke"):
        assert adam.get(reverse(name, args=[made.pk])).status_code == 404


def test_what_a_key_may_ask_is_changed_and_said(adam: Client) -> None:
    make(adam)
    made = Key.objects.get()
    page = reverse("key.change", args=[made.pk])
    assert adam.get(page).context["form"].initial["people_a_day"] == 2000
    adam.post(page, {**ASKED, "people_a_day": "500"})
    assert "Different people a day: was 2000, now 500" in words(adam.get(reverse("key", args=[made.pk])))


def test_the_data_protection_officer_sees_who_asks_about_many_and_changes_nothing(as_: As, cast: Cast) -> None:
    made, secret = key.make(
        cast.administrator, now().at, name="Telephones", owner="Digital team", audience=Audience.COLLEAGUES,
        scopes=[Scope.CHECK], people_a_day=10,
    )  # fmt: skip
    caller = admission.admit(secret, now().at, now().day)
    assert caller is not None and admission.ask_about(caller, range(1, 10))
    dilys = as_(cast.protection)
    told = words(dilys.get(reverse("keys")))
    assert "9 of 10" in told and "Make a key" not in told
    assert dilys.get(reverse("key", args=[made.pk])).status_code == 200
    assert dilys.get(reverse("key.make")).status_code == 403
