"""Forgotten passwords: a link for colleagues alone, once, for three days, that leads nowhere else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from evenhand.people.models import User
from tests.security.front_door import ANOTHER, PASSWORD, RESET, chooses, is_in, link_in, signs_in
from tests.web.asking import words

pytestmark = pytest.mark.django_db


def test_asking_for_a_link_tells_nobody_whether_there_is_such_a_colleague(sam: User) -> None:
    answers = []
    for who in (sam.email, "nobody@example.org"):
        asked = Client().post(RESET, {"email": who}, follow=True)
        answers.append((asked.status_code, asked.redirect_chain, asked.content))
    assert answers[0] == answers[1]
    assert [each.to for each in mail.outbox] == [[sam.email]], "Strangers are sent nothing."


def test_a_link_works_once(sam: User) -> None:
    Client().post(RESET, {"email": sam.email})
    link = link_in(mail.outbox[-1].body)
    assert chooses(Client(), link, ANOTHER).status_code == 302
    sam.refresh_from_db()
    assert sam.check_password(ANOTHER)
    chooses(Client(), link, "somebody-elses-words-here")
    sam.refresh_from_db()
    assert sam.check_password(ANOTHER)


def test_a_link_that_is_too_old_is_said_to_be_and_changes_nothing(sam: User, monkeypatch: pytest.MonkeyPatch) -> None:
    Client().post(RESET, {"email": sam.email})
    link = link_in(mail.outbox[-1].body)
    much_later = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=3, minutes=1)
    monkeypatch.setattr("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda self: much_later)
    assert "This link no longer works" in words(Client().get(link, follow=True))
    chooses(Client(), link, ANOTHER)
    sam.refresh_from_db()
    assert sam.check_password(PASSWORD)


def test_choosing_a_password_by_a_link_signs_out_whoever_was_in(sam: User) -> None:
    thief = Client()
    signs_in(thief, sam.email)
    Client().post(RESET, {"email": sam.email})
    chooses(Client(), link_in(mail.outbox[-1].body), ANOTHER)
    assert not is_in(thief)


@pytest.mark.parametrize("password", ["password1234", "short", "sam@example.org", "123456789012", " " * 14])
def test_a_password_that_everyone_tries_first_is_not_taken(password: str, sam: User) -> None:
    Client().post(RESET, {"email": sam.email})
    chooses(Client(), link_in(mail.outbox[-1].body), password)
    sam.refresh_from_db()
    assert sam.check_password(PASSWORD)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:8000@evil.example", "a b"])
def test_a_link_never_leads_to_a_host_that_a_visitor_named(host: str, sam: User, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    browser = Client(raise_request_exception=False)
    for header in ({"HTTP_HOST": host}, {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_HOST": host}):
        browser.post(RESET, {"email": sam.email}, **header)
    assert all("evil" not in str(each.body) for each in mail.outbox)
    assert browser.get("/check", HTTP_HOST=host).status_code == 400


def test_nobody_signs_up_by_themselves(db: None) -> None:
    told = {"email": "me@elsewhere.example", "username": "me", "password1": PASSWORD, "password2": PASSWORD}
    for page in ("/accounts/signup/", "/accounts/3rdparty/signup/"):
        Client().post(page, told)
    assert not User.objects.filter(email="me@elsewhere.example").exists()
