"""C2, D1: the answers to objections that go by post: printed together, put into envelopes, and marked as posted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from evenhand.cases import answer_posting, sight
from evenhand.cases.objection_answer import AnswerLetter
from evenhand.doors.clock import now
from evenhand.doors.looked import looked, looked_at_many
from evenhand.doors.permission import for_roles
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.people.reading import kept_record
from evenhand.people.refusal import NotDone
from evenhand.policy.need import LetterFormat
from evenhand.policy.staff import DECIDERS
from evenhand.web import way
from evenhand.web.fields import in_words
from evenhand.web.templatetags.words import moment

LOOKED_FOR = "Answers to objections, to print"


@for_roles(DECIDERS)
def to_print(request: HttpRequest) -> HttpResponse:
    """The answers that wait for the post, as one file to print, and the button that says they were posted.

    Those that may not go any more are told, and are in neither.
    """
    viewer = request.user
    assert isinstance(viewer, User)
    waiting = answer_posting.to_print(sight.people_close_to(viewer, now().day), now())
    looked_at_many(viewer, [kept_record(row.objection.person) for row, _ in waiting], LOOKED_FOR)
    may_go = [row for row, why in waiting if not why]
    context = {
        "title": "Print and post answers to objections",
        "columns": [{"words": words} for words in ("Letter", "To", "Format", "Printed", "Anything wrong?")],
        "rows": [_cells(row, why) for row, why in waiting],
        "of": ",".join(str(row.pk) for row in may_go),
        "count": len(may_go),
        "stopped": len(waiting) - len(may_go),
    }
    return render(request, "demand/print_answers.html", context)


def _cells(row: AnswerLetter, why: str) -> list[Any]:
    """One letter in the list. It leads to where it is approved anew."""
    person = kept_record(row.objection.person)
    here = reverse("demand.send", args=[way.PEOPLE.sign(str(person.pk)), row.objection_id])
    printed = moment(row.printed_at) if row.printed_at else "Not yet"
    wrong = why or row.trouble or "No"
    return [{"words": row.reference, "href": here}, person.name, in_words(LetterFormat(row.format)), printed, wrong]


@for_roles(DECIDERS)
def printed(request: HttpRequest) -> HttpResponse:
    """The file to print. Each letter that is in it was looked at."""
    viewer = request.user
    assert isinstance(viewer, User)
    close = sight.people_close_to(viewer, now().day)
    try:
        made = answer_posting.printed(_of(request.GET.get("of", "")), close, now())
    except NotDone as no:
        messages.error(request, str(no))
        return HttpResponseRedirect(reverse("demand.print"))
    for row in made.rows:
        of = f"objection/{row.objection_id}"
        looked(viewer, LookKind.LETTER, of, row.objection.person, f"Answer to an objection, printed: {row.reference}")
    return as_file(made.pdf, "answers-to-print.pdf")


@for_roles(DECIDERS)
@require_POST
def posted(request: HttpRequest) -> HttpResponse:
    """Each that was printed, and may go, is recorded as sent today."""
    viewer = request.user
    assert isinstance(viewer, User)
    close = sight.people_close_to(viewer, now().day)
    told = answer_posting.posted(_of(request.POST.get("of", "")), close, now())
    if told.done:
        count = "1 letter is" if len(told.done) == 1 else f"{len(told.done)} letters are"
        messages.success(request, f"{count} recorded as posted.")
    for reference, why in told.left.items():
        messages.error(request, f"{reference} is not recorded as posted. {why}")
    if not told.done and not told.left:
        messages.info(request, "Nothing was recorded. They were recorded as posted before, or approved anew since.")
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
