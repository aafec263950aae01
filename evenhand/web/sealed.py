"""Rule 22: the page that opens a sealed matter about a case. Only those named in it ever see that it exists."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from evenhand.cases import reading, record
from evenhand.doors.acts import ActForm, OpenView
from evenhand.doors.clock import now
from evenhand.people.models import User
from evenhand.policy.refusal import Objection
from evenhand.policy.staff import DECIDERS, Role
from evenhand.policy.visibility import Part
from evenhand.web.choosing import Staff, some_of
from evenhand.web.forms import CaseForm

MAY_BE_NAMED = (*DECIDERS, Role.INVESTIGATOR, Role.DATA_PROTECTION, Role.INDEPENDENT)
"""Of whom one chooses; whoever is named may let in others later, by name."""


class SealedForm(CaseForm):
    """A form that opens a sealed matter about the case it was reached from."""

    def __init__(self, *args: Any, colleague: User, **kwargs: Any) -> None:
        self.opener = colleague
        super().__init__(*args, **kwargs)

    def answers(self) -> dict[str, Any]:
        return {**super().answers(), "about": self.file.reference}


class NamingForm(SealedForm):
    """One that names who else is let in."""

    named = forms.Field(label="Who else may know?")

    def prepare(self) -> None:
        """Whoever opens it is let in anyway."""
        super().prepare()
        self.fields["named"] = some_of(
            Staff(MAY_BE_NAMED, frozenset({self.opener.actor_id})),
            "Who else may know?",
            "Only they, and you, will know that this exists.",
            "Choose at least one other colleague who may know",
        )

    def answers(self) -> dict[str, Any]:
        return {**super().answers(), "named": tuple(self.cleaned_data["named"])}


class SealedView(OpenView):
    """Opens a matter of its own about a case that the viewer sees. The case itself learns nothing of it."""

    part: Part
    """What of the case one must see to open a matter about it."""
    done = "Recorded. Only those named know that it exists."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated and isinstance(user, User):
            try:
                self.file = reading.case_file(kwargs["reference"], user, now().day)
            except reading.NotFound:
                raise Http404 from None
            if not self.file.sees(self.part):
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "file": self.file}

    def act(self, form: ActForm) -> record.Done:
        return record.open_case(self.ask(form), type(self).verb, about_person=self.file.person, **form.answers())

    def objections(self) -> tuple[Objection, ...]:
        occasion = reading.occasion_for(self.colleague.actor, now(), self.file.person)
        return tuple(type(self).verb.objections(reading.Case(), occasion, None))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        made = super().get_context_data(**context)
        made["objections"] = self.remedies(self.objections())
        made["back"] = reverse("case", args=[self.file.reference])
        made["caption"] = f"About case {self.file.reference}"
        return made
