"""Who calls: the key in the Authorization header, what it may do, and whether it calls too often."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja.security.http import HttpAuthBase

from evenhand.api.problem import Kind, Problem
from evenhand.doors.clock import now
from evenhand.sharing import admission
from evenhand.sharing.admission import Caller
from evenhand.sharing.models.key import Scope

_LONGEST = 200


class Bearer(HttpAuthBase):
    """Lets in keys that have a scope; any key if none is named. What was let in stands in `request.auth`."""

    openapi_scheme = "bearer"

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller:
        moment = now()
        caller = self.admitted(request, secret_in(request), moment.at, moment.day)
        if caller is None:
            raise Problem(Kind.KEY_UNKNOWN)
        if caller.revoked:
            raise Problem(Kind.KEY_REVOKED)
        if caller.expired:
            raise Problem(Kind.KEY_EXPIRED)
        if caller.calls_too_often:
            wait = admission.seconds_to_next_minute(moment.at)
            raise Problem(Kind.TOO_MANY_CALLS, retry_after=wait)
        if self.scope is not None and self.scope not in caller.scopes:
            detail = f"This call needs the scope {self.scope.value}. Ask the landlord’s administrator for it."
            raise Problem(Kind.SCOPE_MISSING, detail)
        return caller

    def admitted(self, request: HttpRequest, secret: str, at: datetime, day: date) -> Caller | None:
        """Whose secret it is, the call counted; None where it is nobody's."""
        return admission.admit(secret, at, day)


def secret_in(request: HttpRequest) -> str:
    """The secret that was sent. Raises `Problem`; one that cannot be a key is not looked up."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret:
        raise Problem(Kind.KEY_MISSING)
    if len(secret) > _LONGEST or not secret.isascii():
        raise Problem(Kind.KEY_UNKNOWN)
    return secret


def caller_of(request: HttpRequest) -> Caller:
    """The key that was let in."""
    caller = getattr(request, "auth", None)
    assert isinstance(caller, Caller)
    return caller
