"""The documentation of the machines' door: a page of our own, and the contract behind it."""

import re
from typing import Any

import pytest
from django.test import Client
from pydantic import TypeAdapter

from evenhand.api import check, checks
from evenhand.api.contract import ProblemOut
from evenhand.api.problem import Kind
from evenhand.api.v1 import schema

pytestmark = pytest.mark.django_db

OPERATIONS = [
    (method, path, operation) for path, methods in schema()["paths"].items() for method, operation in methods.items()
]
NAMES = [f"{method} {path}" for method, path, _ in OPERATIONS]


def test_anyone_may_read_how_other_systems_use_it() -> None:
    page = Client().get("/api/v1/docs")
    text = page.content.decode()
    assert page.status_code == 200
    for _, path, operation in OPERATIONS:
        assert path in text and operation["summary"] in text
    for kind in Kind:
        assert f'id="{kind.code}"' in text, "every problem's type leads to its paragraph"


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing_inline() -> None:
    page = Client().get("/api/v1/docs")
    text = page.content.decode()
    assert "default-src 'self'" in page["Content-Security-Policy"]
    assert not re.search(r"(?:src|href)=[\"'](?:https?:)?//", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", text)


def test_the_contract_is_openapi_3_1() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200 and answer.json()["openapi"].startswith("3.1")
    assert Client().post("/api/v1/openapi.json").status_code == 405


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)
def test_every_call_has_an_example_of_what_is_sent_and_answered(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    assert operation["summary"] and operation["description"] and operation["operationId"]
    assert operation["responses"][200]["content"]["application/json"]["examples"]
    if method == "post":
        assert operation["requestBody"]["content"]["application/json"]["example"]


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)
def test_every_problem_of_a_call_has_an_example_of_its_own(method: str, path: str, operation: dict[str, Any]) -> None:
    for status, told in operation["responses"].items():
        if status == 200:
            continue
        for code, example in told["content"]["application/problem+json"]["examples"].items():
            problem = ProblemOut.model_validate(example["value"])
            assert (problem.code, problem.status) == (code, status)


def test_the_examples_of_answers_are_answers() -> None:
    for method, path, model in (
        ("post", "/api/v1/check", check.CheckOut),
        ("post", "/api/v1/checks", checks.ChecksOut),
    ):
        told = schema()["paths"][path][method]["responses"][200]["content"]["application/json"]["examples"]
        for example in told.values():
            TypeAdapter(model).validate_python(example["value"])


def test_nothing_in_the_examples_is_told_to_a_contractor_that_may_not_be() -> None:
    told = schema()["paths"]["/api/v1/check"]["post"]["responses"][200]["content"]["application/json"]["examples"]
    value = told["an_instruction_to_a_contractor"]["value"]
    assert value["about"] is None and value["limits"] is None and value["markers"][0]["review_on"] is None
