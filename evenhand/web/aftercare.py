"""C4: the page that adds a colleague who turned out to have been affected."""

from typing import Any

from django import forms

from evenhand.doors.acts import ActView
from evenhand.people.models import User
from evenhand.policy import aftercare
from evenhand.policy.events.incident import Injury
from evenhand.policy.visibility import Part
from evenhand.web import address
from evenhand.web.choosing import Colleague
from evenhand.web.fields import Line, OneOf
from evenhand.web.forms import CaseForm


class AddForm(CaseForm):
    colleague = Colleague("Which colleague was affected?", hint="Leave empty for someone not listed.", required=False)
    name = Line("Their name, if they are not in the list", "A contractor, for example.", required=False)
    injury = OneOf("How are they?", Injury, missing="Choose how they are")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("colleague") and not said.get("name"):
            raise forms.ValidationError("Choose the colleague, or write their name.")
        return said

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        found = User.objects.filter(actor_id=told["colleague"]).first()
        return {**told, "colleague": told["colleague"] or None, "name": found.name if found else told["name"]}


class Add(ActView):
    form_class = AddForm
    verb = aftercare.add
    part = Part.AFFECTED
    title = "Add a colleague who was affected"
    intro = "They are owed the same care as anyone affected, and take no part in deciding the case."
    submit = "Add them"
    done = "Added. What they are owed is due today."


urlpatterns = address.of("aftercare.add", Add, subject=True)
