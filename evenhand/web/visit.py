"""One visit: what to do at it as things are now, the word that it changed, and whom somebody must ring about theirs."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from evenhand.doors.clock import now
from evenhand.doors.permission import EVERYONE, PLANNERS, for_roles
from evenhand.people.models import User
from evenhand.people.text import unbroken
from evenhand.sharing import booking, ledger, visit_looks, visit_notice
from evenhand.sharing.models import Booking
from evenhand.sharing.models.booking import Notice, Way
from evenhand.sharing.models.disclosure import How
from evenhand.sharing.visit_answer import in_columns
from evenhand.sharing.visit_words import in_words, moment_in_words
from evenhand.web.templatetags.words import moment

MOST = 100
NO_LONGER = "What was said before no longer applies."
ROWS = (
    ("instruction", "What to do"),
    ("next step", "Next step"),
    ("in an emergency", "In an emergency"),
    ("risk", "Why"),
    ("also know", "Also know"),
    ("ask", "Ask"),
)


@for_roles(EVERYONE)
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """What to do at one visit, for whoever is booked and for those who plan visits. To others there is none."""
    viewer = _colleague(request)
    found = Booking.objects.select_related("home", "colleague").filter(pk=pk).first()
    if found is None or not (_is_theirs(found, viewer) or viewer.actor.has(*PLANNERS)):
        raise Http404
    (answer,) = _read(viewer, [found], "A visit is booked")
    unread = visit_notice.for_colleague(viewer, now().at).filter(booking=found).first()
    context = {
        "title": f"Visit {found.reference}",
        "when": moment_in_words(found.at),
        "where": unbroken(found.home.address) if found.home else "",
        "lead": answer["instruction"],
        "kind": "danger" if answer["visit"] == "no" else "note" if answer["visit"] == "yes" else "due",
        "rows": [{"key": words, "value": answer[name]} for name, words in ROWS[1:] if answer[name]],
        "unread": unread,
        "told": moment(found.told_at),
    }
    return render(request, "visits/visit.html", context)


@for_roles(EVERYONE)
@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """A colleague says that they have read what changed about a visit of theirs."""
    if not Notice.objects.filter(pk=pk, booking__colleague=_colleague(request)).exists():
        raise Http404
    if visit_notice.seen(pk, _colleague(request), now().at):
        messages.success(request, "Thank you. It is kept that you have read it.")
    return HttpResponseRedirect(reverse("today"))


@for_roles(PLANNERS)
def to_ring(request: HttpRequest) -> HttpResponse:
    """Whoever is booked and has not been reached: the soonest visit first."""
    waiting = list(visit_notice.to_ring(now().at)[:MOST])
    answers = _read(_colleague(request), [one.booking for one in waiting], "To ring whoever is booked")
    context = {
        "title": "Ring whoever is booked",
        "notices": [_to_ring(one, answer) for one, answer in zip(waiting, answers, strict=True)],
    }
    return render(request, "visits/ring.html", context)


@for_roles(PLANNERS)
@require_POST
def rung(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has rung: kept with who and when."""
    if visit_notice.rung(pk, _colleague(request), now().at):
        messages.success(request, "It is kept that you rang.")
    else:
        messages.info(request, "Somebody has rung them already.")
    return HttpResponseRedirect(reverse("visits.ring"))


def for_today(viewer: User) -> list[dict[str, Any]]:
    """What a colleague has not read about their own visits, as Today shows it."""
    return [
        {
            "reference": one.booking.reference,
            "heading": f"Your visit {one.booking.reference} on {moment_in_words(one.booking.at)} changed",
            "text": f"{NO_LONGER} {in_words(one.answer)}",
            "href": reverse("visit", args=[one.booking_id]),
            "read": reverse("visit.seen", args=[one.pk]),
        }
        for one in visit_notice.for_colleague(viewer, now().at)[:MOST]
    ]


def _to_ring(one: Notice, answer: dict[str, str]) -> dict[str, Any]:
    return {
        "heading": f"{one.booking.who}, visit {one.booking.reference}",
        "visit": f"visit {one.booking.reference}",
        "when": moment_in_words(one.booking.at),
        "words": f"{NO_LONGER} {in_words(answer)}",
        "why": one.trouble if one.way == Way.EMAIL else "No email address is held for them.",
        "rung": reverse("visits.rung", args=[one.pk]),
        "changed": moment(one.at),
    }


def _read(viewer: User, found: Sequence[Booking], purpose: str) -> list[dict[str, str]]:
    """What holds of these visits now. The look is logged and the ledger kept before it is shown."""
    moment_ = now()
    checked = booking.as_now(found, moment_)
    visit_looks.log(checked, moment_.at, viewer, purpose)
    ledger.disclose(ledger.colleague(viewer), [told for one in checked for told in one.told], How.VISITS, moment_.at,
                    why=purpose)  # fmt: skip
    return [in_columns(one.answer, row.trouble) for one, row in zip(checked, found, strict=True)]


def _is_theirs(found: Booking, viewer: User) -> bool:
    return found.colleague_id == viewer.pk and not found.contractor


def _colleague(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


AT = "visits/"
urlpatterns = [
    path(f"{AT}<int:pk>", visit, name="visit"),
    path(f"{AT}changed/<int:pk>/read", seen, name="visit.seen"),
    path(f"{AT}ring", to_ring, name="visits.ring"),
    path(f"{AT}ring/<int:pk>/rung", rung, name="visits.rung"),
]
