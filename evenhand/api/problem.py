"""How this door says no: one kind of answer for everything that went wrong (RFC 9457), in words a person can act on.

A program reads `code`, which never changes its meaning; a person reads `detail`, which says what to do. Nothing of what
went wrong inside is ever told, and nothing that was sent is repeated.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Said:
    """What a kind of problem says when nothing more exact is known."""

    status: int
    title: str
    detail: str


class Kind(Enum):
    """Every problem there can be. Its code is its name in small letters."""

    NOT_JSON = Said(
        400, "The body is not JSON", "Send one JSON value in UTF-8, without NaN and without half characters."
    )
    BAD_REQUEST = Said(400, "The request cannot be read", "Check how your system writes its requests.")
    KEY_MISSING = Said(401, "No key was sent", "Send your key: Authorization: Bearer eh_live_…")
    KEY_UNKNOWN = Said(401, "The key is not known", "Check that it was copied whole, or ask for a new one.")
    KEY_EXPIRED = Said(401, "The key has expired", "Ask the landlord’s administrator for a new one.")
    KEY_REVOKED = Said(401, "The key was withdrawn", "Ask the landlord’s administrator for a new one.")
    SCOPE_MISSING = Said(
        403, "The key may not do this", "Ask the landlord’s administrator for a key with the scope this call needs."
    )
    NOT_FOUND = Said(404, "There is nothing at this address", "The addresses there are stand in the documentation.")
    NO_SUCH_THING = Said(404, "There is no such thing", "Check the identifier, and that it was given to this key.")
    METHOD_NOT_ALLOWED = Said(
        405, "This address does not take that method", "The header Allow names the methods it takes."
    )
    STILL_RUNNING = Said(
        409, "The same write is still being done", "Wait for the seconds in Retry-After, then send it again unchanged."
    )
    REGISTER_BUSY = Said(
        409, "The register is being brought in", "Wait for the seconds in Retry-After, then send it again unchanged."
    )
    TOO_LARGE = Said(413, "The body is too large", "Send at most 5 megabytes at once: split it into several calls.")
    NOT_JSON_TYPE = Said(415, "The body is not called JSON", "Send the header Content-Type: application/json.")
    INVALID = Said(422, "Something in the request is not as it should be", "Each thing to mend stands in errors.")
    NOTHING_ASKED = Said(
        422,
        "Nobody is asked about",
        "Send who or where is meant: a telephone number, an email address, a reference, a UPRN, an address, or a name "
        "with a second identifier.",
    )
    SECOND_IDENTIFIER_NEEDED = Said(
        422,
        "A name alone finds nobody here",
        "Send a second identifier with the name: a postcode, a UPRN or a date of birth.",
    )
    WILDCARD = Said(422, "Wildcards are not taken", "Send a whole telephone number, address, reference or name.")
    CURSOR_UNKNOWN = Said(422, "The cursor is not one of ours", "Send the cursor of the last page as it was, or none.")
    IDEMPOTENCY_KEY_REUSED = Said(
        422,
        "The idempotency key was used for something else",
        "The first answer stands. Send a new key with a new write, and the same body with the same key.",
    )
    TOO_MANY_CALLS = Said(
        429, "Too many calls in this minute", "Wait for the seconds in Retry-After, then go on more slowly."
    )
    TOO_MANY_PEOPLE = Said(
        429,
        "Too many different people today",
        "This key has asked about as many people as it may in one day. If your work needs more, ask the landlord’s "
        "administrator. Until then, ring before you visit, and follow your lone-working procedure.",
    )
    FAULT = Said(
        500,
        "Something went wrong here",
        "It was not your request, and it is on our record. This is not an answer about anybody: do not read it as "
        "nothing held. Try again, and tell the landlord if it stays.",
    )
    UNAVAILABLE = Said(
        503,
        "Evenhand cannot answer just now",
        "This is not an answer about anybody: do not read it as nothing held. Ring the landlord before a visit, or "
        "try again after the seconds in Retry-After.",
    )

    @property
    def code(self) -> str:
        """What a program compares."""
        return self.name.lower()

    @property
    def status(self) -> int:
        return self.value.status


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing to mend: where it stands in the request (a JSON pointer, or a parameter’s name), and what is wrong."""

    pointer: str
    detail: str


class Problem(Exception):
    """A request that goes no further. `retry_after` is in seconds."""

    def __init__(
        self,
        kind: Kind,
        detail: str = "",
        *,
        errors: Iterable[Wrong] = (),
        retry_after: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.detail = detail or kind.value.detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        if retry_after is not None:
            self.headers["Retry-After"] = str(retry_after)
        if kind.status == 401:
            self.headers["WWW-Authenticate"] = "Bearer"

    def body(self) -> dict[str, object]:
        """What is sent. `type` leads to the kind's paragraph in the documentation."""
        told: dict[str, object] = {
            "type": f"/api/v1/docs#{self.kind.code}",
            "title": self.kind.value.title,
            "status": self.kind.status,
            "code": self.kind.code,
            "detail": self.detail,
        }
        if self.errors:
            told["errors"] = [{"pointer": wrong.pointer, "detail": wrong.detail} for wrong in self.errors]
        return told

    def response(self) -> HttpResponse:
        """The answer as it is sent."""
        return HttpResponse(
            json.dumps(self.body(), ensure_ascii=False),
            status=self.kind.status,
            content_type=MEDIA_TYPE,
            headers=self.headers,
        )
