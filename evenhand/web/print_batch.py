"""D1: letters printed together, put into envelopes by the list, and marked as posted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from evenhand.cases import post_room, posting, reading, record
from evenhand.cases.post_room import BatchRow
from evenhand.cases.reading import LetterRow
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import CASEWORKERS, for_roles
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.policy.events.correspondence import LetterKind
from evenhand.policy.refusal import Refused
from evenhand.policy.standing.correspondence import Post
from evenhand.web import way
from evenhand.web.letter import found, opened
from evenhand.web.letter_words import state_kind, state_of
from evenhand.web.names import names_of
from evenhand.web.templatetags.words import day, moment


@for_roles(CASEWORKERS)
def batches(request: HttpRequest) -> HttpResponse:
    """What waits to be printed, and the batches there are; a POST prints all that waits."""
    viewer = request.user
    assert isinstance(viewer, User)
    waiting = post_room.to_print(viewer, now().day)
    if request.method == "POST":
        return printed(request, waiting, "print-batches")
    after = request.GET.get("after", "")
    page = post_room.batches(viewer, now().day, after=after)
    who = names_of(batch.made_by for batch in page.rows)
    context = {
        "title": "Print and post letters",
        "waiting": len(waiting),
        "tasks": [line(batch, who[batch.made_by]) for batch in page.rows],
        "older": way.with_query("print-batches", after=page.after) if page.after else "",
        "newer": way.with_query("print-batches") if after else "",
    }
    return render(request, "correspondence/batches.html", context)


def line(batch: Any, who: str) -> dict[str, str]:
    """A batch in a list."""
    letters = "1 letter" if batch.count == 1 else f"{batch.count} letters"
    posted = batch.posted_at is not None
    return {
        "name": f"Batch {batch.reference}",
        "href": reverse("print-batch", args=[batch.reference]),
        "hint": f"{letters}, printed by {who} on {moment(batch.made_at)}",
        "status": "Posted" if posted else "Not posted yet",
        "kind": "good" if posted else "due",
        "day": day(batch.posted_at),
    }


def printed(request: HttpRequest, letters: list[int], otherwise: str, *args: str) -> HttpResponse:
    """A new batch of these letters, or word of why there is none."""
    assert isinstance(request.user, User)
    moment = now()
    aside = posting.set_aside_overtaken(letters, moment)
    for one in aside:
        messages.warning(request, not_printed(one))
    try:
        batch = posting.make(letters, request.user.actor, moment)
    except Refused as refused:
        if not aside or len(aside) < len(letters):
            messages.error(request, str(refused))
        return HttpResponseRedirect(reverse(otherwise, args=args))
    messages.success(request, "Ready to print. Print the file, fill the envelopes by the list, then mark it as posted.")
    return HttpResponseRedirect(reverse("print-batch", args=[batch.reference]))


def not_printed(one: posting.Aside) -> str:
    """Which letter was set aside instead of printed, to whom, and why."""
    row = one.letter
    to = f" to {row.case.person.name}" if row.case.person else ""
    kind = LetterKind(row.kind).words
    return f"Not printed: the letter “{kind}”{to} in case {row.case.reference} was set aside. {one.why}"


@for_roles(CASEWORKERS)
@require_POST
def print_one(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """One letter printed alone: urgent, or of a matter that nobody else may know of."""
    one = found(opened(request, reference), letter)
    return printed(request, [one.row.pk], "letter", reference, letter)


def batch_for(request: HttpRequest, reference: str) -> BatchRow:
    """The batch, for a colleague who may see every letter in it. 404 where to them there is none."""
    assert isinstance(request.user, User)
    try:
        return post_room.batch(reference, request.user, now().day)
    except reading.NotFound:
        raise Http404 from None


@for_roles(CASEWORKERS)
def batch(request: HttpRequest, reference: str) -> HttpResponse:
    """What is in a batch, its files, and the buttons for what became of it."""
    viewer, shown = request.user, batch_for(request, reference)
    assert isinstance(viewer, User)
    letters = post_room.letters_in(shown)
    looked(viewer, LookKind.LETTER, reference, purpose="Print batch")
    who = names_of([shown.made_by, shown.posted_by])
    context = {
        "title": f"Batch {reference}",
        "batch": shown,
        "made_by": who[shown.made_by],
        "posted_by": who[shown.posted_by] if shown.posted_by else "",
        "columns": [{"words": words} for words in ("Letter", "To", "Case", "State")],
        "rows": [row_of(letter) for letter in letters],
        "to_post": sum(letter.post == Post.ISSUED for letter in letters),
        "taken_out": [(one, why) for one in letters if not shown.posted_at and (why := why_out(one))],
    }
    return render(request, "correspondence/batch.html", context)


def why_out(letter: Any) -> str:
    """Why a letter that was printed is not to be posted after all; empty if it is."""
    if letter.overtaken and letter.post == Post.ISSUED:
        return "it is out of date. Take it out of the envelope, then set it aside"
    return "" if letter.post == Post.ISSUED else str(letter.post)


def row_of(letter: LetterRow) -> list[Any]:
    case, state = letter.case, state_of(letter)
    kind = state_kind(letter)
    return [
        {"words": LetterKind(letter.kind).words, "href": way.to_letter(case.reference, letter.letter)},
        case.person.name if case.person else "",
        case.reference,
        {"words": state, "kind": kind} if kind else state,
    ]


@for_roles(CASEWORKERS)
def pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The file to print."""
    shown = batch_for(request, reference)
    assert isinstance(request.user, User)
    looked(request.user, LookKind.LETTER, reference, purpose="Print batch, to print")
    return as_file(post_room.pdf_of(shown), "application/pdf", f'inline; filename="{reference}.pdf"')


