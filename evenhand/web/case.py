"""A case as one colleague may see it: what stands in the way, what happened, and a tab for each part they may open."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases import reading
from evenhand.cases.reading import CaseFile
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import EVERYONE, for_roles
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.policy.events.handling import Matter
from evenhand.policy.visibility import Part
from evenhand.web import case_controls, case_decision, case_header, case_parts, disposal, way
from evenhand.web.case_menu import ever_in, grouped
from evenhand.web.case_own import own_report
from evenhand.web.case_step import Steps, standing_in_the_way
from evenhand.web.said import Teller
from evenhand.web.section import Section, open_to
from evenhand.web.timeline import teller, timeline

ONLY_A_REPORT = frozenset({Part.REPORT})


def opened(request: HttpRequest, reference: str) -> CaseFile:
    """The case, for the colleague who asks, with a line in the log of looks. 404 where to them there is none."""
    assert isinstance(request.user, User)
    try:
        file = reading.case_file(reference, request.user, now().day)
    except reading.NotFound:
        raise Http404 from None
    looked(request.user, LookKind.CASE, file.reference, file.person)
    return file


def shown(request: HttpRequest, file: CaseFile, tell: Teller, template: str, here: str, **more: Any) -> HttpResponse:
    context = {
        "file": file,
        "today": file.day,
        "title": case_header.title(file),
        "badges": case_header.badges(file),
        "facts": case_header.facts(file, tell.names),
        "places": case_header.places(file, here),
        "person_href": _to_person(file),
        **more,
    }
    return render(request, template, context)


def _to_person(file: CaseFile) -> str:
    """Where the heading leads when it is a person's name; that of a sealed matter says what it is, so nowhere."""
    named = file.person and file.sees(Part.REPORT) and not file.case.handling.matter.is_sealed
    return way.to_person(file.person) if file.person and named else ""


@for_roles(EVERYONE)
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The case's first page; for a colleague who only reported it, what became of their report."""
    file = opened(request, reference)
    assert isinstance(request.user, User)
    if file.parts <= ONLY_A_REPORT:
        return render(request, "case/own_report.html", own_report(file, request.user))
    tell = teller(file)
    steps = Steps(file, request.user, reading.occasion(request.user.actor, now(), file))
    matter = file.case.handling.matter
    next_steps, menu = steps.next(), [step for step in steps.menu() if ever_in(matter, step.verb)]
    linked = reading.known_among(file.case.handling.linked, request.user, file.day) if file.sees(Part.HANDLING) else []
    return shown(
        request,
        file,
        tell,
        "case/overview.html",
        "",
        entries=timeline(file.entries, tell),
        can=[step for step in next_steps if step.open],
        in_the_way=standing_in_the_way([step for step in next_steps if not step.open]),
        menu=grouped(step for step in menu if step.open),
        not_yet=grouped(step for step in menu if not step.open),
        linked=linked,
        sealed=[(case_header.SEALED[Matter(row.matter)], row) for row in reading.sealed_about(file, request.user)],
        about=about(file, request.user),
    )


def about(file: CaseFile, viewer: User) -> list[reading.CaseRow]:
    """For a sealed matter: the case it is about, if the viewer may know of that too."""
    other = file.case.handling.about
    return reading.known_among([other], viewer, file.day) if other else []


Build = Callable[[CaseFile, Teller], list[Section]]


def tab(name: str, build: Build) -> Callable[..., HttpResponse]:
    """The view of one tab. A tab that the viewer is not shown does not exist for them."""

    @for_roles(EVERYONE)
    def view(request: HttpRequest, reference: str) -> HttpResponse:
        file = opened(request, reference)
        words = dict(case_header.tabs_of(file)).get(name)
        if words is None:
            raise Http404
        assert isinstance(request.user, User)
        tell = teller(file)
        sections = [open_to(request.user.actor, each) for each in build(file, tell)]
        return shown(request, file, tell, "case/tab.html", name, heading=words, sections=sections)

    return view


BUILDS: dict[str, Build] = {
    "incidents": case_parts.incidents,
    "account": case_parts.account,
    "decision": case_decision.decision,
    "controls": case_controls.controls,
    "letters": case_controls.letters,
    "police": case_decision.police,
    "kept": disposal.kept,
    "looks": case_parts.looks,
}

urlpatterns = [
    path("cases/<str:reference>/", case, name="case"),
    *(path(f"cases/<str:reference>/{name}/", tab(name, build), name=f"case-{name}") for name, build in BUILDS.items()),
]
