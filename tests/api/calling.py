"""Calls as other systems make them."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from evenhand.people.models import User
from evenhand.sharing import key
from evenhand.sharing.models.key import Audience, Key, Scope

_NUMBERS = count(1)


@dataclass
class System:
    """Another system: its key's secret, and a way to call with it."""

    key: Key
    secret: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, path: str, **asked: Any) -> HttpResponse:
        return self.client.get(f"/api/v1/{path}", asked, headers=self.headers())

    def post(self, path: str, body: Any, *, once: str | None = None, **headers: str) -> HttpResponse:
        """Sends a body; each call under an idempotency key of its own unless `once` names one."""
        given = {"Idempotency-Key": once or f"test-{next(_NUMBERS)}", **headers}
        return self.raw(path, json.dumps(body).encode(), **given)

    def raw(self, path: str, body: bytes, content_type: str = "application/json", **headers: str) -> HttpResponse:
        return self.client.post(f"/api/v1/{path}", body, content_type=content_type, headers=self.headers() | headers)

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}


@dataclass
class Keyring:
    """Makes keys as an administrator does."""

    administrator: User

    def system(self, *scopes: Scope, audience: Audience = Audience.COLLEAGUES, **terms: Any) -> System:
        made, secret = key.make(
            self.administrator,
            timezone.now(),
            name=f"System {next(_NUMBERS)}",
            owner="Digital team",
            audience=audience,
            scopes=scopes or tuple(Scope),
            **terms,
        )
        return System(made, secret)

    def contractor(self, **terms: Any) -> System:
        return self.system(Scope.CHECK, audience=Audience.CONTRACTOR, **terms)

    def nobody(self) -> System:
        """A system without a key."""
        return System(Key(name="Nobody"), "")


def problem(response: HttpResponse, code: str) -> dict[str, Any]:
    """The problem an answer tells, which must be this one, whole and in form."""
    assert response["Content-Type"] == "application/problem+json", (response.status_code, response.content[:500])
    told: dict[str, Any] = json.loads(response.content)
    assert told["code"] == code, told
    assert told["status"] == response.status_code
    assert told["type"] == f"/api/v1/docs#{code}"
    assert told["title"] and told["detail"]
    assert set(told) <= {"type", "title", "status", "code", "detail", "errors"}
    return told
