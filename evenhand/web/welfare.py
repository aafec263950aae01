"""C4: welfare notes, sealed from the case."""

from django import forms
from django.urls import path

from evenhand.doors.acts import ActView
from evenhand.doors.permission import DECIDING, EVERYONE
from evenhand.policy import welfare
from evenhand.policy.events.welfare import WelfareNoted
from evenhand.policy.visibility import Part
from evenhand.web.choosing import Colleague
from evenhand.web.fields import Words
from evenhand.web.forms import CaseForm
from evenhand.web.sealed import SealedForm, SealedView


class OpenForm(SealedForm):
    colleague = Colleague("Which colleague is it about?", hint="They and you, and nobody else, may read these notes.")
    note = Words("How are they?")

    def prepare(self) -> None:
        """The colleague affected, where there is one alone."""
        affected = [each.colleague for each in self.case.incident.affected]
        self.fields["colleague"].initial = affected[0] if len(set(affected)) == 1 else None


class NoteForm(CaseForm):
    colleague = forms.CharField(widget=forms.HiddenInput)
    note = Words("How are they?")

    def prepare(self) -> None:
        self.fields["colleague"].initial = next(
            (e.event.colleague for e in self.file.entries if isinstance(e.event, WelfareNoted)), ""
        )


class Open(SealedView):
    form_class = OpenForm
    verb = welfare.open
    part = Part.AFFECTED
    who = DECIDING
    title = "Begin welfare notes"
    intro = "Apart from the case, and from anything a customer is ever given."
    submit = "Begin the notes"


class Note(ActView):
    form_class = NoteForm
    verb = welfare.note
    part = Part.WELFARE
    who = EVERYONE
    title = "Add a welfare note"
    done = "Added."


urlpatterns = [
    path("cases/<reference>/welfare/open", Open.as_view(), name="welfare.open"),
    path("cases/<reference>/welfare/note", Note.as_view(), name="welfare.note"),
]
