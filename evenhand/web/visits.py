"""Tonight's visits: a list from the system that plans them in, the same rows with what to do at each out."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from evenhand.doors.clock import now
from evenhand.doors.permission import PLANNERS, for_roles
from evenhand.people.models import User
from evenhand.people.refusal import NotDone
from evenhand.sharing import visit_list, visit_notice
from evenhand.sharing.models import VisitList
from evenhand.sharing.models.booking import ListState
from evenhand.sharing.visit_answer import DO_SOMETHING
from evenhand.sharing.visit_columns import OURS, Columns
from evenhand.sharing.visit_tasks import check_visit_list
from evenhand.web.fields import Files, Line
from evenhand.web.set_up import PlainForm, SetUpView
from evenhand.web.templatetags.words import moment

PAGE = 50
LATELY = 25
SECONDS = 5
AT_ONCE = 200 * 1024
"""Bytes of a list that is checked while one waits, some thousand visits; a longer one is left to the worker."""
KINDS = {ListState.DONE: "good", ListState.REFUSED: "danger", ListState.FAILED: "danger"}
SHOWS = (("do", "Something to do"), ("unsure", "Not certain"), ("all", "All"))
WHERE = ("address", "postcode", "uprn", "home_ref", "person_ref")
COLUMNS = ("Visit", "When", "Where", "Who", "What to do", "Ring first")
WRONG = ("Line", "Column", "What it says", "Why")


class UploadForm(PlainForm):
    chosen = Files(
        "Choose the list",
        "A CSV file. Its first line names the columns: a reference, where (UPRN, address, or reference of the home or "
        "the person), when, and who attends.",
        required=True,
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
    )
    source = Line(
        "Which system does it come from?",
        "The same word each time, such as “repairs”: a visit of the same system and reference is the same visit.",
        max_length=60,
        missing="Name the system, such as repairs",
    )


class Check(SetUpView):
    form_class = UploadForm
    who = PLANNERS
    title = "Check a list of visits"
    intro = "You get the same rows back, with what to do at each. Whoever is booked is told if that changes."
    submit = "Check the list"
    done = ""
    back_words = "Back to visits"

    def get_initial(self) -> dict[str, Any]:
        last = VisitList.objects.filter(by=self.colleague).order_by("-at").first()
        return {"source": last.source if last else ""}

    def back(self) -> str:
        return reverse("visits")

    def change(self, form: UploadForm) -> None:
        given = form.cleaned_data["chosen"]
        if len(given) != 1:
            raise NotDone("Choose one list at a time.")
        if given[0].size > visit_list.MOST_BYTES:
            raise NotDone("The file is too large to be a list of visits. Check that it is the right one.")
        content, source = given[0].read(), form.cleaned_data["source"]
        self.begun = visit_list.begin(str(given[0].name), source, content, now().at, self.colleague)
        self.is_long = len(content) > AT_ONCE
        if self.is_long:
            check_visit_list.defer(visit_list_id=self.begun.pk)

    def afterwards(self) -> None:
        if not self.is_long:
            visit_list.run(self.begun.pk, now(), timezone.now)

    def get_success_url(self) -> str:
        return reverse("visits.list", args=[self.begun.pk]) + ("?watch=1" if self.is_long else "")


@for_roles(PLANNERS)
def visits(request: HttpRequest) -> HttpResponse:
    """The colleague's own latest lists, and whether somebody waits to be rung."""
    viewer = _colleague(request)
    found = VisitList.objects.filter(by=viewer).order_by("-at", "-id").defer("given", "answered", "wrong")
    context = {
        "title": "Visits",
        "to_ring": visit_notice.to_ring(now().at)[: PAGE + 1].count(),
        "columns": [
            {"words": words} for words in ("List", "Checked", "Visits", "With something to do", "How it ended")
        ],
        "rows": [
            [
                {"words": one.name, "href": reverse("visits.list", args=[one.pk])},
                moment(one.at),
                f"{one.counts.get('read', 0):,}",
                f"{one.counts.get('with something to do', 0):,}",
                {"words": _capital(one.state), "kind": KINDS.get(ListState(one.state), "")},
            ]
            for one in found[:LATELY]
        ],
    }
    return render(request, "visits/visits.html", context)


