"""E2: forms that appoint, change, extend and end a single contact."""

from typing import Any

from django import forms
from django.urls import path

from evenhand.doors.acts import ActForm, ActView
from evenhand.doors.permission import DECIDING
from evenhand.people.models import User
from evenhand.policy import single_contact
from evenhand.policy.visibility import Part
from evenhand.web.choosing import Colleague
from evenhand.web.complaint_question import ask_if_unknown
from evenhand.web.expectation import Longer, ReasonsForm, Reviewing, usual_period
from evenhand.web.fields import Day, Line, Tick, Words
from evenhand.web.forms import CaseForm

ON_RECORD = "Never the colleague’s own. Leave this and the email empty to give what we hold of their team."


class ContactForm(CaseForm):
    colleague = Colleague("Who is the one person to contact?", hint="Never someone who was affected.")
    agreed = Tick("They have agreed to be the single contact")
    telephone = Line("Their team’s telephone number", ON_RECORD, required=False)
    email = forms.EmailField(
        label="Their team’s email address",
        required=False,
        error_messages={"invalid": "Enter an email address, such as team@example.org"},
    )
    cover = Line("Who answers when they are away?", "As the customer will read it: “anyone in the Tenancies team”.")
    reasons = Words("Why is this needed?", "The customer reads these words.")

    def answers(self) -> dict[str, Any]:
        """The number and email of the colleague's own team, unless others were given."""
        answers = super().answers()
        who = User.objects.select_related("team").get(actor_id=answers["colleague"])
        if who.team and not answers["telephone"] and not answers["email"]:
            answers |= {"telephone": who.team.telephone, "email": who.team.email}
        return {**answers, "name": who.name}


class ChangeForm(ContactForm):
    """Everything is asked afresh: another colleague's team has another number. What holds now stands beside it."""

    def prepare(self) -> None:
        self.fields["reasons"].label = "Why does it change?"


class AppointForm(ContactForm):
    starts_on = Day("From when?", "Leave empty to start when the letter counts as delivered.", required=False)
    complaint_open = Tick("They have a complaint with us, or had one in the last three months")
    complaint_considered = Words(
        "How can they still pursue that complaint?", "Only if there is one.", rows=3, required=False
    )

    def prepare(self) -> None:
        ask_if_unknown(self)


class Decision(ActView):
    """What the pages of this concept share."""

    part = Part.CONTROLS
    who = DECIDING
    form_class: type[ActForm] = ReasonsForm


class Appoint(Decision):
    form_class = AppointForm
    verb = single_contact.appoint
    title = "Appoint a single contact"
    intro = "One named colleague for everything but emergencies. It is a limit: told, reviewed, appealable."
    submit = "Appoint and draft the letter"
    done = "Appointed. The letter to the customer waits for approval."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        made = super().get_context_data(**context)
        return {**made, "intro": f"{self.intro} It runs for {usual_period()} from its start."}


class Change(Reviewing):
    form_class = ChangeForm
    verb = single_contact.change
    title = "Change the single contact"
    intro = "The customer is told who it is from now on. Who it is until then stands beside the form."
    submit = "Change and draft the letter"
    done = "Changed. The letter to the customer waits for approval."


class Extend(Longer):
    verb = single_contact.extend
    title = "Extend the single contact"
    intro = "A fresh, reasoned decision, without which it ends by itself."
    submit = "Extend and draft the letter"
    done = "Extended. The letter to the customer waits for approval."


class End(Reviewing):
    verb = single_contact.end
    title = "End the single contact"
    submit = "End it and draft the letter"
    done = "Ended. The letter to the customer waits for approval."


urlpatterns = [
    path("cases/<reference>/single-contact/appoint", Appoint.as_view(), name="single_contact.appoint"),
    path("cases/<reference>/single-contact/<subject>/change", Change.as_view(), name="single_contact.change"),
    path("cases/<reference>/single-contact/<subject>/extend", Extend.as_view(), name="single_contact.extend"),
    path("cases/<reference>/single-contact/<subject>/end", End.as_view(), name="single_contact.end"),
]
