"""C2, D1: the answers to objections that go by post: printed together, put into envelopes, and marked as posted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from evenhand.cases import answer_sending, sight
from evenhand.doors.clock import now
from evenhand.doors.looked import looked_at_many
from evenhand.doors.permission import for_roles
from evenhand.people.models import User
from evenhand.people.reading import kept_record
from evenhand.people.refusal import NotDone
from evenhand.policy.need import LetterFormat
from evenhand.policy.staff import DECIDERS
from evenhand.web.fields import in_words

LOOKED_FOR = "Answers to objections, to print"


@for_roles(DECIDERS)
def to_print(request: HttpRequest) -> HttpResponse:
    """The answers that wait for the post, as one file to print, and the button that says they were posted."""
    viewer = request.user
    assert isinstance(viewer, User)
    rows = answer_sending.to_print(sight.people_close_to(viewer, now().day))
    people = [kept_record(row.objection.person) for row in rows]
    looked_at_many(viewer, people, LOOKED_FOR)
    context = {
        "title": "Print and post answers to objections",
        "columns": [{"words": words} for words in ("Letter", "To", "Format", "Anything wrong?")],
        "rows": [
            [row.reference, person.name, in_words(LetterFormat(row.format)), row.trouble or "No"]
            for row, person in zip(rows, people, strict=True)
        ],
        "of": ",".join(str(row.pk) for row in rows),
    }
    return render(request, "demand/print_answers.html", context)


@for_roles(DECIDERS)
def printed(request: HttpRequest) -> HttpResponse:
    """The file to print."""
    viewer = request.user
    assert isinstance(viewer, User)
    close = sight.people_close_to(viewer, now().day)
    try:
        made = answer_sending.printed(_of(request.GET.get("of", "")), close, now())
    except NotDone as no:
        messages.error(request, str(no))
        return HttpResponseRedirect(reverse("demand.print"))
    return as_file(made, "answers-to-print.pdf")


@for_roles(DECIDERS)
@require_POST
def posted(request: HttpRequest) -> HttpResponse:
    """Each that was printed is recorded as sent today."""
    viewer = request.user
    assert isinstance(viewer, User)
    close = sight.people_close_to(viewer, now().day)
    done = answer_sending.posted(_of(request.POST.get("of", "")), close, now())
    count = "1 letter is" if len(done) == 1 else f"{len(done)} letters are"
    messages.success(request, f"{count} recorded as posted." if done else "They were recorded before.")
    return HttpResponseRedirect(reverse("demand.print"))


def as_file(made: bytes, name: str) -> HttpResponse:
    """A letter to read in the browser, which keeps no copy."""
    kind = "application/pdf" if name.endswith(".pdf") else "text/plain; charset=utf-8"
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(made, content_type=kind, headers=headers)


def _of(words: str) -> frozenset[int]:
    return frozenset(int(each) for each in words.split(",") if each.isascii() and each.isdecimal() and len(each) < 18)


urlpatterns = [
    path("worth-a-look/answers-to-print/", to_print, name="demand.print"),
    path("worth-a-look/answers-to-print/file.pdf", printed, name="demand.print.file"),
    path("worth-a-look/answers-to-print/posted", posted, name="demand.print.posted"),
]
