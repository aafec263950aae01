"""The register brought in from a browser: files, a trial if wanted, progress that can be left, and what was wrong."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from evenhand.clamd import Readable
from evenhand.doors.clock import now
from evenhand.doors.permission import ADMINISTRATORS, for_roles
from evenhand.people import changes
from evenhand.people.models import RegisterImport, RejectedRow, User
from evenhand.people.models.change import ChangeKind
from evenhand.people.models.register import Brings, ImportState
from evenhand.people.refusal import NotDone
from evenhand.people.register import importing, report, running, upload
from evenhand.people.tasks import import_register
from evenhand.web.fields import Files, Line, Tick
from evenhand.web.set_up import PlainForm, SetUpView
from evenhand.web.templatetags.words import moment

PAGE = 50
SECONDS = 5
LATELY = 25
LEFT_OUT = Count("rejected", filter=Q(rejected__whole_row=True))
WHAT = {Brings.REGISTER: "The register", Brings.CONTACTS: "Contacts", Brings.ALERTS: "Inherited alerts"}
KINDS = {
    ImportState.DONE: "good",
    ImportState.TO_CONFIRM: "due",
    ImportState.REFUSED: "danger",
    ImportState.FAILED: "danger",
}


class UploadForm(PlainForm):
    chosen = Files(
        "Choose the files",
        f"Either {', '.join(upload.NAMES[:-1])} and {upload.NAMES[-1]} together, or one zip with all four in it. "
        f"With them may come {upload.ALERTS}: what an older system warned of.",
        required=True,
    )
    source = Line(
        "Which system do they come from?",
        "The same word each time, such as “housing”: references of another system are kept apart.",
        max_length=60,
        missing="Name the system, such as housing",
    )
    dry_run = Tick("Only try it", "Everything is checked and counted, and nothing is changed.")
    complete = Tick(
        "These files are complete",
        "Then whoever is not in them has left, and their part in a tenancy ends today. Above 2 in 100, you confirm it.",
    )

    def clean_source(self) -> str:
        source = str(self.cleaned_data["source"])
        if source == "local":
            self.add_error("source", "“local” is for people in no register. Use the name of your housing system")
        return source


class Upload(SetUpView):
    form_class = UploadForm
    title = "Bring in the register"
    intro = "Homes, people and tenancies from your housing system. You can leave while it runs, and come back."
    submit = "Start"
    done = ""
    back_words = "Back to the register"

    def get_initial(self) -> dict[str, Any]:
        last = RegisterImport.objects.filter(brings=Brings.REGISTER).exclude(source="local").first()
        return {"source": last.source if last else "housing"}

    def back(self) -> str:
        return reverse("register")

    def pieces(self, file: Any) -> Iterator[tuple[str, Readable]]:
        yield from super().pieces(file)
        yield from upload.inside(file)

    def change(self, form: UploadForm) -> None:
        told = form.cleaned_data
        self.started = importing.begin(
            upload.receive(told["chosen"]),
            told["source"],
            now().at,
            by=self.colleague,
            complete=told["complete"],
            dry_run=told["dry_run"],
        )
        kind = "a trial import" if told["dry_run"] else "an import"
        end = " The files were declared complete." if told["complete"] else ""
        self.note(ChangeKind.REGISTER, told["source"], f"Started {kind} of the register.{end}")
        import_register.defer(register_import=self.started.pk)

    def get_success_url(self) -> str:
        return reverse("register.import", args=[self.started.pk]) + "?watch=1"


@for_roles(ADMINISTRATORS)
def register(request: HttpRequest) -> HttpResponse:
    """The latest imports."""
    # Said here: where rows are counted together, the order that a model has by itself is dropped.
    newest = RegisterImport.objects.order_by("-started_at", "-pk")
    found = newest.select_related("by").annotate(left_out=LEFT_OUT)[:LATELY]
    context = {
        "title": "The register",
        "intro": "Homes, people and tenancies, as your housing system knows them, and the contacts with them.",
        "columns": [{"words": words} for words in ("Started", "What", "By", "From", "How it ended")],
        "rows": [
            [
                {"words": moment(one.started_at), "href": reverse("register.import", args=[one.pk])},
                WHAT[Brings(one.brings)],
                one.by.name if one.by else "the command line",
                f"{one.source}, a trial" if one.dry_run else one.source,
                {"words": state(one, one.left_out), "kind": kind(one, one.left_out)},
            ]
            for one in found
        ],
    }
    return render(request, "administration/register.html", context)


def state(record: RegisterImport, left_out: int) -> str:
    """How it ended, and in one word that it is not all there where rows were not loaded."""
    words = record.state[0].upper() + record.state[1:]
    rows = f"{left_out:,} {'row' if left_out == 1 else 'rows'}"
    return f"{words}, without {rows}" if left_out and record.state == ImportState.DONE else words


def kind(record: RegisterImport, left_out: int) -> str:
    how = ImportState(record.state)
    return "due" if left_out and how is ImportState.DONE else KINDS.get(how, "")


@for_roles(ADMINISTRATORS)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: how far it has come, or what it did and everything that was wrong, a page at a time.

    With `?watch=1` the page comes again by itself while the import runs; a link on it stops that.
    """
    record = get_object_or_404(RegisterImport.objects.select_related("by"), pk=pk)
    how = ImportState(record.state)
    watched = bool(request.GET.get("watch")) and not how.is_over
    left_out = record.rejected.filter(whole_row=True).count() if how.is_over else 0
    wrong = list(wrong_after(record, request.GET.get("after", ""))[: PAGE + 1])
    here = reverse("register.import", args=[pk])
    context = {
        "title": "A trial import" if record.dry_run else f"An import of {WHAT[Brings(record.brings)].lower()}",
        "record": record,
        "state": state(record, left_out),
        "kind": kind(record, left_out),
        "over": how.is_over,
        "watched": watched,
        "seconds": SECONDS,
        "stuck": stuck(record),
        "to_confirm": how is ImportState.TO_CONFIRM,
        "later": later(record),
        **counts(record),
        "wrong": wrong[:PAGE],
        "older": f"{here}?after={wrong[PAGE - 1].pk}" if len(wrong) > PAGE else "",
        "newer": here if request.GET.get("after") else "",
    }
    response = render(request, "administration/import.html", context)
    if watched:
        response["Refresh"] = str(SECONDS)
    return response


