"""Where the landlord demands a second step of signing in: who has none sets one up, and does nothing else before.

Machines come by keys and are not asked. Whoever came by the landlord's own sign-in is not asked either: it demands
there what it will.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from evenhand.doors.clock import now
from evenhand.doors.kept_words import keep
from evenhand.people import second_step
from evenhand.people.models import User

STILL_OPEN = {"account_logout", "account_reauthenticate", "policy", "health"}
SET_UP = "mfa_index"
GOING_TO = "going_to"
"""Under what the session keeps the page that somebody came for."""


class SecondStepDemanded:
    """Leads whoever lacks a second step to where one is set up, from every page but those that need none."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.SECOND_STEP_OF:
            return None
        page = str(request.resolver_match.view_name) if request.resolver_match else ""
        still_open = page in STILL_OPEN or page.startswith("mfa_")
        if not lacks_one(request):
            if not still_open and GOING_TO in request.session:
                del request.session[GOING_TO]
            return None
        request.second_step_missing = True  # type: ignore[attr-defined]
        if still_open:
            return None
        keep(request, now().at)
        request.session[GOING_TO] = request.get_full_path()
        return redirect(SET_UP)


def lacks_one(request: HttpRequest) -> bool:
    """Whether this colleague has to set one up before anything else."""
    user = request.user
    if not isinstance(user, User) or not second_step.is_asked_of(user):
        return False
    came_by = {record.get("method") for record in get_authentication_records(request, user)}
    if "socialaccount" in came_by or second_step.has_one(user):
        return False
    return not second_step.is_demonstration()
