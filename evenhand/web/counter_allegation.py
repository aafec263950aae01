"""Rule 15: forms about what a customer says of a colleague."""

from typing import Any

from django.urls import path

from evenhand.doors.acts import ActView
from evenhand.doors.permission import CASEWORKERS, DECIDING, EVERYONE
from evenhand.people.models import User
from evenhand.policy import counter_allegation
from evenhand.policy.events.counter_allegation import Result
from evenhand.policy.visibility import Part
from evenhand.web.choosing import Colleague
from evenhand.web.fields import Line, OneOf, Tick, Words
from evenhand.web.forms import CaseForm
from evenhand.web.sealed import NamingForm, SealedView


class RecordForm(NamingForm):
    words = Words("What did the customer say?", "In their own words.")
    colleague = Colleague("Which colleague is it about?", hint="They will not be let in.", required=False)
    name = Line(
        "If you do not know which colleague: the name the customer gave",
        "Leave it empty if you chose someone above.",
        required=False,
    )
    field_order = ["words", "colleague", "name", "named"]

    def clean(self) -> dict[str, Any]:
        """Whoever was chosen has a name; only someone unknown here is asked for by what the customer said."""
        told = super().clean() or self.cleaned_data
        if not told.get("colleague") and not told.get("name") and "colleague" not in self.errors:
            self.add_error("name", "Choose the colleague, or write the name the customer gave")
        return told

    def answers(self) -> dict[str, Any]:
        answers = super().answers()
        chosen = self.cleaned_data["colleague"]
        if chosen and not answers["name"]:
            answers["name"] = User.objects.get(actor_id=chosen).name
        return {**answers, "colleague": chosen or None}


class AssignForm(CaseForm):
    investigator = Colleague("Who looks into it?", hint="Someone independent of the case and of the colleague.")
    independent_because = Words("Why are they independent?", rows=3)


class ResolveForm(CaseForm):
    result = OneOf("What do you find?", Result)
    reasons = Words("What are your reasons?", "For those let in to this matter only.")
    told = Words("What is the customer told?", "Name no colleague.")


class SettleForm(CaseForm):
    set_apart = Tick(
        "Set it apart: the decision does not depend on it",
        "It is still looked into. If nobody has recorded what was said as a matter of its own, do that first.",
    )
    reason = Words("How was it dealt with, or why is it set apart?", "Say nothing of what was found.")


class Record(SealedView):
    form_class = RecordForm
    verb = counter_allegation.record
    part = Part.ACCOUNT
    who = CASEWORKERS
    title = "Record what the customer says of a colleague"
    intro = "It becomes a sealed matter of its own, looked into by someone independent."
    submit = "Record it"


class Assign(ActView):
    form_class = AssignForm
    verb = counter_allegation.assign
    part = Part.ALLEGATION
    who = DECIDING
    title = "Say who looks into it"
    done = "They are let in to the matter."


class Resolve(ActView):
    form_class = ResolveForm
    verb = counter_allegation.resolve
    part = Part.ALLEGATION
    who = EVERYONE
    title = "Resolve what was said of a colleague"
    submit = "Resolve it and draft the letter"
    done = "Resolved. The letter to the customer waits for approval."


class Settle(ActView):
    form_class = SettleForm
    verb = counter_allegation.settle
    part = Part.ACCOUNT
    title = "Settle what was said of a colleague"
    intro = "Their account complains of a colleague. Before a decision, that is dealt with, or set apart with a reason."
    submit = "Record it"
    done = "Recorded."


urlpatterns = [
    path("cases/<reference>/counter-allegation/record", Record.as_view(), name="counter_allegation.record"),
    path("cases/<reference>/counter-allegation/assign", Assign.as_view(), name="counter_allegation.assign"),
    path("cases/<reference>/counter-allegation/resolve", Resolve.as_view(), name="counter_allegation.resolve"),
    path("cases/<reference>/counter-allegation/settle", Settle.as_view(), name="counter_allegation.settle"),
]
