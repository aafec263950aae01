"""Who looked at which case or person: for the data protection officer and those senior, who are themselves logged."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases import reading
from evenhand.doors.clock import now
from evenhand.doors.permission import AUDITORS, for_roles
from evenhand.people import finding, looking
from evenhand.people.looking import Run
from evenhand.people.models import Person, User
from evenhand.web import way
from evenhand.web.how_often import LOOKED_FOR
from evenhand.web.names import Names, names_of
from evenhand.web.templatetags.words import clock, day, moment

COLUMNS = [{"words": words} for words in ("When", "Who", "Looked at", "Which")]
ASKED = ("colleague", "person", "case", "what")
MEASURE = "how-often"


class Narrow(forms.Form):
    """What the list is narrowed to. It is read, never sent."""

    colleague = forms.CharField(label="A colleague’s name", required=False, max_length=200)
    person = forms.CharField(label="A person’s name or reference", required=False, max_length=200)
    case = forms.CharField(label="A case’s reference", required=False, max_length=20)
    what = forms.ChoiceField(
        label="What they looked at", required=False, choices=[("", "Everything"), (MEASURE, LOOKED_FOR)]
    )


@for_roles(AUDITORS)
def looks(request: HttpRequest) -> HttpResponse:
    """The latest first. Words that fit nobody, or several, say so instead of showing everything."""
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ASKED}
    after = request.GET.get("after", "")
    colleague, person, trouble = meant(asked)
    found = looking.Looks((), "")
    if not trouble:
        assert isinstance(request.user, User)
        hidden = reading.hidden_from(request.user, now().day)
        found = looking.looks(
            by=colleague,
            person=person,
            reference=asked["case"].upper(),
            purpose=LOOKED_FOR if asked["what"] == MEASURE else "",
            after=after,
            hidden=hidden,
        )
    context = {
        "title": "Who looked",
        "form": Narrow(asked),
        "clear": way.with_query("looks") if any(asked.values()) else "",
        "trouble": trouble,
        "table": {"columns": COLUMNS, "rows": rows(found.rows)},
        "older": way.with_query("looks", **asked, after=found.after) if found.after else "",
        "newer": way.with_query("looks", **asked) if after else "",
    }
    return render(request, "looks/looks.html", context)


def meant(asked: dict[str, str]) -> tuple[User | None, Person | None, str]:
    """The one colleague and the one person that the words mean, and what is wrong where they mean none or several."""
    colleagues = finding.colleagues(asked["colleague"], most=2) if asked["colleague"] else []
    people = finding.people(asked["person"], now().day, most=2, surely=True) if asked["person"] else []
    for words, found in ((asked["colleague"], colleagues), (asked["person"], people)):
        if words and not found:
            return None, None, f"We know nobody by “{words}”. Check the spelling."
        if len(found) > 1:
            return None, None, f"“{words}” fits more than one. Give the whole name, or a reference."
    return next(iter(colleagues), None), next(iter(people), None), ""


def rows(found: Sequence[Run]) -> list[list[Any]]:
    """Each run of looks, with the names of the systems that looked."""
    names = names_of(run.look.actor for run in found if not run.look.by_id)
    return [row(run, names) for run in found]


def row(run: Run, names: Names) -> list[Any]:
    """When, who, what kind of thing, and which: a person by name, anything else by its reference. Whoever looked at how
    often a person contacted us saw more than that person's page, and it says so."""
    look = run.look
    kind = LOOKED_FOR if look.purpose == LOOKED_FOR else look.kind[0].upper() + look.kind[1:]
    which = look.person.name if look.person and look.kind == "person" else look.reference
    who = look.by.name if look.by else names[look.actor]
    return [when(run), who, kind, which]


def when(run: Run) -> str:
    """One look by its moment; several by their day, how many they were, and the first and the last of them."""
    if run.times == 1:
        return moment(run.look.at)
    first, last = clock(run.since), clock(run.look.at)
    often = "twice" if run.times == 2 else f"{run.times} times"
    span = f"at {last}" if first == last else f"from {first}, last at {last}"
    return f"{day(run.look.at)}, {often}, {span}"


urlpatterns = [path("looks/", looks, name="looks")]
