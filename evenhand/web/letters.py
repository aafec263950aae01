"""D1: the letters a colleague may see, in queues: what waits for approval, for a person or the post, and what went."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from evenhand.cases import post_room
from evenhand.cases.reading import LetterRow
from evenhand.doors.clock import now
from evenhand.doors.permission import CASEWORKERS, for_roles
from evenhand.people.models import User
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.standing.correspondence import Post
from evenhand.web import way
from evenhand.web.letter_words import state_of
from evenhand.web.templatetags.words import day, until, urgency
from evenhand.web.today import bounded

SHOWS = (
    ("", "approve", "Wait for approval"),
    ("person", "person", "Need a person"),
    ("going", "going", "On their way"),
    ("formats", "formats", "Formats to deliver"),
    ("sent", "sent", "Sent"),
    ("aside", "aside", "Set aside"),
)
"""Each queue by its word in the address, its name in the post room, and on the page."""
COUNTED = ("approve", "person", "going", "formats")
EMPTY = {
    "approve": (
        "No letter waits for approval",
        "A letter is drafted with the act that calls for it, and then comes here.",
    ),
    "person": (
        "No letter needs a person",
        "A letter that came back, or that may not have been sent, comes here: somebody has to look into it.",
    ),
    "going": (
        "No letter is on its way",
        "An approved letter stays here until it is sent by email, printed and posted, or handed over.",
    ),
    "formats": (
        "No format waits to be delivered",
        "Braille, sign language, audio, translations and visits to read a letter aloud come here until they reach the "
        "customer. Only then does the time to appeal begin.",
    ),
    "sent": ("No letter was sent yet", "What was sent is kept here as it was sent."),
    "aside": ("No letter was set aside", "A draft that no longer says what stands is kept here and never sent."),
}
MARKED_LATE = ("approve", "person", "formats")


class Narrow(forms.Form):
    """What the list is narrowed to. It is read, never sent."""

    kind = forms.ChoiceField(
        label="Which letters",
        required=False,
        choices=[("", "All letters"), *((kind.value, kind.words) for kind in LetterKind)],
    )
    mine = forms.BooleanField(label="Only in my cases", required=False)
    show = forms.CharField(required=False, widget=forms.HiddenInput)


@for_roles(CASEWORKERS)
def letters(request: HttpRequest) -> HttpResponse:
    """One queue. What is shown stays in the address; counts stop at one more than a page."""
    viewer = request.user
    assert isinstance(viewer, User)
    on, asked = now().day, request.GET.get("show", "")
    show, name = next(((word, name) for word, name, _ in SHOWS if word == asked), ("", "approve"))
    narrow = Narrow({"show": show, "kind": request.GET.get("kind", ""), "mine": request.GET.get("mine", "")})
    chosen = narrow.cleaned_data if narrow.is_valid() else {}
    kind, mine = chosen.get("kind", ""), bool(chosen.get("mine"))
    after = request.GET.get("after", "")
    page = post_room.queue(viewer, on, name, kind=kind, mine=mine, after=after)
    kept = {"kind": kind, "mine": "on" if mine else ""}
    heading, text = EMPTY[name]
    context = {
        "title": "Letters",
        "places": places(viewer, on, show, kept),
        "form": narrow,
        "clear": way.with_query("letters", show=show) if kind or mine else "",
        "tasks": [line(row, on, name) for row in page.rows],
        "older": way.with_query("letters", show=show, after=page.after, **kept) if page.after else "",
        "newer": way.with_query("letters", show=show, **kept) if after else "",
        "empty_heading": "No such letter here" if kind or mine else heading,
        "empty_text": "Clear the filters to see the others." if kind or mine else text,
    }
    return render(request, "correspondence/letters.html", context)


def places(viewer: User, on: date, here: str, kept: dict[str, str]) -> list[dict[str, Any]]:
    """The queues as links, those that wait for someone with how many there are."""
    return [
        {
            "words": words,
            "href": way.with_query("letters", show=show, **kept),
            "here": show == here,
            "count": bounded(post_room.how_many(viewer, on, name)) if name in COUNTED else None,
        }
        for show, name, words in SHOWS
    ]


def line(row: LetterRow, on: date, queue: str) -> dict[str, Any]:
    """A letter in a list: what it is, to whom, by when."""
    person = row.case.person
    status, kind, when = standing(row, on, queue)
    over = getattr(row, "overtaken", False)
    against = "It tells of a decision against them. " if row.adverse and queue == "approve" and not over else ""
    return {
        "name": LetterKind(row.kind).words,
        "href": way.to_letter(row.case.reference, row.letter),
        "hint": f"To {person.name if person else 'nobody known'} – case {row.case.reference}. {against}".strip(),
        "status": status,
        "kind": kind,
        "day": when,
    }


def standing(row: LetterRow, on: date, queue: str) -> tuple[str, str, str]:
    """The words and the kind of a letter's badge, and the day beside it."""
    if getattr(row, "withheld", False) and row.post == Post.DRAFT:
        return "Notice is withheld", "", ""
    if queue in MARKED_LATE:
        words = until(row.send_by, on)
        late = urgency(row.send_by, on)
        shown = state_of(row) if queue == "person" else f"Due {words}" if late != "danger" else words
        return shown, "danger" if queue == "person" else late, f"Send by {day(row.send_by)}"
    moment = row.sent_at or row.issued_at or row.drafted_at
    word = "Sent" if row.sent_at else "Approved" if row.issued_at else "Drafted"
    return state_of(row), "", f"{word} {day(moment)}"


urlpatterns = [path("letters/", letters, name="letters")]
