"""C2: how often, on a case: as it was measured when it was taken here or looked at, for good; and as it is now."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse

from evenhand.cases.reading import CaseFile
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import CASEWORKERS, COLLEAGUES, EVERYONE, for_roles
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.policy.conduct import DEMANDS
from evenhand.web import case_header, demand_behind, demand_csv, demand_frozen, demand_shown, way
from evenhand.web.case import opened, shown
from evenhand.web.demand_frozen import Frozen
from evenhand.web.demand_measured import measured
from evenhand.web.demand_shown import Page
from evenhand.web.how_often import LOOKED_FOR
from evenhand.web.person_care import may_open
from evenhand.web.timeline import teller

NOW = "now"
FOR_GOOD = "Kept with this case as it was on that day. Nothing that is measured or corrected afterwards changes it."
OF_TODAY = "Measured as you opened this page, of the contacts there are now. No decision rests on it unless it is kept."


def alleges_a_demand(file: CaseFile) -> bool:
    """Whether the case is of a demand that may be measured, so that what is measured belongs with it."""
    return not file.case.incident.conducts.isdisjoint(DEMANDS)


def kept(file: CaseFile, viewer: User) -> dict[str, Any] | None:
    """The newest measurement that the case keeps, ready for `demand/measured.html`; None if it keeps none."""
    for frozen in _all(file, viewer)[:1]:
        return {"words": frozen.words, **_ready(file, frozen.kept.reference, frozen.page)}
    return None


@for_roles(EVERYONE)
def how_often(request: HttpRequest, reference: str, which: str = "") -> HttpResponse:
    """The newest that is kept, or any other by its file, or what shows now. 404 where the case has no such thing."""
    file, viewer = _opened(request, reference)
    choices = {one.kept.reference: one.words for one in _all(file, viewer)}
    choices |= {NOW: "As it shows now"} if _may_measure(file, viewer) else {}
    which = which or next(iter(choices), "")
    page, words = _page(file, viewer, which) if which else (None, "")
    return shown(
        request,
        file,
        teller(file),
        "case/how_often.html",
        "how-often",
        heading="How often",
        words=words,
        told=OF_TODAY if which == NOW else FOR_GOOD,
        shown=_ready(file, which, page) if page else None,
        choices=[_choice(file, one, words, which) for one, words in choices.items()] if len(choices) > 1 else [],
    )


@for_roles(EVERYONE)
def behind(request: HttpRequest, reference: str, which: str, kind: str) -> HttpResponse:
    """The contacts that make one figure, of what is kept or of now."""
    file, viewer = _opened(request, reference)
    page, words = _page(file, viewer, which)
    return shown(
        request,
        file,
        teller(file),
        "case/behind.html",
        "how-often",
        heading="How often",
        words=words,
        listed=demand_behind.listed(request, page, kind),
        up=reverse("case-how-often-of", args=[file.reference, which]),
        csv=_address(file, which, "chart")("contacts"),
    )


@for_roles(EVERYONE)
def chart(request: HttpRequest, reference: str, which: str, chart: str) -> HttpResponse:
    """One chart's table, or every contact, as CSV."""
    file, viewer = _opened(request, reference)
    page, _ = _page(file, viewer, which)
    return demand_csv.answer(page, chart, file.reference)


def _opened(request: HttpRequest, reference: str) -> tuple[CaseFile, User]:
    file, viewer = opened(request, reference), request.user
    assert isinstance(viewer, User)
    if "how-often" not in dict(case_header.tabs_of(file)):
        raise Http404
    return file, viewer


def _page(file: CaseFile, viewer: User, which: str) -> tuple[Page, str]:
    if which == NOW and file.person and _may_measure(file, viewer):
        may_open(way.PEOPLE.sign(str(file.person.pk)), viewer)
        looked(viewer, LookKind.PERSON, f"{file.person.source}:{file.person.ref}", file.person, LOOKED_FOR)
        return demand_shown.page_of(measured(file.person, now().day)), "As it shows now"
    frozen = next((one for one in _all(file, viewer) if one.kept.reference == which), None)
    if frozen is None:
        raise Http404
    return frozen.page, frozen.words


def _all(file: CaseFile, viewer: User) -> list[Frozen]:
    """What the case keeps, newest first; a file whose bytes are gone is left out."""
    found = (demand_frozen.opened(file, one, viewer) for one in demand_frozen.of(file))
    return [one for one in found if one is not None]


def _may_measure(file: CaseFile, viewer: User) -> bool:
    """Whether the viewer may see how often the person contacts us now: nobody who comes from outside may."""
    return file.person is not None and viewer.actor.has(*(CASEWORKERS & COLLEAGUES))


def _choice(file: CaseFile, which: str, words: str, here: str) -> dict[str, Any]:
    return {"words": words, "href": reverse("case-how-often-of", args=[file.reference, which]), "here": which == here}


def _ready(file: CaseFile, which: str, page: Page) -> dict[str, Any]:
    return demand_shown.opened(page, _address(file, which, "behind"), _address(file, which, "chart"))


def _address(file: CaseFile, which: str, name: str) -> Callable[[str], str]:
    return lambda what: reverse(f"case-how-often-{name}", args=[file.reference, which, what])


_OF = "cases/<str:reference>/how-often/<str:which>/"
urlpatterns = [
    path("cases/<str:reference>/how-often/", how_often, name="case-how-often"),
    path(_OF, how_often, name="case-how-often-of"),
    path(f"{_OF}contacts/<str:kind>", behind, name="case-how-often-behind"),
    path(f"{_OF}<str:chart>.csv", chart, name="case-how-often-chart"),
]
