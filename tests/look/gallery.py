"""Pages that show every part of the look at once, for pictures and for axe. They use no database."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, include, path
from django.views import defaults

from evenhand.policy.promises import Promise
from evenhand.policy.staff import Role
from evenhand.web.demand_chart import Line, Stood
from tests.look.forms import EveryQuestion, Laid, Narrow

TODAY = date(2026, 12, 3)
PRIYA = SimpleNamespace(is_authenticated=True, pk=7, name="Priya Nair", roles=[Role.MANAGER, Role.ADMINISTRATOR])

OBJECTIONS = [
    {
        "words": "Nobody has heard the customer's side of what happened, and only one attempt has been made to.",
        "promise": Promise.I2,
        "href": "/cases/TQ7K-41/account",
        "remedy": "Record an attempt, or what they said",
    },
    {
        "words": "You were shouted at in this incident, so someone else has to decide about it.",
        "promise": Promise.D2,
        "href": "/cases/TQ7K-41/assign",
        "remedy": "Ask another manager to decide",
    },
]
CHART = {
    "lines": [
        Line(
            "Antisocial behaviour report of 12 October 2026",
            "Antisocial behaviour report of 12 October 2026: 4 contacts, 2 counted",
            [
                ("24.00%", "20.00%", Stood.IN_TIME),
                ("44.00%", "2.00%", Stood.LATE),
                ("46.00%", "30.00%", Stood.NOT_DONE),
            ],
            [("26.00%", True), ("40.00%", True), ("45.00%", False), ("45.00%", False)],
            ["21 October 2026", "22 October 2026", "23 October 2026 to 6 November 2026", "4", "2"],
            "44.00%",
        )
    ],
    "ticks": [("0.00%", "1 Oct", "2026"), ("28.00%", "", ""), ("62.00%", "1 Nov", "")],
    "days": 50,
    "rest": (2, 3),
    "first": "1 October 2026",
    "last": "19 November 2026",
}
TASKS = [
    {
        "name": "Review the marker about Mr Aleksander Wiśniewski",
        "href": "/cases/TQ7K-41",
        "hint": "Placed on 1 June 2026 after a threat with a hammer",
        "promise": Promise.M2,
        "status": "2 days overdue",
        "kind": "danger",
        "day": "1 December 2026",
    },
    {
        "name": "Ring Ms Ọláyínká Adébáyọ̀ for her side of what happened",
        "href": "/cases/PM3X-08",
        "hint": "Second of three attempts",
        "promise": Promise.I2,
        "status": "tomorrow",
        "kind": "due",
        "day": "4 December 2026",
    },
    {"name": "Approve the letter to Mrs Evans", "href": "/letters/9", "status": "in 6 days", "day": "9 December 2026"},
]
ENTRIES = [
    {
        "title": "The customer's account was heard",
        "by": "Tom Hughes, housing officer",
        "moment": datetime(2026, 12, 2, 14, 30, tzinfo=UTC),
        "quote": "I was frightened. The water was coming through the ceiling and nobody had rung me back for a week.",
        "weighty": True,
    },
    {
        "title": "Two attempts to reach the customer",
        "by": "Tom Hughes, housing officer",
        "moment": datetime(2026, 11, 27, 9, 0, tzinfo=UTC),
        "text": "By telephone, then by letter. Neither was answered.",
        "tag": "Waiting",
        "kind": "due",
        "href": "/cases/TQ7K-41/attempts",
    },
    {
        "title": "An incident was reported",
        "by": "Sam Okafor, repairs operative",
        "moment": datetime(2026, 11, 20, 7, 45, tzinfo=UTC),
    },
]
ROWS = [
    {"key": "Who", "value": "Aleksander Wiśniewski", "href": "/people/1", "link": "Open", "about": "their page"},
    {"key": "Where", "value": "14 Larch Court\nLeeds\nLS9 8XY"},
    {"key": "How they are told", "value": "Email, large print", "href": "/people/1/needs"},
]
CASE_TABS = [
    {"words": "What happened", "href": "/parts", "here": True, "count": 3},
    {"words": "Account and support", "href": "/a", "here": False, "count": None},
    {"words": "Decision", "href": "/b", "here": False, "count": None},
    {"words": "Limits and markers", "href": "/c", "here": False, "count": 1},
    {"words": "Letters", "href": "/d", "here": False, "count": 12},
]
TABLE: dict[str, Any] = {
    "columns": [{"words": "Month"}, {"words": "Incidents", "numeric": True}, {"words": "State"}],
    "rows": [
        ["September 2026", {"words": "1", "numeric": True}, {"words": "Closed", "kind": "good"}],
        ["October 2026", {"words": "11", "numeric": True}, {"words": "Overdue", "kind": "danger"}],
        ["November 2026", {"words": "104", "numeric": True}, {"words": "Open", "href": "/cases"}],
    ],
}


def shown(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page as a manager sees it."""
    request.user = PRIYA
    return render(request, template, {"today": TODAY, **context})


