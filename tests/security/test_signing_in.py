"""Signing in, staying in, forgotten passwords and signing out: what somebody can try who is not the colleague."""

import re
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from evenhand.logs import described
from evenhand.people import colleague
from evenhand.people.models import Session, User
from evenhand.people.tasks import forget_sessions
from tests.security.front_door import ANOTHER, LOGIN, PASSWORD, RESET, chooses, is_in, link_in, signs_in
from tests.web.asking import words
from tests.web.stories import START, Cast

pytestmark = pytest.mark.django_db


# Sessions -----------------------------------------------------------------------------------------------------------


def test_signing_in_draws_a_new_session_so_that_one_planted_before_is_worth_nothing(sam: User) -> None:
    browser = Client()
    browser.get(f"{LOGIN}?next=/check")
    browser.session.save()
    planted = browser.session.session_key
    browser.cookies["sessionid"] = planted
    signs_in(browser, sam.email)
    assert is_in(browser) and browser.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not is_in(thief)


def test_a_session_invented_or_changed_lets_nobody_in(sam: User) -> None:
    browser = Client()
    signs_in(browser, sam.email)
    key = browser.session.session_key
    for invented in ("", "0" * 32, key[:-1], f"{key}0", key.upper(), "../" + key, "é" * 32, "'; --"):
        thief = Client()
        thief.cookies["sessionid"] = invented
        assert not is_in(thief)


def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(sam: User) -> None:
    browser = Client()
    signs_in(browser, sam.email)
    kept = Client()
    kept.cookies["sessionid"] = browser.session.session_key
    assert is_in(kept)
    out = browser.post(reverse("account_logout"))
    assert out.status_code == 302 and not is_in(kept)
    assert out["Clear-Site-Data"] == '"cache", "storage"', "Pages one looked at, or a draft, stay behind."


def test_a_link_to_sign_out_signs_nobody_out(sam: User) -> None:
    browser = Client()
    signs_in(browser, sam.email)
    browser.get(reverse("account_logout"))
    assert is_in(browser)


def test_changing_a_password_signs_out_everywhere_else(sam: User) -> None:
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        signs_in(browser, sam.email)
    told = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    assert here.post(reverse("account_change_password"), told).status_code == 302
    assert not is_in(elsewhere)
    assert not is_in(here), "Whoever chose it signs in with it."
    assert signs_in(here, sam.email, ANOTHER).status_code == 302 and is_in(here)


def test_a_colleague_is_told_when_their_password_was_changed(sam: User) -> None:
    browser = Client()
    signs_in(browser, sam.email)
    told = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    browser.post(reverse("account_change_password"), told)
    (sent,) = mail.outbox
    assert sent.to == [sam.email] and "If it was not you, tell your administrator" in str(sent.body)
    assert ANOTHER not in str(sent.message()) and PASSWORD not in str(sent.message())


def test_a_session_that_is_over_is_forgotten_with_the_words_it_kept(sam: User, clock: Callable[..., None]) -> None:
    browser = Client()
    clock(START, 8)
    signs_in(browser, sam.email)
    forget_sessions(0)
    assert Session.objects.count() == 1
    clock(START, 17)
    forget_sessions(0)
    assert not Session.objects.exists()


def test_a_password_is_not_changed_without_the_one_there_is(sam: User) -> None:
    browser = Client()
    signs_in(browser, sam.email)
    told = {"oldpassword": "a guess of somebody passing", "password1": ANOTHER, "password2": ANOTHER}
    assert "That is not the password you have now" in words(browser.post(reverse("account_change_password"), told))
    sam.refresh_from_db()
    assert sam.check_password(PASSWORD)


