"""D1: one letter: what it is, how far it has come, what it says, its files, and what to do next."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import letter_file, letters, reading
from evenhand.cases.letter_file import LetterFile
from evenhand.cases.reading import CaseFile
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import CASEWORKERS, for_roles
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.policy.events.correspondence import Delivery, LetterKind
from evenhand.policy.need import LetterFormat
from evenhand.policy.standing.correspondence import Post
from evenhand.policy.visibility import Part
from evenhand.web.appeal import told_of
from evenhand.web.case_step import name_of
from evenhand.web.fields import in_words
from evenhand.web.letter_next import advice, out_of_date, steps
from evenhand.web.letter_words import (
    HOW,
    READY_MADE,
    STATEMENT_WORDS,
    format_of,
    slug,
    state_kind,
    state_of,
)
from evenhand.web.names import Names, names_of
from evenhand.web.templatetags.words import day, moment, until


def opened(request: HttpRequest, reference: str) -> CaseFile:
    """The case of a letter, for a colleague who sees its letters. 404 where to them there are none."""
    assert isinstance(request.user, User)
    try:
        file = reading.case_file(reference, request.user, now().day)
    except reading.NotFound:
        raise Http404 from None
    if not file.sees(Part.LETTERS):
        raise Http404
    return file


def found(file: CaseFile, letter: str) -> LetterFile:
    try:
        return letter_file.letter_file(file, letter)
    except reading.NotFound:
        raise Http404 from None


@for_roles(CASEWORKERS)
def letter(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """The page of one letter, with a line in the log of looks."""
    viewer = request.user
    assert isinstance(viewer, User)
    file = opened(request, reference)
    shown = found(file, letter)
    kind = LetterKind(shown.row.kind).words
    looked(viewer, LookKind.LETTER, f"{reference}/{letter}", file.person, f"Letter: {kind}")
    who = names_of([shown.row.issued_by, *(issue.issued_by for issue in shown.earlier)])
    open_steps, closed_steps = steps(file, shown, reading.occasion(viewer.actor, now(), file))
    context = {
        "file": file,
        "letter": shown,
        "title": kind,
        "badges": list(badges(shown, file)),
        "advice": advice(file, shown),
        "steps": open_steps,
        "urged": is_urged(shown) or bool(out_of_date(file, shown)),
        "closed_steps": closed_steps,
        **({} if out_of_date(file, shown) and not shown.row.batch else printing(reference, shown)),
        "facts": [{"key": key, "value": value} for key, value in facts(file, shown, who) if value],
        "formats": formats(reference, shown),
        "owed": [(STATEMENT_WORDS[name], said) for name, said in shown.owed],
        "missing": any(not said for _, said in shown.owed),
        "entries": tuple(reversed(shown.entries)),
        "earlier": [(issue, who[issue.issued_by], HOW[Delivery(issue.delivery)]) for issue in shown.earlier],
    }
    return render(request, "correspondence/letter.html", context)


def is_urged(letter: LetterFile) -> bool:
    """Whether the first of the acts is what someone should do now."""
    waits = letter.standing.post in (Post.DRAFT, Post.UNCERTAIN, Post.RETURNED) or letter.standing.awaits_format
    return waits or (letter.standing.post is Post.ISSUED and letter.row.delivery == Delivery.BY_HAND)


def printing(reference: str, letter: LetterFile) -> dict[str, str]:
    """Where a letter that goes by post is printed, or was."""
    row = letter.row
    if row.batch is not None:
        return {"batch_href": reverse("print-batch", args=[row.batch.reference])}
    if row.post == Post.ISSUED and row.delivery == Delivery.POST:
        return {"print_href": reverse("letter.print", args=[reference, row.letter])}
    return {}


def badges(letter: LetterFile, file: CaseFile) -> Iterator[tuple[str, str]]:
    yield state_of(letter.row), state_kind(letter.row)
    if letter.standing.awaits_format:
        yield f"Waits for {letter.format.value}", "due"
    if letter.row.adverse and not out_of_date(file, letter):
        yield "A decision against them", ""
    if state_kind(letter.row) in ("due", "danger") and letter.row.send_by < file.day:
        yield until(letter.row.send_by, file.day), "danger"


def facts(file: CaseFile, letter: LetterFile, who: Names) -> Iterator[tuple[str, str]]:
    """What it is, to whom and how, as rows of a list; what there is not yet is empty."""
    row, told = letter.row, letter.facts.recipient
    about = name_of(file.case, letter.standing.about)
    yield "About", f"{about[:1].upper()}{about[1:]}"
    yield "To", "\n\n".join(letter.addresses) or "\n".join([told.name, *told.address])
    yield "Format", in_words(letter.format)
    yield "How it goes", HOW[Delivery(row.delivery)] if row.delivery else ""
    yield "Drafted", moment(row.drafted_at)
    yield "Send by", "" if row.sent_at else f"{day(row.send_by)} ({until(row.send_by, file.day)})"
    yield "Approved", f"{moment(row.issued_at)}, by {who[row.issued_by]}" if row.issued_at else ""
    yield "Sent", moment(row.sent_at)
    yield "Counts as delivered", day(letter.standing.deemed_on)
    yield "Last day to appeal", last_day(file, letter)


def last_day(file: CaseFile, letter: LetterFile) -> str:
    """The day that was fixed, or what fixes it; empty where there is nothing to appeal."""
    if not letter.standing.appealable:
        return ""
    if letter.standing.awaits_format:
        return f"Fixed when the {letter.format.value} is delivered"
    told = told_of(file.case, letter.standing.about)
    fixed = told.appeal_by if told else None
    if fixed and letter.standing.issued_on:
        return day(fixed)
    return "Fixed when the letter is approved"


def formats(reference: str, letter: LetterFile) -> list[dict[str, str]]:
    """A file in each format that is ready at once, the one that fits this person marked."""
    what = "as it was approved" if letter.row.sha256 else "the one for this person"
    return [
        {
            "words": in_words(each) if each is LetterFormat.PLAIN_TEXT else f"{in_words(each)} (PDF)",
            "href": reverse("letter.file", args=[reference, letter.row.letter, slug(each)]),
            "note": what if each is letter.format else "",
        }
        for each in READY_MADE
    ]


@for_roles(CASEWORKERS)
def file(request: HttpRequest, reference: str, letter: str, format: str) -> HttpResponse:
    """The letter in one format: once approved, in the format approved, the very bytes that are sent."""
    viewer, wanted = request.user, format_of(format)
    assert isinstance(viewer, User)
    case = opened(request, reference)
    if wanted is None or case.case.correspondence.get(letter) is None:
        raise Http404
    try:
        made = letters.preview(reference, letter, format=wanted)
    except letter_file.UNREADABLE as fault:
        messages.error(request, f"This letter cannot be set at present. {fault}")
        return HttpResponseRedirect(reverse("letter", args=[reference, letter]))
    looked(viewer, LookKind.LETTER, f"{reference}/{letter}", case.person, f"Letter, {wanted.value}")
    ending, kind = ("pdf", "application/pdf") if made.is_pdf else ("txt", "text/plain; charset=utf-8")
    response = HttpResponse(made.data, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{reference}-{letter}-{format}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


urlpatterns = [
    path("cases/<str:reference>/letters/<str:letter>", letter, name="letter"),
    path("cases/<str:reference>/letters/<str:letter>/<str:format>/file", file, name="letter.file"),
]
