"""What every write has: an idempotency key of the caller's, under which it is done once and answered the same."""

import hashlib
from collections.abc import Callable
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Header
from pydantic import BaseModel

from evenhand.api.bearer import caller_of
from evenhand.api.problem import Kind, Problem
from evenhand.api.reply import reply
from evenhand.doors.clock import now
from evenhand.sharing import once
from evenhand.sharing.once import Answer

LONGEST_KEY = 200
RETRY_RUNNING = 5

IdempotencyKey = Annotated[
    str,
    Header(
        ...,
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_KEY,
        pattern=r"^[!-~]+$",
        description="Any text of yours without blanks: new for each write, the same when you repeat one. Kept for "
        "three days.",
        example="b3c1f8d2-0d4e-4a53-9a5a-6f6d7d1f2a10",
    ),
]


def done_once(request: HttpRequest, idempotency_key: str, write: Callable[[], BaseModel]) -> HttpResponse:
    """Does a write once under the call's idempotency key, and answers with what it gave then. Raises `Problem`."""
    caller = caller_of(request)
    digest = hashlib.sha256(f"{request.method} {request.path_info}\n".encode() + request.body).digest()

    def answered() -> Answer:
        return Answer(200, write().model_dump_json())

    try:
        kept = once.once(caller.key_id, idempotency_key, digest, now().at, answered)
    except once.UsedForAnother:
        raise Problem(Kind.IDEMPOTENCY_KEY_REUSED) from None
    except once.StillRunning:
        raise Problem(Kind.STILL_RUNNING, retry_after=RETRY_RUNNING) from None
    response = reply(kept.body, kept.status)
    if kept.repeated:
        response["Idempotent-Replayed"] = "true"
    return response
