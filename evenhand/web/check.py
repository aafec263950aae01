"""May I visit, may I ring? One box finds a person or a home; the card says what to do today, and is logged first."""

import re

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST

from evenhand.cases import acknowledging, lookup
from evenhand.cases import search as record_search
from evenhand.doors.clock import local, now
from evenhand.doors.looked import looked, typed
from evenhand.doors.permission import COLLEAGUES, asker, for_roles
from evenhand.people import reading
from evenhand.people.models import Home, Person, User
from evenhand.people.models.look import LookKind
from evenhand.people.text import tidy
from evenhand.sharing import ledger, telling
from evenhand.sharing.models.disclosure import How
from evenhand.web import way
from evenhand.web.check_card import as_shown, rows_of

LONGEST = 200
SHORTEST = 3
"""Letters after which results are shown while one types; a name in another script may be shorter."""
AS_TYPED = 6
_REFERENCE = re.compile(r"(?i)\s*eh[\s–-]*[0-9a-z]{4}[\s–-]*[0-9a-z]{4}\s*")
READ = "Thank you. It is kept that you have read this."


@for_roles(COLLEAGUES)
def check(request: HttpRequest) -> HttpResponse:
    """Who or where is meant: their card, if there is no doubt, or else those it may be. What was asked is logged."""
    words = tidy(request.GET.get("q", ""))[:LONGEST]
    if not words:
        return render(request, "check/check.html", {"title": "Check a person or home"})
    viewer = _colleague(request)
    looked(viewer, LookKind.SEARCH, record_search.as_logged(words, viewer, now().day))
    try:
        found = lookup.find(words, now().day)
    except DatabaseError:
        return _unavailable(request, words)
    if meant := found.person or found.home:
        return HttpResponseRedirect(way.to_check(meant))
    case = record_search.by_reference(words, viewer, now().day) if _REFERENCE.fullmatch(words) else None
    context = {
        "title": "Check a person or home",
        "words": words,
        "checked_for": words,
        "found": rows_of(found),
        "answer": lookup.unanswered(found, local(now())),
        "reason": found.reason,
        "case": way.to_case(case.reference) if case else "",
        "search": way.with_query("search", q=words),
    }
    return render(request, "check/check.html", context)


@for_roles(COLLEAGUES)
def results(request: HttpRequest) -> HttpResponse:
    """What is found while one types: a part of a page, that the box in the header shows under itself."""
    words = tidy(request.GET.get("q", ""))[:LONGEST]
    if len(words) < SHORTEST and words.isascii():
        return render(request, "check/results.html", {"short": True})
    viewer = _colleague(request)
    typed(viewer, record_search.as_logged(words, viewer, now().day))
    found = lookup.find(words, now().day, AS_TYPED)
    return render(request, "check/results.html", {"found": rows_of(found), "all": way.with_query("check", q=words)})


@for_roles(COLLEAGUES)
def person(request: HttpRequest, signed: str) -> HttpResponse:
    """The card of a person."""
    return _card(request, person_of(signed))


@for_roles(COLLEAGUES)
def home(request: HttpRequest, signed: str) -> HttpResponse:
    """The card of a home."""
    return _card(request, home_of(signed))


@for_roles(COLLEAGUES)
@require_POST
def acknowledge(request: HttpRequest, kind: str, signed: str) -> HttpResponse:
    """A colleague says that they have read what a high marker asks. Said twice in a day, it is kept once."""
    viewer, moment = _colleague(request), now()
    about: Person | Home = person_of(signed) if kind == "person" else home_of(signed)
    try:
        card = lookup.card_of(about, local(moment), asker(viewer.actor), moment.day, viewer)
    except lookup.Own:
        raise Http404 from None
    if acknowledging.acknowledged_at(card.held, viewer.actor, moment.at) is None:
        acknowledging.acknowledge(card.held, card.answer.lead, viewer.actor, moment.at, viewer)
    messages.success(request, READ)
    return HttpResponseRedirect(way.to_check(about))


def _card(request: HttpRequest, about: Person | Home) -> HttpResponse:
    viewer, moment = _colleague(request), now()
    # Before anything is read of it: what cannot be logged is not shown.
    looked(viewer, LookKind.CHECK, _reference(about), about if isinstance(about, Person) else None)
    try:
        card = lookup.card_of(about, local(moment), asker(viewer.actor), moment.day, viewer)
    except lookup.Own:
        return render(request, "check/own.html", {"title": "Ask your manager"})
    except DatabaseError:
        return _unavailable(request, "")
    ledger.disclose(ledger.colleague(viewer), telling.told(card.held, card.person, card.home), How.CHECK, moment.at)
    context = as_shown(card, viewer, moment)
    return render(request, "check/card.html", context)


def _unavailable(request: HttpRequest, words: str) -> HttpResponse:
    """The register or the record does not answer. That is never said in the words of "nothing held"."""
    return render(request, "check/unavailable.html", {"title": "The check is not working", "words": words}, status=503)


def _reference(about: Person | Home) -> str:
    return f"{about.source}:{about.ref}" if isinstance(about, Person) else about.address[:LONGEST]


def _colleague(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def person_of(signed: str) -> Person:
    """The record that stands for the person of a signed address. 404 for any other."""
    try:
        found = Person.objects.select_related("merged_into").get(pk=way.person_of(signed))
    except (LookupError, Person.DoesNotExist):
        raise Http404 from None
    return reading.kept_record(found)


def home_of(signed: str) -> Home:
    """The home of a signed address. 404 for any other."""
    try:
        return Home.objects.get(pk=way.home_of(signed))
    except (LookupError, Home.DoesNotExist):
        raise Http404 from None


urlpatterns = [
    path("check", check, name="check"),
    path("check/results", results, name="check.results"),
    path("check/person/<str:signed>/", person, name="check.person"),
    path("check/home/<str:signed>/", home, name="check.home"),
    path("check/<str:kind>/<str:signed>/read", acknowledge, name="check.acknowledge"),
]
