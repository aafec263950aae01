"""The cases a colleague may know of, newest first, by how they stand and by words."""

from collections.abc import Iterator, Sequence
from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases import reading
from evenhand.cases.reading import CaseRow
from evenhand.doors.clock import now
from evenhand.doors.permission import COLLEAGUES, EVERYONE, for_roles
from evenhand.people.models import User
from evenhand.policy.events.handling import Matter
from evenhand.web import way
from evenhand.web.case_header import SEALED

SHOWS = (
    ("", "Open"),
    ("mine", "Mine"),
    ("untriaged", "Wait for triage"),
    ("appeals", "Under appeal"),
    ("closed", "Closed"),
    ("all", "All"),
)
NONE = {
    "": "There are no open cases that you may see. A case opens when a report is found to be about conduct.",
    "mine": "No open case is yours. A case becomes yours when you are asked to look into it.",
    "untriaged": "No report waits for triage. When an incident is reported, it comes here.",
    "appeals": "No case is under appeal. When a customer asks us to look again, it comes here.",
    "closed": "No case that you may see is closed.",
    "all": "There are no cases that you may see yet.",
}


class Narrow(forms.Form):
    """What the list is narrowed to. It is read, never sent."""

    words = forms.CharField(
        label="A name or a case’s reference", required=False, max_length=200, help_text="For example, EH-7K2M-9QXW."
    )
    show = forms.CharField(required=False, widget=forms.HiddenInput)


@for_roles(EVERYONE)
def cases(request: HttpRequest) -> HttpResponse:
    viewer = request.user
    assert isinstance(viewer, User)
    asked = request.GET.get("show", "")
    show = asked if asked in dict(SHOWS) else ""
    words = request.GET.get("words", "").strip()[:200]
    after = request.GET.get("after", "")
    page = reading.cases(viewer, now().day, show=show, words=words, after=after)
    context = {
        "title": "Cases",
        "rows": with_badges(page.rows, viewer, now().day),
        "places": [
            {"words": name, "href": way.with_query("cases", show=word, words=words), "here": word == show}
            for word, name in SHOWS
        ],
        "form": Narrow({"words": words, "show": show}),
        "clear": way.with_query("cases", show=show) if words else "",
        "older": way.with_query("cases", show=show, words=words, after=page.after) if page.after else "",
        "newer": way.with_query("cases", show=show, words=words) if after else "",
        "none": f"No case here has “{words}” in the person’s name or as its reference." if words else NONE[show],
        "report_href": way.to_report() if viewer.actor.has(*COLLEAGUES) else "",
    }
    return render(request, "cases/cases.html", context)


def with_badges(rows: Sequence[CaseRow], viewer: User, day: date) -> Sequence[CaseRow]:
    """How each stands, where the viewer works on it: whoever only reported one is not told more by a list."""
    worked_on = reading.worked_on(rows, viewer, day)
    for row in rows:
        row.shown_badges = list(badges(row)) if row.pk in worked_on else []  # type: ignore[attr-defined]
    return rows


def badges(row: CaseRow) -> Iterator[tuple[str, str]]:
    matter = Matter(row.matter)
    if matter.is_sealed:  # only those named ever have it in a list, and they must not take it for a case of conduct
        yield SEALED[matter], ""
    if row.closed:
        yield "Closed", ""
    if row.untriaged:
        yield "Waits for triage", "due"
    if row.appeal_open:
        yield "Under appeal", "due"
    if row.serious and not row.closed:
        yield "Violence or a threat", "danger"


urlpatterns = [path("cases/", cases, name="cases")]
