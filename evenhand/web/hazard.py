"""Rule 9: what may hurt a visitor to a home: recorded by whoever saw it, looked at again, and ended.

It belongs to the home and says nothing of anyone who lives there. Nobody looks after their own home's (rule 21).
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import CASEWORKERS, PLANNERS, for_roles
from evenhand.people import hazards, known
from evenhand.people.hazards import Act
from evenhand.people.models import Home, HomeHazard, User
from evenhand.people.models.look import LookKind
from evenhand.people.text import unbroken
from evenhand.policy.hazard import Hazard
from evenhand.policy.staff import Role
from evenhand.web import way
from evenhand.web.fields import OneOf, Words
from evenhand.web.said import full
from evenhand.web.set_up import PlainForm, SetUpView
from evenhand.web.templatetags.words import day, until, urgency

SEEING = frozenset({Role.COLLEAGUE})
LOOKING_AFTER = (CASEWORKERS | PLANNERS) - {Role.INDEPENDENT}
DETAIL = (
    "What exactly, and where?",
    "For example, “in the yard, by the back gate”. Write nothing about people, their health or how they behave.",
)
EMPTY = (
    "No hazard is recorded at this home",
    "That is not a promise of safety: follow the lone-working procedure.",
)


class HazardForm(PlainForm):
    kind = OneOf("What is the hazard?", Hazard, missing="Choose what the hazard is")
    detail = Words(*DETAIL, rows=2, required=False, max_length=400)


class StillThereForm(PlainForm):
    detail = Words(*DETAIL, rows=2, required=False, max_length=400)


class GoneForm(PlainForm):
    why = Words(
        "How do you know that it is gone?",
        "Who looked and when, or what was done about it.",
        rows=3,
        missing="Say how you know that it is gone",
    )


def may_look_after(signed: str, viewer: User) -> Home:
    """The home of a signed address. 404 for any other, and for the viewer's own."""
    try:
        found = Home.objects.get(pk=way.home_of(signed))
    except (LookupError, Home.DoesNotExist):
        raise Http404 from None
    if viewer.actor_id in known.colleagues_at(found.pk, now().day):
        raise Http404
    return found


@for_roles(SEEING)
def of_home(request: HttpRequest, signed: str) -> HttpResponse:
    """The hazards of one home, each with what may be done about it."""
    viewer, on = request.user, now().day
    assert isinstance(viewer, User)
    home = may_look_after(signed, viewer)
    looked(viewer, LookKind.HOME, home.address[:200])
    context = {
        "title": f"Hazards at {unbroken(home.address)}",
        "signed": signed,
        "back": way.to_check(home),
        "rows": [_row(each, on) for each in hazards.at([home.pk], on).select_related("seen_by")],
        "looks_after": viewer.actor.has(*LOOKING_AFTER),
        "empty": EMPTY,
    }
    return render(request, "hazard/home.html", context)


@for_roles(LOOKING_AFTER)
def to_look_at(request: HttpRequest) -> HttpResponse:
    """Hazards that nobody looked at for a year, or whose home changed hands since, the longest overdue first."""
    on, after = now().day, request.GET.get("after", "")
    rows, older = hazards.to_look_at(on, after)
    context = {
        "title": "Hazards to look at again",
        "tasks": [_task(each, on) for each in rows],
        "older": way.with_query("hazards", after=older) if older else "",
        "newer": way.with_query("hazards") if after else "",
    }
    return render(request, "hazard/hazards.html", context)


def _row(hazard: Any, on: Any) -> dict[str, Any]:
    return {
        "pk": hazard.pk,
        "kind": hazard.kind,
        "detail": hazard.detail,
        "what_to_do": Hazard(hazard.kind).what_to_do,
        "seen": f"{day(hazard.seen_on)}, by {hazard.seen_by.name}",
        "due": day(hazard.due_on),
        "late": hazard.due_on <= on,
    }


def _task(hazard: Any, on: Any) -> dict[str, Any]:
    """One hazard to look at again: where, what, and since when it waits."""
    return {
        "name": f"{unbroken(hazard.home.address)}: look again at {hazard.kind}",
        "href": way.to_hazards(hazard.home),
        "hint": f"{full(hazard.detail)} Last seen on {day(hazard.seen_on)} by {hazard.seen_by.name}.".strip(),
        "status": until(hazard.due_on, on),
        "kind": urgency(hazard.due_on, on),
        "day": day(hazard.due_on),
    }


class HazardView(SetUpView):
    """One change to the hazards of a home."""

    who = SEEING
    back_words = "Back to the hazards of this home"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and user.actor.has(*self.who):
            self.home = may_look_after(kwargs["signed"], user)
            self.hazard = self.found(kwargs["pk"]) if "pk" in kwargs else None
        return super().dispatch(request, *args, **kwargs)

    def found(self, pk: int) -> HomeHazard:
        try:
            return HomeHazard.objects.get(pk=pk, home=self.home, ended_on=None)
        except HomeHazard.DoesNotExist:
            raise Http404 from None

    def act(self) -> Act:
        moment = now()
        return Act(self.colleague, moment.at, moment.day)

    def back(self) -> str:
        return reverse("home.hazards", args=[self.kwargs["signed"]])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        about = self.hazard.kind if self.hazard else ""
        where = unbroken(self.home.address)
        caption = f"{where}: {about}" if about else where
        return super().get_context_data(**{"caption": caption, **context})


class Record(HazardView):
    form_class = HazardForm
    title = "Record a hazard of this home"
    intro = "Whoever is about to visit is told of it, contractors too. It stays with the home, whoever lives there."
    submit = "Record it"
    done = "Recorded. Whoever checks this home, or somebody who lives there, is told from now."

    def change(self, form: HazardForm) -> None:
        hazards.record(self.home, form.cleaned_data["kind"], form.cleaned_data["detail"], self.act())


class StillThere(HazardView):
    form_class = StillThereForm
    title = "Say that it is still there"
    intro = "Only if you saw it, or somebody told you who did. It is looked at again in a year, or when a tenancy ends."
    submit = "It is still there"

    def get_initial(self) -> dict[str, Any]:
        return {"detail": self.hazard.detail if self.hazard else ""}

    def change(self, form: StillThereForm) -> None:
        assert self.hazard
        hazards.still_there(self.hazard, form.cleaned_data["detail"], self.act())


class Gone(HazardView):
    form_class = GoneForm
    who = LOOKING_AFTER
    title = "End this hazard"
    intro = "From now nobody is told of it. If you are not sure, leave it and ask somebody to look."
    submit = "End it"
    done = "Ended. Nobody is told of it any more."

    def change(self, form: GoneForm) -> None:
        assert self.hazard
        hazards.end(self.hazard, form.cleaned_data["why"], self.act())


AT = "check/home/<str:signed>/hazards/"
urlpatterns = [
    path("hazards/", to_look_at, name="hazards"),
    path(AT, of_home, name="home.hazards"),
    path(f"{AT}record", Record.as_view(), name="hazard.record"),
    path(f"{AT}<int:pk>/still-there", StillThere.as_view(), name="hazard.still_there"),
    path(f"{AT}<int:pk>/end", Gone.as_view(), name="hazard.end"),
]