def wrong_after(record: RegisterImport, after: str) -> Any:
    """What is wrong in the files, by file and line, from the place that follows one of them."""
    found = record.rejected.all()
    last = RejectedRow.objects.filter(pk=int(after), register_import=record).first() if after.isdecimal() else None
    if last is None:
        return found
    further = found.filter(file__gt=last.file) | found.filter(file=last.file, line__gt=last.line)
    return further | found.filter(file=last.file, line=last.line, pk__gt=last.pk)


def stuck(record: RegisterImport) -> str:
    """Why nothing moves, if nothing does: nobody took it up, or whoever did is gone."""
    how = ImportState(record.state)
    if how is ImportState.WAITING and (now().at - record.started_at).total_seconds() > 60:
        return "It waits for another import, or the worker is not running. Ask whoever looks after Evenhand."
    if how in (ImportState.READING, ImportState.LOADING) and not running.is_running():
        return "It seems to have broken off, and nothing was loaded. Bring the files in again."
    return ""


def counts(record: RegisterImport) -> dict[str, Any]:
    """What was read and changed, file by file: one column for each thing that was counted of any."""
    found = report.in_order(record)
    words = [word for word in report.WORDS if any(word == counted for _, line in found for counted, _ in line)]
    return {
        "columns": [{"words": "File"}, *({"words": word.capitalize(), "numeric": True} for word in words)],
        "rows": [
            [name, *({"words": f"{dict(line).get(word, 0):,}", "numeric": True} for word in words)]
            for name, line in found
        ],
    }


@for_roles(ADMINISTRATORS)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator says that so many have indeed left: the same files are brought in, and those people end."""
    assert isinstance(request.user, User)
    with transaction.atomic():
        record = get_object_or_404(RegisterImport.objects.select_for_update(of=("self",)), pk=pk)
        if (again := later(record)) is None:
            try:
                again = importing.confirm(record, request.user, now().at)
            except NotDone as no:
                messages.error(request, str(no))
                return redirect("register.import", pk=pk)
            words = "Confirmed that whoever is not in the files has left."
            changes.note(request.user, now().at, ChangeKind.REGISTER, record.source, words)
            import_register.defer(register_import=again.pk)
    return redirect(reverse("register.import", args=[again.pk]) + "?watch=1")


def later(record: RegisterImport) -> RegisterImport | None:
    """An import of the same files that was begun after this one, so that this one is over and done with."""
    return RegisterImport.objects.filter(folder=record.folder, pk__gt=record.pk).order_by("pk").first()


@for_roles(ADMINISTRATORS)
def wrong_as_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was wrong, as CSV that spreadsheets read right."""
    record = get_object_or_404(RegisterImport, pk=pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{pk}.csv"'
    report.write_csv(record, response)  # type: ignore[arg-type]
    return response


AT = "administration/register/"
urlpatterns = [
    path(AT, register, name="register"),
    path(f"{AT}bring-in", Upload.as_view(), name="register.bring_in"),
    path(f"{AT}<int:pk>/", one, name="register.import"),
    path(f"{AT}<int:pk>/confirm", confirm, name="register.confirm"),
    path(f"{AT}<int:pk>/wrong.csv", wrong_as_csv, name="register.wrong"),
]
