"""I1: forms that link, assign, name, close and reopen."""

from typing import Any

from django import forms
from django.urls import path

from evenhand.cases import reading
from evenhand.doors.acts import ActForm, ActView
from evenhand.doors.clock import now
from evenhand.doors.permission import CASEWORKERS, DECIDING
from evenhand.people import reading as people_reading
from evenhand.people.models import Person, User
from evenhand.policy import handling
from evenhand.policy.events.handling import Outcome
from evenhand.policy.staff import Role
from evenhand.policy.visibility import Part
from evenhand.web import way
from evenhand.web.choosing import Colleague
from evenhand.web.fields import Line, OneOf, Words
from evenhand.web.forms import CaseForm
from evenhand.web.merging import called, facts_of_one

NO_SUCH_CASE = "There is no case with that reference that you can link to."


class LinkForm(CaseForm):
    other = Line("Which case?", "Its reference, such as EH-7K3M-9Q2X.")
    reason = Words("Why are they linked?", rows=3)
    viewer: User

    def clean_other(self) -> str:
        """Only a case that the colleague may know of: another's reference is not confirmed by trying it."""
        other = self.cleaned_data["other"].upper()
        try:
            found = reading.case_file(other, self.viewer, now().day)
        except reading.NotFound:
            raise forms.ValidationError(NO_SUCH_CASE) from None
        if found.case.handling.matter.is_sealed:
            raise forms.ValidationError(NO_SUCH_CASE)
        return found.reference


class AssignForm(CaseForm):
    to = Colleague("Whose case is it now?", Role.INVESTIGATOR, Role.MANAGER, Role.SENIOR_MANAGER)
    reason = Words("Why?", rows=3)


class NameForm(CaseForm):
    colleague = Colleague("Who is let in?")
    reason = Words("Why?", rows=3)


class CloseForm(CaseForm):
    outcome = OneOf("What is the outcome?", Outcome)
    reasons = Words("What are your reasons?", rows=3)


class ReasonsForm(CaseForm):
    reasons = Words("What are your reasons?", rows=3)


class Handle(ActView):
    part = Part.HANDLING
    who = CASEWORKERS
    done = "Recorded."


class Link(Handle):
    form_class = LinkForm
    verb = handling.link
    title = "Link to another case"

    def get_form(self, form_class: type[ActForm] | None = None) -> ActForm:
        form: ActForm = super().get_form(form_class)
        assert isinstance(form, LinkForm)
        form.viewer = self.colleague
        return form


class Assign(Handle):
    form_class = AssignForm
    verb = handling.assign
    who = DECIDING
    title = "Give the case to another colleague"


class Name(Handle):
    form_class = NameForm
    verb = handling.name
    title = "Let a colleague in"
    intro = "An independent person, to hear an appeal when nobody else is free of conflict; or one more who may know."


class Close(Handle):
    form_class = CloseForm
    verb = handling.close
    title = "Close the case"
    done = "The case is closed."


class Reopen(Handle):
    form_class = ReasonsForm
    verb = handling.reopen
    title = "Reopen the case"
    done = "The case is open again."


class Reconcile(Handle):
    form_class = ReasonsForm
    verb = handling.reconcile
    who = DECIDING
    title = "Reconcile the person’s records"
    intro = "Two records of one person were joined. Look at both sets of cases, needs and controls together."
    evidence_template = "care/two_records.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """The records beside the form, and the way to all that is held of the person."""
        person = self.file.person
        ids = people_reading.identities(person) if person else ()
        records = [{"name": called(one), "rows": facts_of_one(one)} for one in Person.objects.filter(pk__in=ids)]
        href = way.to_person(person) if person else ""
        made = super().get_context_data(**context)
        return {**made, "records": records, "person_href": href, "evidence_label": "The person’s records"}


urlpatterns = [
    path("cases/<reference>/link", Link.as_view(), name="handling.link"),
    path("cases/<reference>/assign", Assign.as_view(), name="handling.assign"),
    path("cases/<reference>/name", Name.as_view(), name="handling.name"),
    path("cases/<reference>/close", Close.as_view(), name="handling.close"),
    path("cases/<reference>/reopen", Reopen.as_view(), name="handling.reopen"),
    path("cases/<reference>/reconcile", Reconcile.as_view(), name="handling.reconcile"),
]
