"""What every page has that changes the set-up, or what is recorded of a person: a form, a change, a trail."""

from abc import ABC, abstractmethod
from typing import Any

from crispy_forms_gds.helper import FormHelper
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.generic import FormView

from evenhand.cases import form_once
from evenhand.doors.acts import TWICE
from evenhand.doors.clock import now
from evenhand.doors.kept_words import KeepsWords, token_for, was_shown_to
from evenhand.doors.looked_through import FilesLookedThrough
from evenhand.doors.permission import ADMINISTRATORS, ForRoles
from evenhand.people import changes
from evenhand.people.models import Person
from evenhand.people.models.change import ChangeKind
from evenhand.people.refusal import NotDone
from evenhand.web.forms import sized


class PlainForm(forms.Form):
    """A form that is not about a case, in the same shapes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper: FormHelper = sized()


class SetUpView(ABC, FilesLookedThrough, KeepsWords, ForRoles, FormView):
    """One change. `change` makes it and notes it in the trail: both happen, or neither; `NotDone` is shown in words.

    A form that is taken `once` has a token: sent again it changes nothing more, and its words outlast being signed out.
    """

    template_name = "act.html"
    who = ADMINISTRATORS
    title = ""
    intro = ""
    submit = ""
    done = "Saved."
    weighty = False
    once = False
    back_words = "Back to administration"
    request: HttpRequest

    @abstractmethod
    def change(self, form: Any) -> None:
        """What the answers do. Raises `NotDone` where they cannot."""

    def afterwards(self) -> None:
        """What follows once the change is written and cannot be lost any more: email, work in the cases."""

    def note(self, kind: ChangeKind, about: str, words: str, *, person: Person | None = None) -> None:
        changes.note(self.colleague, now().at, kind, about, words, person=person)

    @property
    def token(self) -> str:
        """The token of a form that was sent, if it is ours and was shown to this colleague."""
        sent = self.request.POST.get("token", "") if self.once else ""
        return sent if was_shown_to(self.colleague, sent) else ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form that was answered leads where it led then, before anything else is asked about it."""
        if self.token and form_once.was_answered(self.token, self.colleague):
            return self.repeat()
        return super().post(request, *args, **kwargs)

    def repeat(self) -> HttpResponse:
        messages.info(self.request, TWICE)
        return HttpResponseRedirect(self.get_success_url())

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                if self.token and not form_once.first_time(self.token, self.colleague, now().at):
                    return self.repeat()
                self.change(form)
        except NotDone as no:
            form.add_error(None, str(no))
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, self.done)
        self.afterwards()
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self) -> str:
        return self.back()

    def back(self) -> str:
        """The page this one was reached from."""
        return reverse("administration")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = {
            "title": self.title,
            "intro": self.intro,
            "submit": self.submit or self.title,
            "weighty": self.weighty,
            "back": self.back(),
            "back_words": self.back_words,
            "form_token": (self.token or token_for(self.colleague)) if self.once else "",
        }
        return super().get_context_data(**{**shown, **context})
