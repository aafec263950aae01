"""Where a colleague is signed in, and ending what they do not know of or have left open."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from evenhand.doors.clock import now
from evenhand.doors.permission import EVERYONE, for_roles
from evenhand.people.models import Session, User

ENDED = "Signed out there. Whoever uses it has to sign in again."
NONE_ENDED = "There was nothing left to end: that browser is no longer signed in."


@for_roles(EVERYONE)
@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Every browser they are signed in with; one of the others is ended by its mark, or all of them."""
    user, here = request.user, request.session.session_key
    assert isinstance(user, User)
    theirs = list(Session.objects.filter(user=user, expire_date__gt=now().at).order_by("-used_at", "-begun_at"))
    others = [each for each in theirs if each.session_key != here]
    if request.method == "POST":
        chosen = others if "others" in request.POST else [e for e in others if e.mark == request.POST.get("one")]
        ended = Session.objects.filter(user=user, pk__in=[each.pk for each in chosen]).delete()[0]
        messages.success(request, ENDED) if ended else messages.info(request, NONE_ENDED)
        return redirect("sessions")
    context = {
        "title": "Where you are signed in",
        "here": next((each for each in theirs if each.session_key == here), None),
        "others": others,
    }
    return render(request, "account/sessions.html", context)


@for_roles(EVERYONE)
def here(request: HttpRequest) -> HttpResponse:
    """Says that somebody is still there: asked for by a page in which they write for a long time."""
    return HttpResponse("Still signed in.", content_type="text/plain; charset=utf-8")


urlpatterns = [
    path("sessions/", sessions, name="sessions"),
    path("sessions/here", here, name="sessions.here"),
]
