"""Rule 21: who works here, what they may do, and who changed it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from evenhand.doors.clock import now
from evenhand.doors.permission import ADMINISTRATORS, for_roles
from evenhand.people import changes, second_step
from evenhand.people.models import Change, User
from evenhand.people.models.change import ChangeKind
from evenhand.policy.staff import Role
from evenhand.web import invitation, way
from evenhand.web.colleague_forms import NarrowColleagues
from evenhand.web.role_words import DOES, ORDER, title, titles
from evenhand.web.templatetags.words import day

PAGE = 25


@for_roles(ADMINISTRATORS)
def colleagues(request: HttpRequest) -> HttpResponse:
    """Everyone, by last name; what the list is narrowed to stays in the address."""
    form = NarrowColleagues(request.GET or None)
    asked = {name: request.GET.get(name, "") for name in ("words", "role", "team", "show")}
    found = after(narrowed(**asked), request.GET.get("after", ""))
    rows = list(found.select_related("team")[: PAGE + 1])
    more = str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    context = {
        "title": "Colleagues",
        "form": form,
        "columns": [{"words": words} for words in ("Name", "What they may do", "Team", "Works here")],
        "rows": [row(user) for user in rows[:PAGE]],
        "narrow": any(asked.values()),
        "older": way.with_query("colleagues", **asked, after=more) if more else "",
        "newer": way.with_query("colleagues", **asked) if request.GET.get("after") else "",
    }
    return render(request, "administration/colleagues.html", context)


def narrowed(words: str, role: str, team: str, show: str) -> QuerySet[User]:
    found = User.objects.order_by("last_name", "first_name", "pk")
    if show != "all":
        found = found.filter(is_active=show != "left")
    if role in {each.value for each in Role}:
        found = found.filter(roles__contains=[role])
    if team.isdecimal():
        found = found.filter(team=int(team))
    for word in words.split():
        found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word))
    return found


def after(found: QuerySet[User], key: str) -> QuerySet[User]:
    """The part of the list that follows a colleague, by a look at their place in it and never by counting."""
    last = User.objects.filter(pk=int(key)).first() if key.isdecimal() else None
    if last is None:
        return found
    same = Q(last_name=last.last_name)
    return found.filter(
        Q(last_name__gt=last.last_name)
        | same & Q(first_name__gt=last.first_name)
        | same & Q(first_name=last.first_name, pk__gt=last.pk)
    )


def row(user: User) -> list[Any]:
    here = {"words": "Yes"} if user.is_active else {"words": f"Left on {day(user.left_on)}" if user.left_on else "No"}
    name = {"words": user.name, "href": reverse("colleague", args=[user.pk])}
    return [name, titles(user.roles), user.team.name if user.team else "", here]


@for_roles(ADMINISTRATORS)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague, what may be done about them, and who changed what."""
    user = get_object_or_404(User.objects.select_related("team", "manager", "cover", "person"), pk=pk)
    context = {
        "title": user.name,
        "person": user,
        "rows": facts(user),
        "second_step": second_step.has_one(user),
        "may": [(title(role), DOES[role]) for role in ORDER if role.value in user.roles] if user.is_active else [],
        "waits": invitation.waits(user),
        "trail": Change.objects.filter(kind=ChangeKind.COLLEAGUE, about=user.actor_id).select_related("by")[:PAGE],
    }
    return render(request, "administration/colleague.html", context)


def facts(user: User) -> list[dict[str, str]]:
    told = {
        "Work email": user.email,
        "Job title": user.job_title,
        "Telephone": user.telephone,
        "Team": user.team.name if user.team else "",
        "Second step": second_step.in_words(user),
        "Manager": user.manager.name if user.manager else "",
        "Record as a customer": f"{user.person.name}, {user.person.ref}" if user.person else "",
        "Left on": day(user.left_on),
        "Covered by": user.cover.name if user.cover else "",
    }
    return [{"key": key, "value": value} for key, value in told.items() if value]


@for_roles(ADMINISTRATORS)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends the link with which they choose a password; or shows it, while they have none.

    A page that was reloaded, or opened from its address, sends and shows nothing and leads to the colleague.
    """
    if request.method == "GET":
        return redirect("colleague", pk=pk)
    user = get_object_or_404(User, pk=pk, is_active=True)
    assert isinstance(request.user, User)
    shown = "show" in request.POST and invitation.waits(user)
    told = "Saw a link to choose a password" if shown else "Sent a link to choose a password"
    changes.note(request.user, now().at, ChangeKind.COLLEAGUE, user.actor_id, f"{told}.")
    if shown:
        context = {"title": f"A link for {user.name}", "person": user, "link": invitation.link(request, user)}
        return render(request, "administration/link.html", {**context, "days": invitation.DAYS})
    invitation.send_and_tell(request, user)
    return redirect("colleague", pk=pk)


AT = "administration/colleagues/"
urlpatterns = [
    path(AT, colleagues, name="colleagues"),
    path(f"{AT}<int:pk>/", one, name="colleague"),
    path(f"{AT}<int:pk>/link", invite, name="colleague.link"),
]
