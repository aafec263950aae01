"""D1, D2: whether every letter the landlord sends still says what it must, in each format, with one to look at."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import letter_check
from evenhand.cases.composing import LetterIncomplete
from evenhand.cases.letter_folder import LETTERS, PACKED
from evenhand.cases.letter_kind import Format, Kind
from evenhand.cases.typesetting import typeset
from evenhand.cases.wording import WordingError
from evenhand.doors.permission import ADMINISTRATORS, for_roles
from evenhand.policy.events.correspondence import LetterKind


def name(kind: Kind) -> str:
    return "Answer to an objection" if kind is Kind.OBJECTION_ANSWER else LetterKind(kind.value).words


def said(shape: Format) -> str:
    return shape.value.replace("_", " ")


def digest_of(folder: Path) -> str:
    """Changes with the wording, the layouts and the pictures, so that what was found of them is found once."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    stands = [f"{file.relative_to(folder)} {file.stat().st_mtime_ns} {file.stat().st_size}" for file in files]
    return sha256("\n".join(stands).encode()).hexdigest()


@lru_cache(maxsize=4)
def faults_of(digest: str, pages: bool) -> dict[tuple[Kind, Format], list[str]]:
    """What is wrong with each letter in each format, as the folder stands. With `pages` that takes seconds."""
    return {(kind, shape): list(letter_check.faults(kind, shape, pages=pages)) for kind in Kind for shape in Format}


@for_roles(ADMINISTRATORS)
def letters(request: HttpRequest) -> HttpResponse:
    """Each kind in each format. What they say is always looked at; setting each takes seconds."""
    pages = bool(request.GET.get("pages"))
    rows, wrong, found = [], [], faults_of(digest_of(LETTERS), pages)
    for kind in Kind:
        cells: list[Any] = [name(kind)]
        for shape in Format:
            faults = found[kind, shape]
            wrong += [f"{name(kind)}, {said(shape)}: {fault}" for fault in faults]
            href = reverse("letters.sample", args=[kind.value, shape.value])
            cells.append({"words": "Mend this", "kind": "danger"} if faults else {"words": "See it", "href": href})
        rows.append(cells)
    context = {
        "title": "The letters",
        "intro": "Every letter says what was decided, why, what happens next and how to ask us to look again.",
        "columns": [{"words": "Letter"}, *({"words": said(shape).capitalize()} for shape in Format)],
        "rows": rows,
        "wrong": wrong,
        "pages": pages,
        "own": LETTERS != PACKED,
    }
    return render(request, "administration/letters.html", context)


@for_roles(ADMINISTRATORS)
def sample(request: HttpRequest, kind: str, shape: str) -> HttpResponse:
    """One letter as a customer would get it, about people who do not exist."""
    try:
        of, form = Kind(kind), Format(shape)
    except ValueError:
        raise Http404 from None
    try:
        made = typeset(of, form, letter_check.example(of))
    except (LetterIncomplete, WordingError) as fault:
        context = {"title": "This letter cannot be made", "wrong": [str(fault)], "columns": [], "rows": []}
        return render(request, "administration/letters.html", context)
    response = HttpResponse(made, content_type="application/pdf" if form.is_pdf else "text/plain; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{of.value}-{form.value}{form.suffix}"'
    return response


AT = "administration/letters/"
urlpatterns = [
    path(AT, letters, name="letters.status"),
    path(f"{AT}<str:kind>/<str:shape>", sample, name="letters.sample"),
]
