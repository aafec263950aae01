"""Every call, walked with every scope, with none and without a key: found in the contract, so that none can escape."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver

from evenhand.api.answering import resolver
from evenhand.api.v1 import schema
from evenhand.sharing.models.key import Audience, Scope
from tests.api.calling import Keyring, System, problem

pytestmark = pytest.mark.django_db

NEEDED = {
    "check": Scope.CHECK,
    "check_by_address": Scope.CHECK,
    "check_many": Scope.CHECK,
    "acknowledge": Scope.CHECK,
    "controls_changed": Scope.MARKERS_READ,
    "people_changed": Scope.MARKERS_READ,
    "write_register": Scope.REGISTER_WRITE,
    "write_contacts": Scope.CONTACTS_WRITE,
    "withdrawals": None,
    "confirm_withdrawals": None,
    "key": None,
}
"""What each call needs; None is any key. Written from what each call gives away, not from the code."""
OPERATIONS = {
    operation["operationId"]: (method, path.removeprefix("/api/v1/"), operation)
    for path, methods in schema()["paths"].items()
    for method, operation in methods.items()
}
OPEN = {"openapi.json"}


def addresses(found: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in found.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def send(system: System, name: str) -> HttpResponse:
    """The call with the example of its own documentation."""
    method, path, operation = OPERATIONS[name]
    if method == "get":
        return system.get(path)
    sent: Any = operation["requestBody"]["content"]["application/json"]["example"]
    return system.post(path, sent)


def test_every_call_is_walked() -> None:
    assert set(NEEDED) == set(OPERATIONS)


def test_no_address_answers_that_the_contract_does_not_name() -> None:
    known = {path for _, path, _ in OPERATIONS.values()} | OPEN
    assert {address.removeprefix("/").removeprefix("api/v1/") for address in addresses(resolver())} - {""} == known


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_call_without_a_key_is_refused(keys: Keyring, name: str) -> None:
    problem(send(keys.nobody(), name), "key_missing")


@pytest.mark.parametrize("name", sorted(OPERATIONS))
@pytest.mark.parametrize("scope", list(Scope))
def test_a_call_is_let_in_by_its_scope_alone(keys: Keyring, name: str, scope: Scope) -> None:
    needed = NEEDED[name]
    answer = send(keys.system(scope), name)
    if needed is None or needed is scope:
        assert answer.status_code not in (401, 403, 500, 503), answer.content
    else:
        told = problem(answer, "scope_missing")
        assert needed.value in told["detail"]


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_contractor_may_check_and_keep_its_word_and_nothing_else(keys: Keyring, name: str) -> None:
    answer = send(keys.system(Scope.CHECK, audience=Audience.CONTRACTOR), name)
    if NEEDED[name] in (None, Scope.CHECK):
        assert answer.status_code not in (401, 403, 500, 503), answer.content
    else:
        problem(answer, "scope_missing")


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_write_without_an_idempotency_key_writes_nothing(keys: Keyring, name: str) -> None:
    method, path, operation = OPERATIONS[name]
    if not any(parameter["name"] == "Idempotency-Key" for parameter in operation["parameters"]):
        assert method == "get" or name in ("check", "check_many"), f"{name} writes and takes no idempotency key"
        return
    answer = keys.system().raw(path, b"{}")
    problem(answer, "invalid")
