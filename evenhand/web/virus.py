"""Whether files are looked through for viruses, and those in which something was found: for whoever sets it up, and for
the data protection officer. The files are not here, nor their names: none was kept.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.doors.clock import now
from evenhand.doors.permission import ADMINISTRATORS, AUDITORS, for_roles, may_open
from evenhand.people import changes, virus
from evenhand.people.models.change import ChangeKind
from evenhand.people.virus import Standing
from evenhand.web import way
from evenhand.web.templatetags.words import day

PAGE = 50
KINDS = {Standing.ON: "good", Standing.OFF: "due", Standing.OLD: "due", Standing.AWAY: "danger"}
HEADINGS = {Standing.ON: ("Working", "Files are looked through for viruses"), Standing.AWAY: ("Not working", ""),
            Standing.OFF: ("Note", "Files are not looked through for viruses"), Standing.OLD: ("Note", "")}  # fmt: skip
"""What stands over how it stands, and in what words, where they are not its own."""
WHAT_IT_MEANS = {
    Standing.OFF: "Nothing looks for viruses in the files that colleagues send: whoever opens one relies on their own "
    "computer. Ask whoever runs Evenhand to set up a scanner: the guide to running it says how.",
    Standing.AWAY: "Files are refused until it does, and whoever sends one is told to keep it and try again. Forms "
    "without files are sent as ever. Ask whoever runs Evenhand to start the scanner.",
    Standing.OLD: "Files are looked through, but new viruses may not be found. Ask whoever runs Evenhand why the "
    "scanner learns of no new ones.",
    Standing.ON: "A file in which something is found is refused, and so is one that cannot be looked through.",
}


@for_roles(ADMINISTRATORS | AUDITORS)
def files(request: HttpRequest) -> HttpResponse:
    """How it stands now, and what was refused, newest first."""
    state = virus.state(now().day)
    word, heading = HEADINGS[state.standing]
    after = request.GET.get("after", "")
    rows = list(changes.after(changes.of_setting_up([ChangeKind.FILE]), after)[: PAGE + 1])
    administration, looks = reverse("administration"), reverse("looks")
    to_administration = may_open(request.user.actor, administration)  # type: ignore[union-attr]
    context = {
        "title": "Files and viruses",
        "up": administration if to_administration else looks,
        "up_words": "Back to administration" if to_administration else "Back to who looked",
        "kind": KINDS[state.standing],
        "word": word,
        "heading": heading or state.standing.value,
        "means": WHAT_IT_MEANS[state.standing],
        "version": version(state),
        "trail": rows[:PAGE],
        "older": way.with_query("files", after=str(rows[PAGE - 1].pk)) if len(rows) > PAGE else "",
        "newer": reverse("files") if after else "",
    }
    return render(request, "administration/files.html", context)


def version(state: virus.State) -> str:
    """What the scanner says of itself, in a sentence; empty if it says nothing."""
    if not state.version:
        return ""
    known = f"knows the viruses of {day(state.signatures)}" if state.signatures else "does not say how new its list is"
    return f"The scanner is {state.version} and {known}."


def task() -> dict[str, Any]:
    """The line in the list of what is to be set up."""
    standing = virus.state(now().day).standing
    return {
        "name": "Files and viruses",
        "href": reverse("files"),
        "hint": "Whether files that are sent are looked through.",
        "status": standing.value,
        "kind": KINDS[standing],
    }


urlpatterns = [path("administration/files", files, name="files")]
