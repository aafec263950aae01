"""Colleagues who looked up many people outside their work: for those who watch over looking, who ask why."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases.circumstances import terms_on
from evenhand.doors.clock import now
from evenhand.doors.permission import AUDITORS, for_roles
from evenhand.sharing.wide_looking import Many, many
from evenhand.web import way
from evenhand.web.templatetags.words import day

BACK = timedelta(days=30)
COLUMNS = [
    {"words": "Day"},
    {"words": "Colleague"},
    {"words": "Outside their work", "numeric": True},
    {"words": "All they looked up", "numeric": True},
    {"words": "Usual that day", "numeric": True},
    {"words": "Searches", "numeric": True},
]


@for_roles(AUDITORS)
def looks_many(request: HttpRequest) -> HttpResponse:
    """The last thirty days, the most first. It accuses nobody: the number is a reason to ask."""
    today = now().day
    limit = terms_on(today).checks_a_day
    context = {
        "title": "Many people looked up",
        "limit": limit,
        "table": {"columns": COLUMNS, "rows": [row(each) for each in many(today - BACK, today, limit)]},
    }
    return render(request, "looks/many.html", context)


def row(found: Many) -> list[Any]:
    """One colleague on one day, with the way to what they looked at."""
    theirs = way.with_query("looks", colleague=found.by.email)
    return [
        day(found.day),
        {"words": found.by.name, "href": theirs},
        str(found.outside),
        str(found.looked_up),
        str(found.usual),
        str(found.searches),
    ]


urlpatterns = [path("looks/many", looks_many, name="looks.many")]
