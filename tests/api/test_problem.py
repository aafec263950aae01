"""Everything that goes wrong at the machines' door is a problem in words, from before a route is found to its end."""

import json

import pytest
from django.test import Client

from evenhand.sharing.models.key import Scope
from tests.api.calling import Keyring, problem

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v2/check", "/api/v1/check/", "/api/v1/%00", "/api/v1/🏠"])
def test_an_address_that_is_none(path: str) -> None:
    problem(Client().get(path), "not_found")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "head", "options", "trace"])
def test_a_method_an_address_does_not_take(method: str) -> None:
    answer = getattr(Client(), method)("/api/v1/key")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET"
    if method != "head":
        problem(answer, "method_not_allowed")


@pytest.mark.parametrize(
    "body",
    [b"{", b"", b"\xff", b'{"a": NaN}', b'"\\ud800"', b"[" * 5_000, b"1" * 5_000, b'{"a": 1} x', "é".encode("latin-1")],
)
def test_a_body_that_is_no_json(keys: Keyring, body: bytes) -> None:
    answer = keys.system(Scope.REGISTER_WRITE).raw("register", body, **{"Idempotency-Key": "1"})
    assert answer.status_code in (400, 422)
    problem(answer, "not_json" if body else "invalid")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/xml"])
def test_a_body_that_is_not_called_json(keys: Keyring, kind: str) -> None:
    answer = keys.system(Scope.REGISTER_WRITE).raw("register", b"{}", kind, **{"Idempotency-Key": "1"})
    problem(answer, "not_json_type")


def test_a_body_that_is_too_large(keys: Keyring) -> None:
    body = json.dumps({"source": "x" * 6_000_000}).encode()
    problem(keys.system(Scope.REGISTER_WRITE).raw("register", body, **{"Idempotency-Key": "1"}), "too_large")


@pytest.mark.parametrize("body", [[], "text", 1, None, True, {"source": 5}, {"source": ["housing"]}, {"sauce": "x"}])
def test_a_body_of_another_shape_is_told_where(keys: Keyring, body: object) -> None:
    told = problem(keys.system(Scope.REGISTER_WRITE).post("register", body), "invalid")
    assert told["errors"]
    for wrong in told["errors"]:
        assert wrong["pointer"].startswith("/") and wrong["detail"].endswith(".")


def test_a_host_that_is_not_ours() -> None:
    problem(Client().get("/api/v1/key", headers={"Host": "elsewhere.example"}), "bad_request")


def test_what_was_sent_is_not_repeated(keys: Keyring) -> None:
    answer = keys.system(Scope.REGISTER_WRITE).post("register", {"source": "s", "Jo Bell 07700 900123": "x" * 50})
    assert "x" * 50 not in answer.content.decode()
