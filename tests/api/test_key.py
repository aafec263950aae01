"""Who is let in by the machines' door, and how often."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import OperationalError
from django.test import Client

from evenhand.people.models import User
from evenhand.sharing import admission, key
from evenhand.sharing.models.key import Scope
from tests.api.calling import Keyring, problem

pytestmark = pytest.mark.django_db


def test_a_key_is_told_what_it_may_do(keys: Keyring) -> None:
    told = keys.system(Scope.CHECK, Scope.MARKERS_READ, calls_a_minute=7).get("key").json()
    assert told["scopes"] == ["check", "markers:read"]
    assert told["audience"] == "colleague systems"
    assert (told["calls_a_minute"], told["calls_this_minute"], told["day"]) == (7, 1, "2026-12-03")


def test_without_a_key_nothing_is_answered(keys: Keyring) -> None:
    answer = keys.nobody().get("key")
    problem(answer, "key_missing")
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic abc", "eh_live_x", "bearer"])
def test_a_header_without_a_key_in_it_is_no_key(db: None, header: str) -> None:
    problem(Client().get("/api/v1/key", headers={"Authorization": header}), "key_missing")


@pytest.mark.parametrize("secret", ["eh_live_nobody", "x" * 5_000, "ключ", "eh_live_'; DROP TABLE sharing_key; --"])
def test_a_secret_nobody_has_is_refused(db: None, secret: str) -> None:
    problem(Client().get("/api/v1/key", headers={"Authorization": f"Bearer {secret}"}), "key_unknown")


def test_a_key_that_ended_says_how(keys: Keyring, administrator: User, clock: Callable[..., datetime]) -> None:
    gone, over = keys.system(), keys.system(expires_on=date(2026, 12, 3))
    key.revoke(gone.key, administrator, clock(), why="The contract ended")
    problem(gone.get("key"), "key_revoked")
    clock(date(2026, 12, 4))
    problem(over.get("key"), "key_expired")


def test_a_key_cannot_do_what_its_scopes_do_not_say(keys: Keyring) -> None:
    told = problem(keys.system(Scope.CHECK).post("register", {}), "scope_missing")
    assert "register:write" in told["detail"]


def test_who_calls_too_often_is_told_how_long_to_wait(keys: Keyring, clock: Callable[..., datetime]) -> None:
    clock(date(2026, 12, 3), 10, 0, 20)
    system = keys.system(calls_a_minute=2)
    assert [system.get("key").status_code for _ in range(2)] == [200, 200]
    refused = system.get("key")
    problem(refused, "too_many_calls")
    assert refused["Retry-After"] == "40"
    clock(date(2026, 12, 3), 10, 1, 0)
    assert system.get("key").status_code == 200


def test_one_key_does_not_use_up_another_s_calls(keys: Keyring) -> None:
    busy, other = keys.system(calls_a_minute=1), keys.system(calls_a_minute=1)
    busy.get("key")
    problem(busy.get("key"), "too_many_calls")
    assert other.get("key").status_code == 200


def test_a_secret_never_comes_into_a_log(
    keys: Keyring, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = keys.system()
    caplog.set_level("DEBUG")

    def broken(secret: str, *_: object) -> None:
        raise RuntimeError(f"no good: {secret}")

    monkeypatch.setattr(admission, "admit", broken)
    problem(system.get("key"), "fault")
    assert "RuntimeError" in caplog.text
    assert system.secret not in caplog.text


def test_a_database_that_is_away_is_said_to_be_away(keys: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    system = keys.system()

    def away(*_: object) -> None:
        raise OperationalError("could not connect to server at 10.1.2.3")

    monkeypatch.setattr(admission, "admit", away)
    answer = system.get("key")
    assert "10.1.2.3" not in str(problem(answer, "unavailable"))
    assert int(answer["Retry-After"]) > 0


def test_no_cookie_is_set_and_nothing_is_kept_between(keys: Keyring) -> None:
    answer = keys.system().get("key")
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert "Set-Cookie" not in answer
