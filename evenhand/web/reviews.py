"""M2, E1, E2: every limit, single contact and marker by the day of its review, overdue first."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import reading
from evenhand.cases.reading import ControlRow
from evenhand.doors.clock import now
from evenhand.doors.permission import CASEWORKERS, for_roles, may_open
from evenhand.people.models import User
from evenhand.policy.promises import Promise
from evenhand.web import way
from evenhand.web.contact_since import of_reviews
from evenhand.web.control_words import instruction, name_of
from evenhand.web.templatetags.words import day, until, urgency

REVIEW = {
    "marker": ("marker.keep", Promise.M2),
    "limit": ("expectation.extend", Promise.E1),
    "expectation": ("expectation.extend", Promise.E1),
    "single_contact": ("single_contact.extend", Promise.E2),
}
PROVISIONAL = ("marker.place", Promise.M1)


@for_roles(CASEWORKERS)
def reviews(request: HttpRequest) -> HttpResponse:
    viewer = request.user
    assert isinstance(viewer, User)
    on, after = now().day, request.GET.get("after", "")
    page = reading.reviews(viewer, on, after=after)
    since = of_reviews(page.rows, on)
    context = {
        "title": "Reviews",
        "tasks": [row(control, on, viewer, since.get(control.pk, "")) for control in page.rows],
        "older": way.with_query("reviews", after=page.after) if page.after else "",
        "newer": way.with_query("reviews") if after else "",
        "recalls": reverse("disclosures") if may_open(viewer.actor, reverse("disclosures")) else "",
        "alerts": reverse("alerts") if may_open(viewer.actor, reverse("alerts")) else "",
        "hazards": reverse("hazards") if may_open(viewer.actor, reverse("hazards")) else "",
    }
    return render(request, "reviews/reviews.html", context)


def row(control: ControlRow, on: date, viewer: User, since: str) -> dict[str, Any]:
    """One review: of what, about whom, what it asks of colleagues meanwhile, what came since, by when."""
    verb, promise = PROVISIONAL if control.provisional else REVIEW[control.kind]
    reference = control.case.reference
    about = control.person.name if control.person else "Nobody knows yet who"
    decide = "decide or renew" if control.provisional else "review"
    page = way.to_verb(reference, verb, control.control)
    return {
        "name": f"{about}: {decide} the {name_of(control.kind, provisional=control.provisional).lower()}",
        "href": page if may_open(viewer.actor, page) else way.to_case(reference),
        "hint": f"{instruction(control.kind, control.details)} {f'{since} ' if since else ''}Case {reference}.",
        "promise": promise,
        "status": until(control.review_on, on),
        "kind": urgency(control.review_on, on),
        "day": day(control.review_on),
    }


urlpatterns = [path("reviews/", reviews, name="reviews")]