def parts(request: HttpRequest) -> HttpResponse:
    """Everything that shows what is known."""
    told = [
        Message(constants.SUCCESS, "The incident was reported. Its reference is TQ7K-41."),
        Message(constants.ERROR, "The letter could not be sent. It is in the queue for someone to look at."),
        Message(constants.INFO, "The register was last brought in on 2 December 2026."),
    ]
    return shown(
        request,
        "gallery/parts.html",
        objections=OBJECTIONS,
        tasks=TASKS,
        entries=ENTRIES,
        rows=ROWS,
        tabs=CASE_TABS,
        table=TABLE,
        bars=[("Sep", 1), ("Oct", 11), ("Nov", 104)],
        beside=[("0 to 9 minutes", 174), ("10 to 79 minutes", 12), ("This customer: 691 minutes", 1)],
        chart=CHART,
        narrow=Narrow({"who": "team", "words": ""}),
        messages=told,
    )


def today(request: HttpRequest) -> HttpResponse:
    """A list of what is due, beside its filter."""
    chosen = [{"words": "My team's", "href": "/"}]
    return shown(request, "gallery/today.html", tasks=TASKS, narrow=Narrow({"who": "team"}), chosen=chosen)


def case(request: HttpRequest) -> HttpResponse:
    """A case: its header, what stands in the way, its timeline."""
    return shown(request, "gallery/case.html", objections=OBJECTIONS, entries=ENTRIES, rows=ROWS, tabs=CASE_TABS)


def act(request: HttpRequest, form: Any = None, **context: Any) -> HttpResponse:
    """One verb's page."""
    page = {"title": "Record what happened", "caption": "TQ7K-41", "back": "/case", "form": form or EveryQuestion()}
    return shown(request, "act.html", **page, **context)


def questions(request: HttpRequest) -> HttpResponse:
    """Every kind of question, empty; sent, it answers with what is wrong."""
    sent = EveryQuestion(request.POST, request.FILES) if request.method == "POST" else None
    return act(request, sent, intro="Say what you saw and heard. You can add to it later.", draft="gallery")


def mistakes(request: HttpRequest) -> HttpResponse:
    """Every kind of question, wrongly answered."""
    form = EveryQuestion({"day_0": "42", "day_1": "12", "day_2": "2026", "email": "no"})
    form.add_error(None, "Something happened in this case while you were writing. Read it, then send yours again.")
    return act(request, form)


def laid(request: HttpRequest) -> HttpResponse:
    """A form with a layout, beside its evidence."""
    return act(request, Laid(), evidence_template="gallery/evidence.html", entries=ENTRIES, weighty=True)


def refused(request: HttpRequest) -> HttpResponse:
    """A verb that something stands in the way of."""
    return act(request, Laid(), objections=OBJECTIONS)


def nothing(request: HttpRequest) -> HttpResponse:
    """Any place of the navigation."""
    return shown(request, "gallery/nothing.html")


def done(request: HttpRequest) -> HttpResponse:
    """What a colleague sees after a form with a draft has arrived."""
    arrived = Message(constants.SUCCESS, "The incident was reported.", extra_tags="gallery")
    return shown(request, "gallery/nothing.html", messages=[arrived])


def not_found(request: HttpRequest) -> HttpResponse:
    request.user = PRIYA
    return defaults.page_not_found(request, Exception())


def not_allowed(request: HttpRequest) -> HttpResponse:
    request.user = PRIYA
    return defaults.permission_denied(request, Exception())


PAGES = {
    "/": today,
    "/parts": parts,
    "/case": case,
    "/questions": questions,
    "/mistakes": mistakes,
    "/laid": laid,
    "/refused": refused,
    "/cases": nothing,
    "/done": done,
    "/404": not_found,
    "/403": not_allowed,
    "/500": defaults.server_error,
}
PLACES = ["report-incident", "cases", "reviews", "appeals", "letters", "policy", "administration", "check"]

urlpatterns: list[URLPattern] = [
    path("", today, name="today"),
    *[path(address.lstrip("/"), view) for address, view in PAGES.items() if address != "/"],
    *[path(name, nothing, name=name) for name in PLACES],
    path("accounts/", include("allauth.urls")),
]
