"""C2: the landlord's own failure demand: each matter that caused contacts by being late, or closed and not done."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import sight
from evenhand.contacts import history, suggesting
from evenhand.contacts.models import OwnFailure
from evenhand.contacts.terms import demand_terms
from evenhand.doors.clock import now
from evenhand.doors.looked import looked, looked_at_many
from evenhand.doors.permission import for_roles
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.policy.staff import DECIDERS
from evenhand.web import demand_list, demand_shown, way
from evenhand.web.demand_chart import kind_in_words
from evenhand.web.demand_csv import safe
from evenhand.web.how_often import LOOKED_FOR, to_how_often
from evenhand.web.templatetags.words import day

PAGE = 50
COLUMNS = [
    {"words": "Matter"},
    {"words": "Whose"},
    {"words": "Contacts it caused", "numeric": True},
    {"words": "Minutes", "numeric": True},
    {"words": "Where it stands"},
]


def worst(close: frozenset[int], most: int) -> list[list[Any]]:
    """The first of them as rows of a table: those that can still be put right, then by the minutes they took."""
    return [_row(row) for row in _all(close)[:most]]


@for_roles(DECIDERS)
def failures(request: HttpRequest) -> HttpResponse:
    """All of them, worst first, page by page."""
    viewer, close = _viewer(request)
    rows = list(_from(_all(close), request.GET.get("after", ""))[: PAGE + 1])
    looked_at_many(viewer, [row.matter.person for row in rows[:PAGE]], LOOKED_FOR)
    context = {
        "title": "Our own failures",
        "back": reverse("demand"),
        "columns": COLUMNS,
        "rows": [_row(row) for row in rows[:PAGE]],
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
            row.minutes,
            _standing(row),
        ]
        writer.writerow(told)
    return HttpResponse(
        text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="our-own-failures.csv"'},
    )


@for_roles(DECIDERS)
def failure(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter: its days, and every contact about it of whoever it belongs to. 404 if it caused none now."""
    viewer, close = _viewer(request)
    row = _all(close).filter(matter=pk).first()
    if row is None:
        raise Http404
    one, person = row.matter, row.matter.person
    looked(viewer, LookKind.PERSON, f"{person.source}:{person.ref}", person, LOOKED_FOR)
    terms = demand_terms()
    span = suggesting.kept_span() or suggesting.year_to(now().day, terms)
    listed = demand_list.rows(history.of(person, span), terms)
    about = [demand_shown.cells(each.row) for each in reversed(listed) if each.contact.matter == str(one.pk)]
    days = (("Opened", one.opened_on), ("Told", one.told_on), ("Promised by", one.respond_by),
            ("Answered", one.responded_on), ("Closed", one.closed_on), ("Done", one.done_on),
            ("Opened again", one.reopened_on))  # fmt: skip
    context = {
        "title": f"{kind_in_words(one.kind)} of {day(one.opened_on)}",
        "person": person,
        "person_href": to_how_often(person),
        "back": reverse("own_failure"),
        "facts": [
            {"key": "Reference", "value": one.ref},
            *({"key": words, "value": day(when)} for words, when in days if when),
            {"key": "Where it stands", "value": _standing(row)},
            {"key": "Contacts it caused", "value": f"{row.contacts}, {row.minutes} minutes"},
        ],
        "columns": demand_shown.COLUMNS,
        "rows": about,
    }
    return render(request, "demand/own_failure.html", context)


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


def _row(row: OwnFailure) -> list[Any]:
    href = reverse("own_failure.matter", args=[row.matter_id])
    return [
        {"words": f"{kind_in_words(row.matter.kind)} of {day(row.matter.opened_on)}", "href": href},
        {"words": row.matter.person.name, "href": to_how_often(row.matter.person)},
        {"words": row.contacts, "numeric": True},
        {"words": row.minutes, "numeric": True},
        _standing(row),
    ]


def _standing(row: OwnFailure) -> str:
    matter = row.matter
    if matter.done_on:
        return f"Done on {day(matter.done_on)}"
    if matter.closed_on and "done_on" not in matter.unknown:
        return "Closed and not done: put it right"
    return "Late: put it right" if not matter.closed_on else f"Closed on {day(matter.closed_on)}"


urlpatterns = [
    path("worth-a-look/our-own-failures/", failures, name="own_failure"),
    path("worth-a-look/our-own-failures.csv", as_csv, name="own_failure.list"),
    path("worth-a-look/our-own-failures/<int:pk>", failure, name="own_failure.matter"),
]
