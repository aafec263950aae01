"""One box for everything: a case's reference, a person by whatever is known of them, and words in the record."""

import re
from dataclasses import fields
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases import search as record_search
from evenhand.cases.search import Hit
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import COLLEAGUES, for_roles
from evenhand.people import finding, household
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.people.text import folded, tidy
from evenhand.policy.events.event import Event
from evenhand.web import way
from evenhand.web.said import Teller
from evenhand.web.sentence import said
from evenhand.web.templatetags.words import day

LONGEST = 200
MOST = 20
AROUND = 160
"""How many letters of what was said are shown."""
STEM, SHORTEST = 5, 3
"""Words are taken for the same by their first letters, as the record's search takes them by their stems."""


@for_roles(COLLEAGUES)
def search(request: HttpRequest) -> HttpResponse:
    """What is found, each kind under its own heading. What was asked is logged, as every look is."""
    viewer, on = request.user, now().day
    assert isinstance(viewer, User)
    words = tidy(request.GET.get("q", ""))[:LONGEST]
    context: dict[str, Any] = {"title": "Search", "words": words, "checked_for": words}
    if words:
        looked(viewer, LookKind.SEARCH, record_search.as_logged(words, viewer, on))
        people = finding.people(words, on, most=MOST)
        addresses = household.addresses(people, on)
        case = record_search.by_reference(words, viewer, on)
        hits = record_search.by_words(words, viewer, on)
        context |= {
            "case": [case] if case else [],
            "people": [
                {
                    "name": person.name,
                    "href": way.to_person(person),
                    "hint": addresses.get(person.pk) or person.description or "No address held",
                    "born": f"Born in {person.date_of_birth.year}" if person.date_of_birth else "",
                }
                for person in people
            ],
            "hits": [row(hit, words) for hit in hits],
        }
    return render(request, "search/search.html", context)


def row(hit: Hit, words: str) -> dict[str, str]:
    """A case, and the sentence of what in it has the words."""
    told, case = said(hit.entry.event, Teller()), hit.case
    quote = excerpt(hit.entry.event, words) or told.quote[:AROUND]
    return {
        "name": f"{case.person.name if case.person else 'Nobody knows yet who'}, case {case.reference}",
        "href": f"{way.to_case(case.reference)}#event-{hit.entry.number}",
        "hint": f"{told.title}, {day(hit.entry.event.at)}." + (f" “{quote}”" if quote else ""),
    }


def excerpt(event: Event, words: str) -> str:
    """What was said around the first of the words, whichever of the event's answers it is in."""
    stems = [re.escape(word[:STEM]) for word in folded(words).split() if len(word) >= SHORTEST]
    looked_for = re.compile(rf"\b({'|'.join(stems)})", re.IGNORECASE) if stems else None
    for field in fields(event):
        said_there = getattr(event, field.name)
        if looked_for and isinstance(said_there, str) and field.name != "by" and (at := looked_for.search(said_there)):
            return around(said_there, at.start())
    return ""


def around(text: str, at: int) -> str:
    """Some words before and after a place in a text, none of them cut."""
    begin, end = max(at - AROUND // 2, 0), at + AROUND // 2
    before = text.find(" ", begin, at) + 1 if begin else 0
    after = text.rfind(" ", at, end) if end < len(text) else len(text)
    return ("… " if before else "") + text[before : max(after, at + 1)].strip() + (" …" if after < len(text) else "")


urlpatterns = [path("search", search, name="search")]
