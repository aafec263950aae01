"""C2: how often a customer contacted us, fairly: what was ours, what is left, and how that stands beside others."""

from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import evidence_statement
from evenhand.cases.drafting import shape_of
from evenhand.cases.letter_facts.sides import NoLandlord
from evenhand.contacts import putting_right
from evenhand.contacts.models import Answered, Matter, Objected, PutRight
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import CASEWORKERS, for_roles
from evenhand.people import reading
from evenhand.people.models import Person, User
from evenhand.people.models.look import LookKind
from evenhand.policy.need import LetterFormat
from evenhand.policy.staff import DECIDERS
from evenhand.web import demand_behind, demand_csv, demand_shown, put_right, way
from evenhand.web.answer_print import as_file
from evenhand.web.demand_measured import measured
from evenhand.web.letter_words import format_of, slug
from evenhand.web.person_care import may_open
from evenhand.web.said import listed

LOOKED_FOR = "How often they contacted us"
STATEMENT = {
    LetterFormat.STANDARD: "in standard print (PDF, one page)",
    LetterFormat.LARGE_PRINT: "in large print (PDF)",
    LetterFormat.PLAIN_TEXT: "as plain text, for a screen reader or a braille display",
}
"""What the page for the customer is, in each format."""


def opened(request: HttpRequest, signed: str) -> tuple[User, Person]:
    """Who looks, at whom; logged. 404 for a colleague who is them, or lives with them."""
    viewer = request.user
    assert isinstance(viewer, User)
    person = may_open(signed, viewer)
    looked(viewer, LookKind.PERSON, f"{person.source}:{person.ref}", person, LOOKED_FOR)
    return viewer, person


@for_roles(CASEWORKERS)
def how_often(request: HttpRequest, signed: str) -> HttpResponse:
    """The page: what was ours first, then the seven kinds, what was left out, others, and the list behind it all."""
    viewer, person = opened(request, signed)
    records = reading.identities(person)
    made, here = measured(person, now().day), way.PEOPLE.sign(str(person.pk))
    context = {
        "title": "How often",
        "person": person,
        "signed": here,
        "back": way.to_person(person),
        "statement": _statements(person, here),
        "shown": shown(demand_shown.page_of(made), here),
        "found": made.found,
        "answers": _answers(records),
        "put_right": [_put_right(task) for task in putting_right.of_person(person)],
        "objections": Objected.objects.filter(person__in=records),
        "decides": viewer.actor.has(*DECIDERS),
    }
    return render(request, "demand/how_often.html", context)


def _answers(records: Collection[int]) -> list[dict[str, Any]]:
    """What managers said of it, each with the matters they named as ours."""
    said = list(Answered.objects.filter(person__in=records).select_related("by"))
    named = Matter.objects.in_bulk([key for one in said for key in one.matters])
    names = [[put_right.name_of(named[key]) for key in one.matters] for one in said]
    return [{"of": one, "ours": listed(ours) if ours else ""} for one, ours in zip(said, names, strict=True)]


def _put_right(task: PutRight) -> dict[str, str]:
    """One matter that somebody puts right, or did, with the last that was said of it."""
    last = list(task.steps.all())[-1]
    return {
        "matter": put_right.name_of(task.matter),
        "who": put_right.in_a_word(task),
        "words": last.words if task.done_on else task.what,
        "href": put_right.page_of(task),
    }


def shown(page: demand_shown.Page, signed: str) -> dict[str, Any]:
    """What the template needs, with the lists and charts of the customer as they are now."""
    return demand_shown.opened(
        page,
        lambda kind: reverse("demand.behind", args=[signed, kind]),
        lambda which: reverse("demand.chart", args=[signed, which]),
    )


@for_roles(CASEWORKERS)
def behind(request: HttpRequest, signed: str, kind: str) -> HttpResponse:
    """The contacts that make one figure; with `part`, those of its days that count as well, or that do not."""
    _, person = opened(request, signed)
    page = demand_shown.page_of(measured(person, now().day))
    csv = reverse("demand.chart", args=[signed, "contacts"])
    context = {"whose": person.name, "back": to_how_often(person), "csv": csv}
    return render(request, "demand/behind.html", {**context, "listed": demand_behind.listed(request, page, kind)})


@for_roles(CASEWORKERS)
def chart(request: HttpRequest, signed: str, which: str) -> HttpResponse:
    """One chart's table, or every contact behind the figures, as CSV. 404 for one that there is not."""
    _, person = opened(request, signed)
    return demand_csv.answer(demand_shown.page_of(measured(person, now().day)), which, person.ref)


@for_roles(CASEWORKERS)
def statement(request: HttpRequest, signed: str, format: str = "") -> HttpResponse:
    """The page for the customer, in the format that fits them or the one asked for. 404 for one that is not made."""
    viewer, person = opened(request, signed)
    wanted = format_of(format) if format else evidence_statement.fitting(person, now().day)
    if wanted not in evidence_statement.FORMATS:
        raise Http404
    try:
        found = measured(person, now().day)
        made = evidence_statement.made(person, found.found, found.year, viewer, now(), wanted)
    except NoLandlord as nobody:
        return render(request, "demand/no_statement.html", {"title": "No statement yet", "words": str(nobody)})
    return as_file(made, f"how-often-{person.ref}{shape_of(wanted).suffix}")


def _statements(person: Person, signed: str) -> dict[str, Any]:
    """The page for the customer in each format, theirs first; and theirs alone where someone has to make it."""
    fits, theirs = evidence_statement.fitting(person, now().day), reading.letter_format(person, now().day)
    ours = {
        "words": f"A page for the customer, {STATEMENT[fits]}",
        "href": reverse("demand.statement", args=[signed]),
        "note": "the one for this person" if fits is theirs else "",
    }
    others = [
        {"words": f"The same, {STATEMENT[each]}", "href": reverse("demand.statement", args=[signed, slug(each)])}
        for each in evidence_statement.FORMATS
        if each is not fits
    ]
    return {"formats": [ours, *others], "ask_for": "" if fits is theirs else theirs.value}


def to_how_often(person: Person) -> str:
    """The address of a customer's page."""
    return reverse("demand.person", args=[way.PEOPLE.sign(str(person.pk))])


urlpatterns = [
    path("people/<str:signed>/how-often", how_often, name="demand.person"),
    path("people/<str:signed>/how-often/<str:which>.csv", chart, name="demand.chart"),
    path("people/<str:signed>/how-often/contacts/<str:kind>", behind, name="demand.behind"),
    path("people/<str:signed>/how-often/statement", statement, name="demand.statement"),
    path("people/<str:signed>/how-often/statement/<str:format>", statement, name="demand.statement"),
]
