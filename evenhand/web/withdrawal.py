"""Rule 14: what a colleague was told of that ended or changed since, and their word that they let it go."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.doors.clock import now
from evenhand.doors.permission import EVERYONE, for_roles
from evenhand.people.models import User
from evenhand.sharing import ledger
from evenhand.sharing.models import Recall
from evenhand.sharing.models.change import ChangeKind
from evenhand.sharing.models.disclosure import ConfirmedHow
from evenhand.web import way
from evenhand.web.sharing_words import CONTROLS
from evenhand.web.templatetags.words import day

PAGE = 50
NOTHING = "Choose what you removed, then press the button."
WORDS = {
    ChangeKind.CHANGED: "changed. Look at the card again: what to do is not what it was",
    ChangeKind.ENDED: "ended. Remove it from your notes and your diary",
    ChangeKind.WITHDRAWN: "was withdrawn and counts for nothing. Remove it from your notes and your diary",
}


class Chosen(forms.Form):
    """Which of the news is confirmed."""

    news = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": NOTHING})

    def __init__(self, *args: Any, waiting: list[Recall], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["news"].choices = [(row.pk, str(row.pk)) for row in waiting]  # type: ignore[attr-defined]


@for_roles(EVERYONE)
def withdrawals(request: HttpRequest) -> HttpResponse:
    """The colleague's own list, the oldest first; looking at it is being told."""
    viewer = request.user
    assert isinstance(viewer, User)
    me = ledger.colleague(viewer)
    waiting = list(ledger.unconfirmed(me).select_related("disclosure__person", "disclosure__home")[:PAGE])
    error = ""
    if request.method == "POST":
        form = Chosen(request.POST, waiting=waiting)
        if form.is_valid():
            return confirmed(request, viewer, form.cleaned_data["news"])
        error = NOTHING
    ledger.shown(waiting, now().at)
    context = {
        "title": "Warnings that ended or changed",
        "rows": [row(one) for one in waiting],
        "more": len(waiting) == PAGE,
        "error": error,
    }
    return render(request, "sharing/withdrawals.html", context)


def confirmed(request: HttpRequest, viewer: User, chosen: list[int]) -> HttpResponse:
    count = ledger.confirm_these(chosen, now().at, by=viewer.actor, how=ConfirmedHow.PAGE)
    said = "1 is confirmed" if count == 1 else f"{count} are confirmed"
    messages.success(request, f"Thank you. {said}.")
    return HttpResponseRedirect(reverse("withdrawals"))


def row(one: Recall) -> dict[str, Any]:
    told = one.disclosure
    about = told.person.name if told.person else str(told.home or "A home")
    card = way.to_check(told.person or told.home) if told.person or told.home else ""  # type: ignore[arg-type]
    what = ChangeKind(one.what)
    return {
        "pk": one.pk,
        "about": about,
        "what": f"The {CONTROLS[told.kind].lower()} {WORDS[what]}.",
        "dates": f"Since {day(one.at)}. You were last told of it on {day(told.last_at)}.",
        "card": card if what is ChangeKind.CHANGED else "",
    }


urlpatterns = [path("withdrawals/", withdrawals, name="withdrawals")]
