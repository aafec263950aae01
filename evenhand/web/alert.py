"""Rules 3 and 11: alerts that an older system held, each until somebody has decided what it was.

A code becomes a report of the incident behind it, a need, a hazard of the home, or is let go with a reason; never a
marker. Nobody decides about themselves, or whoever they live with (rule 21).
"""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import sight
from evenhand.doors.clock import now
from evenhand.doors.looked import looked, looked_at_many
from evenhand.doors.permission import for_roles
from evenhand.people import alerts, reading
from evenhand.people.hazards import Act
from evenhand.people.models import InheritedAlert, Person, User
from evenhand.people.models.look import LookKind
from evenhand.people.text import unbroken
from evenhand.policy.alert_code import About
from evenhand.policy.hazard import Hazard
from evenhand.policy.need import Need
from evenhand.policy.staff import DECIDERS, Role
from evenhand.web import way
from evenhand.web.alert_forms import HazardForm, LetGoForm, NeedForm
from evenhand.web.set_up import SetUpView
from evenhand.web.templatetags.words import day, until, urgency

DECIDING = DECIDERS | {Role.DUTY}
SEEING = DECIDING | {Role.DATA_PROTECTION}
WHY = "Alerts of an older system"
ABOUT = {
    About.CONDUCT: "a warning",
    About.NEED: "a need",
    About.HOME: "about the home",
    About.UNKNOWN: "to find out",
}


@for_roles(SEEING)
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that nobody has decided about, whoever's deadline is soonest first."""
    viewer, moment = _colleague(request), now()
    after = request.GET.get("after", "")
    rows, older = alerts.page(sight.people_close_to(viewer, moment.day), after)
    looked_at_many(viewer, [alert.person for alert in rows if alert.person], WHY)
    decides = viewer.actor.has(*DECIDING)
    context = {
        "title": "Inherited alerts",
        "tasks": [_task(alert, moment.day, decides) for alert in rows],
        "decides": decides,
        "older": way.with_query("alerts", after=older) if older else "",
        "newer": way.with_query("alerts") if after else "",
    }
    return render(request, "alert/alerts.html", context)


def _task(alert: InheritedAlert, on: date, decides: bool) -> dict[str, Any]:
    """One row. What somebody needs is for those who decide about it, and for nobody who only oversees."""
    about = alert.means.words if decides else ABOUT[About(alert.about)]
    since = f", since {day(alert.since)}" if alert.since else ""
    return {
        "name": f"{_whose(alert)}: {about}",
        "href": reverse("alert", args=[alert.pk]) if decides else "",
        "hint": f"{f'Code {alert.code}' if decides else 'A code'} of {alert.source}{since}. {_told(alert, on)}",
        "status": until(alert.until, on),
        "kind": urgency(alert.until, on),
        "day": day(alert.until),
    }


def _told(alert: InheritedAlert, on: date) -> str:
    if not alert.warns:
        return "Nobody is told of it."
    return "Visitors are told to take care." if alert.until >= on else "Nobody is told of it any more: decide today."


def _whose(alert: InheritedAlert) -> str:
    about = alert.person.name if alert.person else unbroken(alert.home.address) if alert.home else ""
    return about or "Somebody without a name"


