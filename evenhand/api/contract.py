"""What OpenAPI says of a call beyond its types: each problem there can be, and an example of everything."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from evenhand.api.problem import MEDIA_TYPE, Kind, Problem

REF = {"$ref": "#/components/schemas/Problem"}
ALWAYS = (
    Kind.BAD_REQUEST,
    Kind.KEY_MISSING,
    Kind.KEY_UNKNOWN,
    Kind.KEY_EXPIRED,
    Kind.KEY_REVOKED,
    Kind.SCOPE_MISSING,
    Kind.INVALID,
    Kind.TOO_MANY_CALLS,
    Kind.FAULT,
    Kind.UNAVAILABLE,
)
WITH_BODY = (Kind.NOT_JSON, Kind.TOO_LARGE, Kind.NOT_JSON_TYPE)
WRITING = (*WITH_BODY, Kind.STILL_RUNNING, Kind.IDEMPOTENCY_KEY_REUSED)
RETRY_AFTER = {
    "Retry-After": {"description": "Seconds to wait before the next call.", "schema": {"type": "integer", "minimum": 1}}
}
CHALLENGE = {"WWW-Authenticate": {"description": "Always Bearer.", "schema": {"type": "string"}}}
WORDS = {
    400: "The request cannot be read.",
    401: "No key, or one that opens nothing.",
    403: "The key may not do this.",
    404: "There is no such thing.",
    409: "Something else is being done first.",
    413: "The body is too large.",
    415: "The body is not called JSON.",
    422: "Something in the request is not as it should be.",
    429: "Too much, or too often.",
    500: "A fault on our side.",
    503: "Evenhand cannot answer just now. This is never an answer about anybody.",
}


class WrongOut(BaseModel):
    """One thing to mend."""

    model_config = ConfigDict(extra="forbid")
    pointer: str = Field(description="Where: a JSON pointer into the body, or ? or header with a parameter’s name.")
    detail: str = Field(description="What is wrong there.")


class ProblemOut(BaseModel):
    """Why a call went no further (RFC 9457). Programs read `code`, people read `detail`."""

    model_config = ConfigDict(extra="forbid", title="Problem")
    type: str = Field(description="Leads to the paragraph about this problem in the documentation.")
    title: str = Field(description="What kind of problem it is, in a few words.")
    status: int = Field(description="The HTTP status, again.")
    code: str = Field(
        description="What a program compares. Its meaning never changes.",
        json_schema_extra={"enum": [kind.code for kind in Kind]},
    )
    detail: str = Field(description="What a person can do about it.")
    errors: list[WrongOut] = Field(default=[], description="Each thing to mend in the request.")


def contract(*kinds: Kind, sent: Any = None, answers: dict[str, Any] | None = None, query: str = "") -> dict[str, Any]:
    """The `openapi_extra` of one call. In: its own problems, an example body or query, and answers by their names."""
    responses = problems([*ALWAYS, *kinds])
    if answers:
        examples = {name: {"summary": _sentence(name), "value": value} for name, value in answers.items()}
        responses[200] = {"description": "What was asked for.", "content": {"application/json": {"examples": examples}}}
    extra: dict[str, Any] = {"responses": responses}
    if query:
        extra["x-query"] = query
    if sent is not None:
        extra["requestBody"] = {"content": {"application/json": {"example": sent}}}
    return extra


def problems(kinds: Iterable[Kind]) -> dict[int, Any]:
    """The answers of these kinds, by status, with an example of each kind."""
    found: dict[int, Any] = {}
    for kind in kinds:
        given = found.setdefault(kind.status, _of_status(kind.status))
        example = {"summary": kind.value.title, "value": Problem(kind).body()}
        given["content"][MEDIA_TYPE]["examples"][kind.code] = example
    return dict(sorted(found.items()))


def _of_status(status: int) -> dict[str, Any]:
    given: dict[str, Any] = {
        "description": WORDS[status],
        "content": {MEDIA_TYPE: {"schema": REF, "examples": {}}},
    }
    if status in (409, 429, 503):
        given["headers"] = RETRY_AFTER
    if status == 401:
        given["headers"] = CHALLENGE
    return given


def _sentence(name: str) -> str:
    words = name.replace("_", " ")
    return words[0].upper() + words[1:]
