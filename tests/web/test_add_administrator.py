"""The first administrator comes from the command line; the others from a page."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from evenhand import making_ready, serving
from evenhand.children import CannotServe
from evenhand.database import prepared
from evenhand.people.models import Change, User
from evenhand.policy.staff import Role
from tests.web.stories import Cast

pytestmark = pytest.mark.django_db


def add(email: str = "ada@example.org") -> str:
    said = StringIO()
    call_command("add_administrator", email, "Ada", "Byrne", stdout=said)
    return said.getvalue()


def link_in(words: str) -> str:
    found = re.search(r"https?://[^/]+(/accounts/\S+)", words)
    assert found is not None
    return found[1]


def test_the_first_administrator_chooses_a_password_and_comes_in() -> None:
    form = Client().get(link_in(add()), follow=True)
    browser = Client()
    there = browser.get(link_in(add()), follow=True).redirect_chain[-1][0]
    assert "password1" in form.content.decode(), "asked again before it was used, there is a new link"
    browser.post(there, {"password1": "three unlikely words", "password2": "three unlikely words"})
    user = User.objects.get()
    assert user.actor.has(Role.ADMINISTRATOR) and user.check_password("three unlikely words")
    assert Change.objects.get().words == "Added as an administrator, from the command line."
    signed_in = Client()
    signed_in.post("/accounts/login/", {"login": "ada@example.org", "password": "three unlikely words"})
    assert signed_in.get("/administration/").status_code == 200


def test_nobody_with_a_password_is_given_a_link_from_the_command_line(cast: Cast) -> None:
    cast.administrator.set_password("a password of their own")
    cast.administrator.save()
    with pytest.raises(CommandError, match="already belongs to a colleague"):
        add(cast.administrator.email)
    with pytest.raises(CommandError, match="already belongs to a colleague"):
        add(cast.manager.email)


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(CommandError, match="is not an email address"):
        add("ada")


def test_nothing_is_served_under_terms_out_of_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "asked", lambda *asked: iter(['{"marker_review_months": 7}']))
    with pytest.raises(CannotServe, match="must be from 1 to 6, not 7"):
        making_ready.refuse_bad_terms({})
    monkeypatch.setattr(prepared, "asked", lambda *asked: iter(['{"marker_review_months": 5}']))
    making_ready.refuse_bad_terms({})


def test_the_demonstration_names_the_page_that_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENHAND_URL", "http://localhost:8123")
    assert "http://localhost:8123/welcome/ " in serving.welcome("demo")
    assert "http://localhost:8123 " in serving.welcome("serve")