@for_roles(DECIDING)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert, and what it may become."""
    viewer, on = _colleague(request), now().day
    alert = found(pk, viewer)
    if alert.person:
        looked(viewer, LookKind.PERSON, f"{alert.person.source}:{alert.person.ref}", alert.person, WHY)
    elif alert.home:
        looked(viewer, LookKind.HOME, alert.home.address[:200], purpose=WHY)
    means = alert.means
    context = {
        "title": _whose(alert),
        "alert": alert,
        "means": means,
        "rows": _facts(alert, on),
        "report_href": to_report(alert),
        "needs": [(way.PEOPLE.sign(str(one.pk)), one.name) for one in candidates(alert, on)] if means.need else [],
        "need_detail": means.words if means.need is Need.OTHER else "",
        "homes": [(way.HOMES.sign(str(one.pk)), unbroken(one.address)) for one in alerts.homes_of(alert, on)],
        "one_click": means.hazard is not None and means.hazard is not Hazard.OTHER,
        "unclear": means.about is About.UNKNOWN,
        "has_person": bool(candidates(alert, on)),
    }
    return render(request, "alert/alert.html", context)


def _facts(alert: InheritedAlert, on: date) -> list[dict[str, str]]:
    told = {
        "Code": f"{alert.code}: {alert.means.words}" + (", meant for a while only" if alert.means.temporary else ""),
        "From": alert.source,
        "Since": day(alert.since) or "Not known",
        "They meant to look again": day(alert.review_on) or "Not known",
        "What they wrote": alert.note or "Nothing",
        "Home": unbroken(alert.home.address) if alert.home and alert.person else "",
        "Decide by": f"{day(alert.until)} ({until(alert.until, on)})",
        "Until then": _told(alert, on),
    }
    return [{"key": key, "value": value} for key, value in told.items() if value]


def found(pk: int, viewer: User) -> InheritedAlert:
    """One that still waits. 404 for any other, and where it is about the viewer or whoever they live with."""
    close = sight.people_close_to(viewer, now().day)
    try:
        alert = alerts.waiting(close).get(pk=pk)
    except InheritedAlert.DoesNotExist:
        raise Http404 from None
    if not close.isdisjoint(one.pk for one in candidates(alert, now().day)):
        raise Http404
    return alert


def candidates(alert: InheritedAlert, on: date) -> list[Person]:
    """Of whom it may be: the person it names, or else who lives at or visits the home."""
    if alert.person is not None:
        return [reading.kept_record(alert.person)]
    assert alert.home is not None
    there = reading.people_at(alert.home, on).select_related("merged_into")
    return list(dict.fromkeys(map(reading.kept_record, there)))


def to_report(alert: InheritedAlert) -> str:
    """Where the incident behind it is reported; what is sent there settles it."""
    return f"{way.to_report(alert.person, alert.home)}&alert={alert.pk}"


def _colleague(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


class Decide(SetUpView):
    """One decision about one alert."""

    who = DECIDING
    back_words = "Back to the alert"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and user.actor.has(*self.who):
            self.alert = found(kwargs["pk"], user)
        return super().dispatch(request, *args, **kwargs)

    def act(self) -> Act:
        moment = now()
        return Act(self.colleague, moment.at, moment.day)

    def back(self) -> str:
        return reverse("alert", args=[self.alert.pk])

    def get_success_url(self) -> str:
        return reverse("alerts")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        caption = f"{_whose(self.alert)}: {self.alert.means.words}"
        return super().get_context_data(**{"caption": caption, **context})


class AsNeed(Decide):
    form_class = NeedForm
    title = "Record it as a need"
    intro = "It is never held against them, and no visitor is warned of it."
    submit = "Record the need"
    done = "Recorded as a need. The alert is settled."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": candidates(self.alert, now().day)}

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.alert.means.need}

    def change(self, form: NeedForm) -> None:
        told = form.cleaned_data
        alerts.as_need(self.alert, form.person(), told["kind"], told["detail"], self.act())


class AsHazard(Decide):
    form_class = HazardForm
    title = "Record it as a hazard of the home"
    intro = (
        "Whoever visits is told, whoever lives there. It is looked at again after a year, or when a tenancy changes."
    )
    submit = "Record the hazard"
    done = "Recorded as a hazard of the home. The alert is settled."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "homes": alerts.homes_of(self.alert, now().day)}

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.alert.means.hazard}

    def change(self, form: HazardForm) -> None:
        told = form.cleaned_data
        alerts.as_hazard(self.alert, form.home(), told["kind"], told["detail"], self.act())


class LetGo(Decide):
    form_class = LetGoForm
    title = "Let it go"
    intro = "Nobody is told of it any more, and what the older system wrote is removed. That it was let go stays."
    submit = "Let it go"
    done = "Let go. Nobody is told of it any more."

    def change(self, form: LetGoForm) -> None:
        alerts.let_go(self.alert, form.cleaned_data["why"], self.act())


AT = "inherited-alerts/"
urlpatterns = [
    path(AT, waiting, name="alerts"),
    path(f"{AT}<int:pk>/", one, name="alert"),
    path(f"{AT}<int:pk>/need", AsNeed.as_view(), name="alert.need"),
    path(f"{AT}<int:pk>/hazard", AsHazard.as_view(), name="alert.hazard"),
    path(f"{AT}<int:pk>/let-go", LetGo.as_view(), name="alert.let_go"),
]