def test_a_second_factor_is_not_taken_off_by_whoever_finds_the_screen_unlocked(
    sam: User, clock: Callable[..., None]
) -> None:
    browser = Client()
    browser.force_login(sam)
    for page in ("mfa_activate_totp", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn"):
        asked = browser.get(reverse(page))
        assert asked.status_code == 302 and "reauthenticate" in asked["Location"] or asked.status_code == 404, page


def test_who_leaves_is_out_at_once_and_no_old_password_or_link_lets_them_back(sam: User) -> None:
    browser = Client()
    signs_in(browser, sam.email)
    Client().post(RESET, {"email": sam.email})
    link = link_in(mail.outbox[-1].body)
    colleague.leave(sam, date(2026, 3, 3), None, today=date(2026, 3, 3))
    assert not is_in(browser) and not Session.objects.filter(pk=browser.session.session_key).exists()
    signs_in(browser, sam.email)
    assert not is_in(browser)
    chosen = chooses(Client(), link, ANOTHER)
    sam.refresh_from_db()
    assert not sam.check_password(ANOTHER) and not sam.is_active, chosen.status_code


def test_nobody_changes_their_own_address_to_one_that_an_administrator_did_not_vouch_for(sam: User) -> None:
    browser = Client()
    signs_in(browser, sam.email)
    before = sam.email
    browser.post("/accounts/email/", {"email": "me@elsewhere.example", "action_add": ""})
    browser.post("/accounts/email/", {"email": "me@elsewhere.example", "action_primary": ""})
    sam.refresh_from_db()
    assert sam.email == before and browser.get("/accounts/email/").status_code == 404


# Guessing -----------------------------------------------------------------------------------------------------------


def test_after_five_wrong_passwords_the_right_one_has_to_wait_and_others_do_not(
    sam: User, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.manager.set_password(PASSWORD)
    cast.manager.save()
    browser = Client()
    for _ in range(5):
        assert "do not belong together" in words(signs_in(browser, sam.email, "wrong"))
    locked = signs_in(browser, sam.email)
    assert "Too many wrong passwords" in words(locked) and not is_in(browser)
    assert signs_in(Client(), cast.manager.email).status_code == 302
    later = time.time() + 16 * 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert signs_in(browser, sam.email).status_code == 302 and is_in(browser)


def test_behind_a_proxy_who_knocks_too_often_keeps_nobody_else_out(
    sam: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy adds the address it saw at the end; whatever a visitor wrote before that counts for nothing."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    this_minute = time.time()
    monkeypatch.setattr(time, "time", lambda: this_minute)
    for number in range(21):
        knocking = Client(HTTP_X_FORWARDED_FOR=f"192.0.2.{number}, 198.51.100.7")
        last = signs_in(knocking, f"nobody{number}@example.org", "wrong")
    assert last.status_code == 429 or "Too many" in words(last)
    assert signs_in(Client(HTTP_X_FORWARDED_FOR="198.51.100.8"), sam.email).status_code == 302


def test_somebody_unknown_is_answered_as_somebody_with_a_wrong_password(
    sam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the same words, and after the same work: an answer that comes at once would tell them apart."""
    counted: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *given: (counted.append("once"), encode(self, *given))[1]
    )
    told = []
    for who in (sam.email, "nobody@example.org"):
        counted.clear()
        page = signs_in(Client(), who, "not this one").content.replace(who.encode(), b"")
        told.append((re.sub(rb'value="[^"]{32,}"', b"", page), len(counted)))
    assert told[0] == told[1] and told[0][1] >= 1


# Where one is led ---------------------------------------------------------------------------------------------------

ELSEWHERE = (
    "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "http:///evil.example",
    "javascript:alert(1)", " //evil.example", "https:evil.example", "/\t/evil.example",
)  # fmt: skip


@pytest.mark.parametrize("there", ELSEWHERE)
def test_nobody_is_led_elsewhere_by_signing_in_or_out(there: str, sam: User) -> None:
    browser = Client()
    for answer in (
        signs_in(browser, sam.email, next=there),
        browser.get(f"{LOGIN}?next={there}"),
        browser.post(reverse("account_logout"), {"next": there}),
    ):
        assert "evil" not in answer.get("Location", "").partition("?")[0], answer["Location"]
        assert not answer.get("Location", "").startswith(("javascript", "//", "/\\"))


def test_who_signed_in_is_in_the_log_and_whoever_failed_too_but_nothing_that_was_typed(
    sam: User, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Client()
    signs_in(browser, sam.email, "a wrong password of hers")
    signs_in(browser, sam.email)
    said = [record.getMessage() for record in caplog.records if record.name == "evenhand.sign_in"]
    assert said == ["A sign-in failed, from 127.0.0.1", f"A colleague signed in: {sam.actor_id}, from 127.0.0.1"]
    quiet = described("ERROR", as_json=False)
    assert quiet["loggers"]["evenhand.sign_in"]["level"] == "INFO", "However little else is told."
