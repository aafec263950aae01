"""Turns whatever was raised into a problem: ours as it is, the frameworks' into ours, the unforeseen into a fault."""

import logging
import traceback
from typing import Any

from django.core.exceptions import DisallowedHost, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, UnreadablePostError
from ninja.errors import HttpError, ValidationError

from evenhand.api.problem import Kind, Problem, Wrong
from evenhand.database.trouble import trouble_in
from evenhand.doors import unanswered

MOST_ERRORS = 50
_log = logging.getLogger("evenhand.api")

UNKNOWN = "There is nothing of this name here. Check how it is spelt."
# What a person can do about it, by the kind of error that pydantic names; the others speak for themselves.
_WORDS = {
    "missing": "This is needed, and is missing.",
    "extra_forbidden": UNKNOWN,
    "string_type": "This must be text.",
    "string_unicode": "This holds half a character.",
    "string_pattern_mismatch": "This is not written as it should be, or holds a character that cannot be kept.",
    "string_too_long": "This is too long.",
    "string_too_short": "This is too short.",
    "too_long": "There are too many of these for one call. Split them into several.",
    "too_short": "There must be at least one.",
    "list_type": "This must be a list.",
    "model_attributes_type": "This must be an object.",
    "model_type": "This must be an object.",
    "dict_type": "This must be an object.",
    "enum": "This is not one of the words there are.",
    "literal_error": "This is not one of the words there are.",
    "json_invalid": "This is not JSON.",
}
_PLACES = {"body": "", "query": "?", "path": "path ", "header": "header "}


def problem_of(error: BaseException) -> Problem:
    """The problem an exception is told as. What nobody foresaw is logged, with its trace and no variables."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, ValidationError):
        return Problem(Kind.INVALID, errors=[wrong(one) for one in error.errors[:MOST_ERRORS]])
    if isinstance(error, HttpError):
        return error.__cause__ if isinstance(error.__cause__, Problem) else _of_framework(error)
    if isinstance(error, RequestDataTooBig):
        return Problem(Kind.TOO_LARGE)
    if isinstance(error, Http404):
        return Problem(Kind.NOT_FOUND)
    if isinstance(error, DisallowedHost | SuspiciousOperation | UnreadablePostError):
        return Problem(Kind.BAD_REQUEST)
    if trouble := trouble_in(error):
        _log.error("%s: %s", trouble.value, type(error).__name__)
        return Problem(Kind.UNAVAILABLE, retry_after=unanswered.OF[trouble].seconds)
    # Where, but never the exception's own words: a database's, or pydantic's, may repeat what somebody sent.
    trace = "".join(traceback.format_tb(error.__traceback__))
    _log.error("A fault in the machines’ door: %s\n%s", type(error).__name__, trace)
    return Problem(Kind.FAULT)


def _of_framework(error: HttpError) -> Problem:
    return Problem(Kind.KEY_MISSING if error.status_code == 401 else Kind.NOT_JSON)


def wrong(error: dict[str, Any]) -> Wrong:
    """One of pydantic's errors: where, as a JSON pointer into the body or by the parameter's name, and what to do."""
    place, *rest = [str(part) for part in error["loc"]]
    # The framework names the body's one model; the caller never sent it.
    steps = rest[1:] if place == "body" else rest
    start = _PLACES.get(place, "")
    where = "/" + "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps) if place == "body" else ""
    pointer = (where.rstrip("/") or "/") if place == "body" else start + ".".join(steps)
    return Wrong(pointer[:200], _WORDS.get(error["type"]) or _own(error))


def _own(error: dict[str, Any]) -> str:
    """Our own validators speak in whole sentences; of pydantic's other words only the first is made a capital."""
    words = str(error.get("msg", "")).removeprefix("Value error, ")
    words = words or "This is not as it should be"
    return (words[0].upper() + words[1:]).rstrip(".") + "."