@for_roles(CASEWORKERS)
def manifest(request: HttpRequest, reference: str) -> HttpResponse:
    """The list of what is in it, for a spreadsheet: with a mark that says which letters it is written in."""
    shown = batch_for(request, reference)
    assert isinstance(request.user, User)
    looked(request.user, LookKind.LETTER, reference, purpose="Print batch, the list")
    told = f"\ufeff{shown.manifest}".encode()
    return as_file(told, "text/csv; charset=utf-8", f'attachment; filename="{reference}.csv"')


def as_file(data: bytes, kind: str, disposition: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@for_roles(CASEWORKERS)
@require_POST
def posted(request: HttpRequest, reference: str) -> HttpResponse:
    """Every letter of the batch recorded as sent; one that may no longer go is named, to be taken out of the post."""
    viewer = request.user
    assert isinstance(viewer, User)
    shown = batch_for(request, reference)
    done = posting.mark_posted(shown.reference, record.Ask(viewer.actor, now()))
    count = "1 letter is" if len(done.letters) == 1 else f"{len(done.letters)} letters are"
    if done.letters:
        messages.success(request, f"{count} recorded as posted.")
    for letter, why in done.refused:
        messages.error(request, f"Take letter {letter} out of the post, it was not recorded: {why}")
    if not (done.letters or done.refused):
        messages.info(request, "Every letter in this batch was recorded before.")
    return HttpResponseRedirect(reverse("print-batch", args=[reference]))


@for_roles(CASEWORKERS)
@require_POST
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    """A batch that was spoilt: its letters wait to be printed again."""
    shown = batch_for(request, reference)
    try:
        count = posting.undo(shown.reference)
    except posting.NoSuchBatch:
        messages.error(request, "This batch was marked as posted, so its letters are not printed again.")
        return HttpResponseRedirect(reverse("print-batch", args=[reference]))
    again = "1 letter waits" if count == 1 else f"{count} letters wait"
    messages.success(request, f"{again} to be printed again.")
    return HttpResponseRedirect(reverse("print-batches"))


urlpatterns = [
    path("letters/batches/", batches, name="print-batches"),
    path("letters/batches/<str:reference>/", batch, name="print-batch"),
    path("letters/batches/<str:reference>/letters.pdf", pdf, name="print-batch.pdf"),
    path("letters/batches/<str:reference>/list.csv", manifest, name="print-batch.list"),
    path("letters/batches/<str:reference>/posted", posted, name="print-batch.posted"),
    path("letters/batches/<str:reference>/undo", undo, name="print-batch.undo"),
    path("cases/<str:reference>/letters/<str:letter>/print", print_one, name="letter.print"),
]
