"""The demonstration's way in: one click signs in as any colleague. In earnest, and from elsewhere, it is not there.

Three things must all be so: the database was born as a demonstration, which is written in it once and never by a
page; the request comes from this very machine; and it was asked for by this machine's own name, so that neither a
proxy in front nor another site's page can borrow the way in.
"""

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from evenhand.demo import moved
from evenhand.doors.clock import now
from evenhand.people.models import Landlord, Provenance, User
from evenhand.people.models.landlord import ProvenanceKind
from evenhand.policy.staff import Role
from evenhand.web.role_words import DOES, ORDER, title

OWN_NAMES = {"localhost", "127.0.0.1", "[::1]"}
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP")
LOOK_AT = {
    Role.COLLEAGUE: "Report an incident, then check a person or a home from the box at the top.",
    Role.DUTY: "A report waits since this morning. A threat in the night has its provisional marker.",
    Role.INVESTIGATOR: "One customer was invited and has not answered; another could not be reached on three days.",
    Role.MANAGER: "A provisional marker to confirm, a case to decide, a late review: see Reviews. And Worth a look.",
    Role.SENIOR_MANAGER: "An appeal waits for someone who took no part: see Appeals. One before it was upheld.",
    Role.CUSTOMER_PARTNER: "What a referral shows of a case, and how little else.",
    Role.DIRECTOR: "The review that is late, and everyone’s overdue promises. The policy and its next review.",
    Role.PLANNER: "Visits: download a list of tomorrow’s, check it, and see whom to ring when something changes.",
    Role.DATA_PROTECTION: "Who looked at which person and case, and why.",
    Role.ADMINISTRATOR: "Keys and webhooks for other systems, colleagues, the terms and their bounds, the letters.",
    Role.INDEPENDENT: "Nothing at all, until a case names them: then that case, and no other.",
}


def is_open_to(request: HttpRequest) -> bool:
    """Whether this is a demonstration, asked for from the machine it runs on and by that machine's own name."""
    return is_from_here(request) and Provenance.objects.filter(kind=ProvenanceKind.DEMO).exists()


def is_from_here(request: HttpRequest) -> bool:
    """Whether the request comes straight from this machine; one that was passed on tells so."""
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        here = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    name = request.get_host().lower()
    return here and (name if name.endswith("]") else name.rpartition(":")[0] or name) in OWN_NAMES


@never_cache
@sensitive_variables("key")
def welcome(request: HttpRequest) -> HttpResponse:
    """Who there is to be, and what each can do. Choosing one signs in as them."""
    if not is_open_to(request):
        raise Http404
    if request.method == "POST":
        key = request.POST.get("colleague", "")
        user = get_object_or_404(offered(), pk=int(key) if key.isdecimal() and len(key) < 10 else 0)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("/")
    landlord = Landlord.objects.first()
    context = {
        "title": "Welcome to the demonstration",
        "landlord": landlord.name if landlord else "",
        "groups": groups(list(offered())),
    }
    return render(request, "welcome/welcome.html", context)


def visits(request: HttpRequest) -> HttpResponse:
    """A list of tomorrow's visits to try the check with, as a scheduling system would write it."""
    if not is_open_to(request):
        raise Http404
    response = HttpResponse(moved.visits(now().day), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="visits.csv"'
    return response


def offered() -> QuerySet[User]:
    return User.objects.filter(is_active=True).select_related("team").order_by("first_name", "last_name", "pk")


def groups(users: list[User]) -> list[dict[str, Any]]:
    """The colleagues under the most telling of their roles, each role with what it does and what to look at."""
    chief = {user.pk: next((r for r in reversed(ORDER) if r.value in user.roles), Role.COLLEAGUE) for user in users}
    found = []
    for role in ORDER:
        theirs = [user for user in users if chief[user.pk] is role]
        if theirs:
            found.append({"role": title(role), "does": DOES[role], "look": LOOK_AT[role], "users": theirs})
    return found


urlpatterns = [
    path("welcome/", welcome, name="welcome"),
    path("welcome/visits.csv", visits, name="welcome.visits"),
]
