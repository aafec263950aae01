"""The demonstration's way in: there for its own machine, and nowhere else."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.people import colleague
from evenhand.people.models import Provenance, User
from tests.web.stories import START, Cast

pytestmark = pytest.mark.django_db
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"}
AT = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def demonstration(cast: Cast, settings: object) -> Cast:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    Provenance.objects.create(kind="demo", at=AT)
    return cast


def test_one_click_signs_in_as_a_colleague(demonstration: Cast) -> None:
    browser = Client(**HERE)
    page = browser.get(reverse("welcome"))
    assert "Sign in as Priya Nair" in page.content.decode()
    answer = browser.post(reverse("welcome"), {"colleague": demonstration.manager.pk})
    assert answer.status_code == 302 and answer["Location"] == "/"
    assert browser.session["_auth_user_id"] == str(demonstration.manager.pk)


def test_each_kind_of_colleague_is_offered_and_told_what_they_do(demonstration: Cast) -> None:
    page = Client(**HERE).get(reverse("welcome")).content.decode()
    for user in demonstration.everyone:
        assert f"Sign in as {user.name}" in page
    assert "Hears appeals" in page


def test_someone_who_left_is_not_offered_and_cannot_be_chosen(demonstration: Cast) -> None:
    colleague.leave(demonstration.duty, START, None, today=START)
    browser = Client(**HERE)
    assert demonstration.duty.name not in browser.get(reverse("welcome")).content.decode()
    assert browser.post(reverse("welcome"), {"colleague": demonstration.duty.pk}).status_code == 404
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("chosen", ["", "x", "-1", "99999999", "9" * 30, "1 OR 1=1"])
def test_nobody_is_signed_in_as_nobody(demonstration: Cast, chosen: str) -> None:
    browser = Client(**HERE)
    assert browser.post(reverse("welcome"), {"colleague": chosen}).status_code == 404
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize(
    "there",
    [
        {"REMOTE_ADDR": "192.168.1.20"},
        {"REMOTE_ADDR": "2001:db8::1"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "evenhand.example.org"},
        {"HTTP_HOST": "127.0.0.1.example.org"},
        {"HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"HTTP_FORWARDED": "for=203.0.113.9"},
    ],
)
def test_nobody_elsewhere_finds_the_way_in(demonstration: Cast, there: dict[str, str]) -> None:
    browser = Client(**{**HERE, **there})
    assert browser.get(reverse("welcome")).status_code == 404
    assert browser.post(reverse("welcome"), {"colleague": demonstration.manager.pk}).status_code == 404
    assert reverse("welcome") not in browser.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize("here", [{"REMOTE_ADDR": "::1"}, {"HTTP_HOST": "[::1]:8000"}, {"HTTP_HOST": "127.0.0.1"}])
def test_this_machine_has_several_names(demonstration: Cast, here: dict[str, str]) -> None:
    assert Client(**{**HERE, **here}).get(reverse("welcome")).status_code == 200


@pytest.mark.parametrize("kind", ["real", None])
def test_there_is_no_way_in_in_earnest(cast: Cast, kind: str | None) -> None:
    if kind:
        Provenance.objects.create(kind=kind, at=AT)
    browser = Client(**HERE)
    assert browser.get(reverse("welcome")).status_code == 404
    assert browser.post(reverse("welcome"), {"colleague": cast.manager.pk}).status_code == 404


def test_another_site_cannot_sign_a_visitor_in(demonstration: Cast) -> None:
    browser = Client(enforce_csrf_checks=True, **HERE)
    assert browser.post(reverse("welcome"), {"colleague": demonstration.manager.pk}).status_code == 403


def test_the_sign_in_page_leads_there(demonstration: Cast) -> None:
    assert reverse("welcome") in Client(**HERE).get(reverse("account_login")).content.decode()


def test_choosing_someone_else_leaves_nothing_of_the_one_before(demonstration: Cast) -> None:
    browser = Client(**HERE)
    browser.post(reverse("welcome"), {"colleague": demonstration.manager.pk})
    before = browser.session.session_key
    browser.post(reverse("welcome"), {"colleague": demonstration.colleague.pk})
    assert browser.session["_auth_user_id"] == str(demonstration.colleague.pk)
    assert browser.session.session_key != before
    assert User.objects.filter(is_active=True).count() == len(demonstration.everyone)


def test_a_list_of_visits_to_try_is_downloaded_in_a_demonstration_alone(demonstration: Cast) -> None:
    given = Client(**HERE).get(reverse("welcome.visits"))
    assert given["Content-Type"].startswith("text/csv")
    assert given.content.decode().startswith("Job,UPRN,")
    Provenance.objects.all().delete()
    assert Client(**HERE).get(reverse("welcome.visits")).status_code == 404
