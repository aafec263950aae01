"""`/api/v1/docs`: the schema as a page of our own. It needs no script, nothing from elsewhere, and can be printed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.api.contract import WORDS
from evenhand.api.problem import Kind
from evenhand.api.v1 import schema

SHOWN_STATUS = "200"


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter, or one field of a body."""

    name: str
    where: str
    kind: str
    about: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Example:
    """An example, and what it shows."""

    words: str
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as the page shows it. `problems` are (status, kinds)."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    fields: tuple[Field, ...]
    curl: str
    answers: tuple[Example, ...]
    told: tuple[Field, ...]
    problems: tuple[tuple[str, str], ...]


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The documentation of every call and every problem."""
    context = {
        "title": "How other systems use Evenhand",
        "about": schema()["info"]["description"],
        "groups": groups(),
        "problems": [(kind.code, kind.status, kind.value.title, kind.value.detail) for kind in Kind],
    }
    return render(request, "api/docs.html", context)


@cache
def groups() -> tuple[tuple[str, tuple[Call, ...]], ...]:
    """Every call by its group, in the order of the schema."""
    found: dict[str, list[Call]] = {}
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_call(method.upper(), path, operation))
    return tuple((name, tuple(calls)) for name, calls in found.items())


def _call(method: str, path: str, operation: dict[str, Any]) -> Call:
    good = operation["responses"][200]["content"]["application/json"]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    answers = tuple(
        Example(example["summary"], _json(example["value"])) for example in good.get("examples", {}).values()
    )
    fields = [*_parameters(operation), *(_fields(body["schema"], "body") if body else ())]
    return Call(
        id=operation["operationId"],
        method=method,
        path=path,
        summary=operation["summary"],
        about=plain(operation.get("description", "")),
        fields=tuple(fields),
        curl=curl(method, path, operation),
        answers=answers,
        told=tuple(_fields(good["schema"], "")),
        problems=tuple(_problems(operation)),
    )


def curl(method: str, path: str, operation: dict[str, Any]) -> str:
    """The call as a command to copy, with the example body."""
    lines = [f"curl {settings.URL}{path}{_query(operation)}", '  -H "Authorization: Bearer $KEY"']
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if any(parameter["in"] == "header" for parameter in operation.get("parameters", ())):
        lines.append('  -H "Idempotency-Key: $(uuidgen)"')
    if body:
        lines += ['  -H "Content-Type: application/json"', f"  -d '{_json(body['example']).replace(chr(39), '’')}'"]
    return " \\\n".join(lines)


def _query(operation: dict[str, Any]) -> str:
    example = operation.get("x-query", "")
    return f"?{example}" if example else ""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def plain(words: str) -> str:
    """Words that other readers of the schema take as Markdown."""
    return words.replace("`", "")


def _parameters(operation: dict[str, Any]) -> Iterator[Field]:
    for one in operation.get("parameters", ()):
        about = one.get("description") or one["schema"].get("description", "")
        yield Field(one["name"], one["in"], _kind(one["schema"]), plain(about), one["required"])


def _fields(given: dict[str, Any], where: str) -> Iterator[Field]:
    found = _resolved(given)
    needed = found.get("required", ())
    for name, one in found.get("properties", {}).items():
        yield Field(name, where, _kind(one), plain(one.get("description", "")), name in needed)


def _resolved(given: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in given:
        found: dict[str, Any] = schema()["components"]["schemas"][given["$ref"].rpartition("/")[2]]
        return found
    return given


def _kind(given: dict[str, Any]) -> str:
    """What a value is, in a few words."""
    if "anyOf" in given:
        return " or ".join(dict.fromkeys(_kind(one) for one in given["anyOf"]))
    if "$ref" in given:
        found = _resolved(given)
        return "one of: " + ", ".join(map(str, found["enum"])) if "enum" in found else found.get("title", "object")
    if "enum" in given:
        return "one of: " + ", ".join(map(str, given["enum"]))
    if given.get("type") == "array":
        return f"list of {_kind(given['items'])}"
    words = str(given.get("format") or given.get("type", "anything")).replace("string", "text")
    most = given.get("maxLength")
    return f"{words}, at most {most:,} characters" if most else words


def _problems(operation: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for status, told in operation["responses"].items():
        if str(status) != SHOWN_STATUS:
            codes = ", ".join(told["content"]["application/problem+json"]["examples"])
            yield f"{status} {HTTPStatus(int(status)).phrase}", f"{WORDS[int(status)]} ({codes})"