@for_roles(PLANNERS)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: how far it has come, or its rows with what to do at each, a page at a time."""
    found = _own(request, pk)
    how = ListState(found.state)
    watched = bool(request.GET.get("watch")) and not how.is_over
    show = request.GET.get("show", "")
    show = show if show in dict(SHOWS) else _first_show(found.counts)
    after = int(given) if (given := request.GET.get("after", "")).isdecimal() else 0
    rows = list(_rows(found, show, after))
    here = reverse("visits.list", args=[pk])
    context = {
        "title": found.name,
        "found": found,
        "state": _capital(found.state),
        "kind": KINDS.get(how, ""),
        "over": how.is_over,
        "watched": watched,
        "here": here,
        "places": _places(found, here, show),
        "columns": [{"words": words} for words in COLUMNS],
        "rows": [cells for _, cells in rows[:PAGE]],
        "caption": dict(SHOWS)[show],
        "older": f"{here}?show={show}&after={rows[PAGE - 1][0]}" if len(rows) > PAGE else "",
        "newer": f"{here}?show={show}" if after else "",
        "wrong_columns": [{"words": words} for words in WRONG],
        "wrong": [[f"Line {line}", column or "the row", *more] for line, column, *more in found.wrong],
        "wrong_more": found.counts.get("wrong", 0) - len(found.wrong),
        "kept": ", ".join(f"{found.counts.get(what, 0):,} {what}" for what in ("added", "changed", "unchanged")),
    }
    response = render(request, "visits/list.html", context)
    if watched:
        response["Refresh"] = str(SECONDS)
    return response


@for_roles(PLANNERS)
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """The answered list, as CSV that spreadsheets read right."""
    found = _own(request, pk)
    if found.answered is None:
        raise Http404
    response = HttpResponse(bytes(found.answered), content_type="text/csv; charset=utf-8")
    name = "".join(char for char in found.name.rpartition(".")[0] if char.isalnum() or char in " -_")[:80]
    response["Content-Disposition"] = f'attachment; filename="{name.strip() or "visits"} checked.csv"'
    return response


def _own(request: HttpRequest, pk: int) -> VisitList:
    """A list is for whoever asked: to others there is none."""
    found = VisitList.objects.filter(pk=pk, by=_colleague(request)).first()
    if found is None:
        raise Http404
    return found


def _colleague(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _count(counts: dict[str, int], show: str) -> int:
    told = {"do": "with something to do", "unsure": visit_list.NOT_SURE, "all": "read"}
    return counts.get(told[show], 0)


def _first_show(counts: dict[str, int]) -> str:
    """What there is to do comes first, then what is not certain."""
    return next((show for show, _ in SHOWS if _count(counts, show)), "all")


def _places(found: VisitList, here: str, show: str) -> list[dict[str, Any]]:
    return [
        {"words": words, "href": f"{here}?show={key}", "here": key == show, "count": f"{_count(found.counts, key):,}"}
        for key, words in SHOWS
    ]


def _rows(found: VisitList, show: str, after: int) -> Iterator[tuple[int, list[Any]]]:
    """The rows of the answered list from one on, at most a page and one more, each with its number."""
    if found.answered is None:
        return
    reader = csv.reader(StringIO(bytes(found.answered).decode("utf-8-sig")))
    header = next(reader)
    columns = Columns(found.name, header)
    ours = {name.removeprefix(OURS): place for place, name in enumerate(header) if name.startswith(OURS)}
    shown = 0
    for number, cells in enumerate(reader, 1):
        if number <= after or not _is_shown(cells[ours["code"]], show):
            continue
        yield number, _cells(columns, cells, {name: cells[place] for name, place in ours.items()})
        shown += 1
        if shown > PAGE:
            return


def _is_shown(code: str, show: str) -> bool:
    return show == "all" or (code in DO_SOMETHING) == (show == "do") and code != "nothing_held"


def _cells(columns: Columns, cells: list[str], answer: dict[str, str]) -> list[Any]:
    places = [columns.cell(cells, name) for name in WHERE]
    who = columns.cell(cells, "attending") or columns.cell(cells, "contractor") or "nobody named"
    when = " ".join(filter(None, (columns.cell(cells, "date"), columns.cell(cells, "time"))))
    more = " ".join(filter(None, (answer[name] for name in ("instruction", "also know", "next step"))))
    return [
        columns.cell(cells, "reference") or "no reference",
        when,
        ", ".join(filter(None, places)),
        who,
        more,
        answer["ring first"],
    ]


AT = "visits/"
urlpatterns = [
    path(AT, visits, name="visits"),
    path(f"{AT}check", Check.as_view(), name="visits.check"),
    path(f"{AT}lists/<int:pk>/", one, name="visits.list"),
    path(f"{AT}lists/<int:pk>/checked.csv", answered, name="visits.answered"),
]
