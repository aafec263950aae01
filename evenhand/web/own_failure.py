"""C2: the landlord's own failure demand: each matter that caused contacts by being late, or closed and not done.

Each leads to somebody who puts it right by a day (`web/put_right.py`).
"""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import sight
from evenhand.contacts import putting_right, suggesting
from evenhand.contacts.models import Matter, OwnFailure, PutRight
from evenhand.contacts.putting_right import Said
from evenhand.contacts.terms import demand_terms
from evenhand.doors.clock import now
from evenhand.doors.looked import looked, looked_at_many
from evenhand.doors.permission import COLLEAGUES, for_roles
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.policy.staff import DECIDERS
from evenhand.web import own_failure_contacts, put_right, way
from evenhand.web.choosing import Colleague
from evenhand.web.demand_chart import kind_in_words
from evenhand.web.demand_csv import safe
from evenhand.web.fields import Day, Words
from evenhand.web.how_often import LOOKED_FOR, to_how_often
from evenhand.web.own_failure_contacts import LATEST, how_many
from evenhand.web.set_up import PlainForm, SetUpView
from evenhand.web.templatetags.words import day

PAGE = 25
COLUMNS = [
    {"words": "Matter"},
    {"words": "Whose"},
    {"words": "Contacts it caused", "numeric": True},
    {"words": "Minutes", "numeric": True},
    {"words": "Where it stands"},
    {"words": "Who puts it right"},
]


def worst(close: frozenset[int], most: int) -> list[dict[str, Any]]:
    """The first of them as a short list: those that can still be put right, then by the minutes they took."""
    found = list(_all(close)[:most])
    tasks = putting_right.of_matters(row.matter_id for row in found)
    return [_short(row, tasks.get(row.matter_id)) for row in found]


@for_roles(DECIDERS)
def failures(request: HttpRequest) -> HttpResponse:
    """All of them, worst first, page by page."""
    viewer, close = _viewer(request)
    rows = list(_from(_all(close), request.GET.get("after", ""))[: PAGE + 1])
    tasks = [] if request.GET.get("after") else putting_right.waiting(close, PAGE)
    shown = [row.matter for row in rows[:PAGE]] + [task.matter for task in tasks]
    looked_at_many(viewer, dict.fromkeys(one.person for one in shown), LOOKED_FOR)
    context = {
        "title": "Our own failures",
        "back": reverse("demand"),
        "columns": COLUMNS,
        "rows": _rows(rows[:PAGE]),
        "tasks": [put_right.as_task(task, now().day, viewer) for task in tasks],
        "older": way.with_query("own_failure", after=_key(rows[PAGE - 1])) if len(rows) > PAGE else "",
        "newer": way.with_query("own_failure") if request.GET.get("after") else "",
    }
    return render(request, "demand/own_failures.html", context)


@for_roles(DECIDERS)
def as_csv(request: HttpRequest) -> HttpResponse:
    """All of them as a file to keep, without a customer's name: the matter's own reference says which it is."""
    _, close = _viewer(request)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["matter", "kind", "opened", "promised_by", "closed", "done", "contacts", "minutes", "stands"])
    for row in _all(close).iterator(chunk_size=2_000):
        one = row.matter
        days = [
            each.isoformat() if each else "" for each in (one.opened_on, one.respond_by, one.closed_on, one.done_on)
        ]
        told = [
            safe(one.ref),
            safe(kind_in_words(one.kind)),
            *(each or "" for each in days),
            row.contacts,
            row.minutes or "",
            put_right.standing(one),
        ]
        writer.writerow(told)
    return HttpResponse(
        text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="our-own-failures.csv"'},
    )


