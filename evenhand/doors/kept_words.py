"""A form that arrives when its colleague is no longer signed in: what they wrote waits until they are again.

It waits in the session of the browser it came from, for an hour, and is given to nobody but the colleague whom the form
was shown to: a shared telephone never shows one colleague's words to the next.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac

from evenhand.doors.clock import now
from evenhand.people.models import User

BACK = (
    "You were signed out while you wrote. Nothing was saved yet, and your words are here: read them and send the form "
    "again."
)

KEPT = "evenhand.kept_words"
FOR = timedelta(hours=1)
LONGEST = 200_000
"""Letters that are kept: more than any form takes, and little enough that nobody fills the sessions."""


class KeepsWords:
    """A view of a form that has a token of its own; mixed in before what lets in and what shows the form."""

    kept: QueryDict | None = None
    request: HttpRequest

    @property
    def colleague(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def handle_no_permission(self) -> HttpResponseRedirect:
        """Nobody is signed in, perhaps no longer: what was sent is there again once they are."""
        keep(self.request, now().at)
        there: HttpResponseRedirect = super().handle_no_permission()  # type: ignore[misc]
        return there

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.kept = take(request, self.colleague, now().at)
        if self.kept is not None:
            messages.info(request, BACK)
        shown: HttpResponse = super().get(request, *args, **kwargs)  # type: ignore[misc]
        return shown

    def get_form_kwargs(self) -> dict[str, Any]:
        given: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return given if self.kept is None else {**given, "data": self.kept}


def token_for(user: User) -> str:
    """A form's own token, used once, that also proves whom the form was shown to."""
    drawn = secrets.token_urlsafe(18)
    return f"{drawn}.{_proof(drawn, user)}"


def keep(request: HttpRequest, at: datetime) -> None:
    """Keeps what a form of ours sent, when nobody is signed in any more."""
    if request.method != "POST" or "token" not in request.POST:
        return
    told = request.POST.urlencode()
    if len(told) <= LONGEST:
        request.session[KEPT] = {"page": request.get_full_path(), "told": told, "at": at.isoformat()}


def take(request: HttpRequest, user: User, at: datetime) -> QueryDict | None:
    """What this colleague wrote on this page before they had to sign in again; None if there is nothing. Once."""
    kept = request.session.get(KEPT)
    if kept is None or kept["page"] != request.get_full_path():
        return None
    del request.session[KEPT]
    told = QueryDict(kept["told"], mutable=True)
    if at - datetime.fromisoformat(kept["at"]) > FOR or not was_shown_to(user, told.get("token", "")):
        return None
    return told


def was_shown_to(user: User, token: str) -> bool:
    """Whether a token is ours, and of a form that was shown to this colleague."""
    drawn, _, proof = token.partition(".")
    return constant_time_compare(proof, _proof(drawn, user))


def _proof(drawn: str, user: User) -> str:
    return salted_hmac("evenhand.form", f"{drawn}.{user.actor_id}", algorithm="sha256").hexdigest()[:32]
