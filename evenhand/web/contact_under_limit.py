"""E1, E2: the contacts behind the numbers that a limit's review weighs, each with how it came."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.contacts import under_limit
from evenhand.contacts.models import Contact, ToRead
from evenhand.contacts.under_limit import OUTSIDE, Stood
from evenhand.doors.permission import CASEWORKERS, for_roles, may_open
from evenhand.people.models import User
from evenhand.policy.visibility import Part
from evenhand.web.case import opened
from evenhand.web.contact import entry
from evenhand.web.contact_since import address, both, shown_in_words, span_of

SHOWS = {
    "outside": ("Outside", OUTSIDE),
    "within": ("Within", {Stood.WITHIN}),
    "through": ("Always through", {Stood.THROUGH}),
    "waiting": ("Not yet counted", {Stood.TO_JUDGE}),
}
EMPTY = {
    "outside": "No contact came outside it since it began.",
    "within": "No contact came within it since it began.",
    "through": "No contact that always gets through came since it began.",
    "waiting": "Every contact is counted.",
}


@for_roles(CASEWORKERS)
def listed(request: HttpRequest, reference: str, limit: str) -> HttpResponse:
    """One number's contacts, the latest first. Of a case whose limits the viewer is not shown there is no such page."""
    file = opened(request, reference)
    found = file.case.expectation.get(limit) or file.case.single_contact.get(limit)
    span = span_of(file, found) if found else None
    if not file.sees(Part.CONTROLS) or span is None or file.person is None:
        raise Http404
    assert isinstance(request.user, User)
    asked = request.GET.get("show", "")
    show = asked if asked in SHOWS else "outside"
    [counted] = under_limit.counts([span])
    page = under_limit.contacts(span, SHOWS[show][1], request.GET.get("after", ""))
    places = [
        {"words": words, "href": address(span, each), "here": each == show, "count": sum(counted[one] for one in stood)}
        for each, (words, stood) in SHOWS.items()
    ]
    context = {
        "title": f"Contacts since {limit} began",
        "person": file.person,
        "back": reverse("case-controls", args=[reference]),
        "both": both(counted),
        "places": [place for place in places if place["count"] or place["here"] or place["words"] != "Not yet counted"],
        "rows": rows(page.rows, request.user),
        "empty": EMPTY[show],
        "older": f"{address(span, show)}&after={page.after}" if page.after else "",
        "newer": address(span, show) if request.GET.get("after") else "",
    }
    return render(request, "contact/under_limit.html", context)


def rows(found: Iterable[Contact], viewer: User) -> list[dict[str, Any]]:
    """Each contact in words: how it came, why it is outside, and where it is read if nobody has yet."""
    contacts: list[Any] = list(found)
    outside = [each.id for each in contacts if each.stood in OUTSIDE]
    reasons = dict(ToRead.objects.filter(contact__in=outside).values_list("contact", "reasons")) if outside else {}
    return [
        {
            **entry(each),
            "stood": shown_in_words(each.stood),
            "reasons": " ".join(reasons.get(each.id, ())),
            "read": _to_read(each, viewer) if each.stood in (Stood.LATE, Stood.TO_READ) else "",
        }
        for each in contacts
    ]


def _to_read(contact: Contact, viewer: User) -> str:
    page = reverse("contact.read", args=[contact.id])
    return page if may_open(viewer.actor, page) else ""


urlpatterns = [
    path("cases/<str:reference>/controls/<str:limit>/contacts", listed, name="contact.under_limit"),
]