@for_roles(DECIDERS)
def failure(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter: its days, the contacts it caused, and the others about it. 404 if it caused none now."""
    viewer, close = _viewer(request)
    row = _all(close).filter(matter=pk).first()
    if row is None:
        raise Http404
    one, person = row.matter, row.matter.person
    looked(viewer, LookKind.PERSON, f"{person.source}:{person.ref}", person, LOOKED_FOR)
    terms = demand_terms()
    span = suggesting.kept_span() or suggesting.year_to(now().day, terms)
    task = putting_right.of_matters([pk]).get(pk)
    behind = own_failure_contacts.behind(one, row.contacts, span, terms)
    days = (("Opened", one.opened_on), ("Told", one.told_on), ("Promised by", one.respond_by),
            ("Answered", one.responded_on), ("Closed", one.closed_on), ("Done", one.done_on),
            ("Opened again", one.reopened_on))  # fmt: skip
    context = {
        "title": put_right.name_of(one),
        "person": person,
        "person_href": to_how_often(person),
        "back": reverse("own_failure"),
        "task": task,
        "done_on": one.done_on,
        "ask": "" if task and not task.done_on else reverse("own_failure.ask", args=[pk]),
        "facts": [
            {"key": "Reference", "value": one.ref},
            *({"key": words, "value": day(when)} for words, when in days if when),
            {"key": "Where it stands", "value": put_right.standing(one)},
            {"key": "Contacts it caused", "value": how_many(row.contacts, row.minutes)},
            {"key": "Who puts it right", "value": _in_words(one, task)},
        ],
        "columns": own_failure_contacts.COLUMNS,
        "rows": behind.caused[:LATEST],
        "earlier": behind.caused[LATEST:],
        "others": behind.about,
        "elsewhere": behind.elsewhere,
    }
    return render(request, "demand/own_failure.html", context)


def _in_words(one: Matter, task: PutRight | None) -> str:
    if task:
        return put_right.in_a_word(task)
    return put_right.NOBODY if one.done_on else "Nobody was asked yet"


def _viewer(request: HttpRequest) -> tuple[User, frozenset[int]]:
    """Who looks, and whom they are too close to; what has changed since is counted first."""
    viewer = request.user
    assert isinstance(viewer, User)
    suggesting.measure_changed(now().at, demand_terms())
    return viewer, sight.people_close_to(viewer, now().day)


def _all(close: Iterable[int]) -> QuerySet[OwnFailure]:
    found = OwnFailure.objects.exclude(matter__person__in=close).select_related("matter__person")
    return found.annotate(is_done=Q(matter__done_on__isnull=False)).order_by("is_done", "-minutes", "pk")


def _from(found: QuerySet[OwnFailure], after: str) -> QuerySet[OwnFailure]:
    """Those that follow the last one of a page, by what it was sorted by."""
    done, _, rest = after.partition("-")
    minutes, _, key = rest.partition("-")
    if done not in ("0", "1") or not all(each.isascii() and each.isdecimal() for each in (minutes, key)):
        return found
    if max(len(minutes), len(key)) > 9:
        return found
    same = Q(is_done=done == "1") & (Q(minutes__lt=int(minutes)) | Q(minutes=int(minutes), pk__gt=int(key)))
    return found.filter(same if done == "1" else same | Q(is_done=True))


def _key(row: Any) -> str:
    return f"{int(row.is_done)}-{row.minutes}-{row.pk}"


def _rows(found: list[OwnFailure]) -> list[list[Any]]:
    """Each as a row of `COLUMNS`, with whoever puts it right."""
    tasks = putting_right.of_matters(row.matter_id for row in found)
    return [_row(row, tasks.get(row.matter_id)) for row in found]


def _row(row: OwnFailure, task: PutRight | None) -> list[Any]:
    href = reverse("own_failure.matter", args=[row.matter_id])
    return [
        {"words": put_right.name_of(row.matter), "href": href},
        {"words": row.matter.person.name, "href": to_how_often(row.matter.person)},
        {"words": row.contacts, "numeric": True},
        {"words": row.minutes or "None recorded", "numeric": True},
        put_right.standing(row.matter),
        _who(row, task),
    ]


def _short(row: OwnFailure, task: PutRight | None) -> dict[str, Any]:
    """One of them in two lines."""
    person = row.matter.person
    return {
        "name": put_right.name_of(row.matter),
        "href": reverse("own_failure.matter", args=[row.matter_id]),
        "person": person,
        "whose": person.name,
        "whose_href": to_how_often(person),
        "caused": how_many(row.contacts, row.minutes),
        "stands": put_right.standing(row.matter),
        "who": _who(row, task),
    }


def _who(row: OwnFailure, task: PutRight | None) -> Any:
    """Who puts it right. What is done needs nobody."""
    if task:
        return {"words": put_right.in_a_word(task), "href": put_right.page_of(task)}
    if row.matter.done_on:
        return {"words": put_right.NOBODY}
    return {"words": "Ask somebody", "href": reverse("own_failure.ask", args=[row.matter_id])}


class AskForm(PlainForm):
    what = Words(
        "What is to be put right?",
        "The work, and what the customer is told: when it is done, and that we are sorry. Whoever you ask reads it.",
        missing="Say what is to be put right",
        rows=4,
    )
    who = Colleague("Who puts it right?", *sorted(COLLEAGUES), missing="Choose who puts it right")
    by_day = Day(put_right.BY_DAY, missing=put_right.SAY_A_DAY)


class Ask(SetUpView):
    """A manager asks somebody to put one matter right by a day."""

    who = DECIDERS
    form_class = AskForm
    once = True
    title = "Ask somebody to put it right"
    submit = "Ask them"
    done = "They were asked. It is on their first page until they say that it is done."
    back_words = "Back to the matter"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and user.actor.has(*self.who):
            found = _all(sight.people_close_to(user, now().day)).filter(matter=kwargs["pk"]).first()
            if found is None:
                raise Http404
            self.matter = found.matter
        return super().dispatch(request, *args, **kwargs)

    def back(self) -> str:
        return reverse("own_failure.matter", args=[self.matter.pk])

    def get_form(self, form_class: Any = None) -> Any:
        return put_right.choosing_who(super().get_form(form_class), self.matter.person)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told = {"caption": f"{self.matter.person.name}: {put_right.name_of(self.matter)}"}
        if self.matter.done_on:
            done = f"It was done on {day(self.matter.done_on)}"
            told["intro"] = f"{done}, so it needs nobody. Ask only if the customer says that it is not right."
        return super().get_context_data(**{**told, **context})

    def change(self, form: AskForm) -> None:
        told, said = form.cleaned_data, Said(self.colleague, now().at, now().day)
        who = User.objects.get(actor_id=told["who"])
        putting_right.ask(self.matter, told["what"], who, told["by_day"], said)


urlpatterns = [
    path("worth-a-look/our-own-failures/", failures, name="own_failure"),
    path("worth-a-look/our-own-failures.csv", as_csv, name="own_failure.list"),
    path("worth-a-look/our-own-failures/<int:pk>", failure, name="own_failure.matter"),
    path("worth-a-look/our-own-failures/<int:pk>/ask", Ask.as_view(), name="own_failure.ask"),
]
