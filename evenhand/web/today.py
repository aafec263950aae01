"""Today: what is due from the colleague who looks, overdue first, and the reports that wait for triage."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases import reading
from evenhand.contacts import matching
from evenhand.doors.clock import now
from evenhand.doors.permission import CASEWORKERS, COLLEAGUES, EVERYONE, MATCHERS, for_roles
from evenhand.people.models import User
from evenhand.policy.staff import DECIDERS, Role
from evenhand.sharing import ledger
from evenhand.web import contact_reading, due, objections, owed, policy_register, put_right, visit, way

SHOWS = (
    ("", "Within 30 days"),
    ("overdue", "Overdue"),
    ("later", "Later"),
    ("mine", "My cases"),
    ("everyone", "Everyone’s"),
)
"""Each filter by its word in the address and on the page."""
TRIAGES = DECIDERS | {Role.INVESTIGATOR, Role.DUTY}
FEW = 5
EMPTY = {
    "": ("Nothing is due from you within 30 days", "When something is, it comes here by itself, the soonest first."),
    "overdue": ("Nothing is overdue", "Every promise that falls to you is kept so far."),
    "later": ("Nothing falls to you later", "What is due within 30 days is in the list before this one."),
    "mine": ("Nothing is due in your cases", "A case becomes yours when you are asked to look into it."),
    "everyone": ("Nothing is due from anyone", "Tasks come here when a report is made and a case moves on."),
}


@for_roles(EVERYONE)
def today(request: HttpRequest) -> HttpResponse:
    """What is due. The filter stays in the address; counts stop at one more than a page."""
    viewer = request.user
    assert isinstance(viewer, User)
    on = now().day
    works, matches = viewer.actor.has(*CASEWORKERS), viewer.actor.has(*MATCHERS)
    asked = request.GET.get("show", "")
    show = asked if asked in dict(SHOWS) else ""
    after = request.GET.get("after", "")
    page = reading.tasks(viewer, on, show=show, after=after) if works else reading.Page((), None)
    heading, text = EMPTY[show]
    context = {
        "title": "Today",
        "today": on,
        "works": works,
        "places": filters(viewer, show, None if after else page) if works else [],
        "tasks": due.rows(owed.naming(page.rows), on, viewer),
        "older": way.with_query("today", show=show, after=page.after) if page.after else "",
        "newer": way.with_query("today", show=show) if after else "",
        "empty_heading": heading,
        "empty_text": text,
        "report_href": way.to_report() if viewer.actor.has(*COLLEAGUES) else "",
        "let_go": ledger.unconfirmed(ledger.colleague(viewer)).exists(),
        "visits": visit.for_today(viewer),
        "to_read": contact_reading.on_today(viewer),
        "objections": objections.on_today(viewer, on),
        "put_right": put_right.on_today(viewer, on),
        "unmatched": bounded(unmatched) if matches and (unmatched := matching.how_many()) else "",
        "policy": policy_register.reminder(on) if policy_register.keeps(request) else None,
        **untriaged(viewer),
        "own": [] if works else what_happened_to(viewer, on),
    }
    return render(request, "today/today.html", context)


def what_happened_to(viewer: User, on: date) -> list[reading.CaseRow]:
    """The latest of what they reported or were affected by, and nothing else that their roles let them know of."""
    if not viewer.actor.has(Role.DATA_PROTECTION):
        return list(reading.cases(viewer, on, show="all").rows[:FEW])
    return list(reading.cases(viewer, on, show="reported").rows[:FEW])


def filters(viewer: User, here: str, first: reading.Page[reading.TaskRow] | None) -> list[dict[str, Any]]:
    """The filters as links, each with how many it shows. `first` is the first page of the one `here`, if at hand."""
    on = now().day
    return [
        {
            "words": words,
            "href": way.with_query("today", show=show),
            "here": show == here,
            "count": bounded(reading.how_many_tasks(viewer, on, show, first if show == here else None)),
        }
        for show, words in SHOWS
    ]


def bounded(count: int) -> str:
    """A count that costs no more than a page: "25+"."""
    return f"{reading.PAGE}+" if count > reading.PAGE else str(count)


def untriaged(viewer: User) -> dict[str, Any]:
    """Reports that nobody has made anything of yet, the longest waiting first, for those who may."""
    if not viewer.actor.has(*TRIAGES):
        return {"waiting": [], "waiting_count": ""}
    page = reading.cases(viewer, now().day, show="untriaged")
    count = len(page.rows) + (1 if page.after else 0)
    return {"waiting": page.rows[:FEW], "waiting_count": bounded(count), "waiting_more": count > FEW}


urlpatterns = [path("", today, name="today")]
