"""E2: forms that appoint, change, extend and end a single contact."""

from typing import Any

from django import forms
from django.urls import path

from evenhand.doors.acts import ActForm, ActView
from evenhand.doors.permission import DECIDING
from evenhand.people.models import User
from evenhand.policy import single_contact
from evenhand.policy.events.single_contact import SingleContactAppointed, SingleContactChanged
from evenhand.policy.visibility import Part
from evenhand.web.choosing import Colleague
from evenhand.web.complaint_question import ask_if_unknown
from evenhand.web.expectation import ReasonsForm, Reviewing
from evenhand.web.fields import Day, Line, Tick, Words
from evenhand.web.forms import CaseForm


class ContactForm(CaseForm):
    colleague = Colleague("Who is the one person to contact?", hint="Never someone who was affected.")
    agreed = Tick("They have agreed to be the single contact")
    telephone = Line("Their team’s telephone number", "Never the colleague’s own.", required=False)
    email = forms.EmailField(
        label="Their team’s email address",
        required=False,
        error_messages={"invalid": "Enter an email address, such as team@example.org"},
    )
    cover = Line("Who answers when they are away?", "As the customer will read it: “anyone in the Tenancies team”.")
    reasons = Words("Why is this needed?", "The customer reads these words.")

    def answers(self) -> dict[str, Any]:
        answers = super().answers()
        return {**answers, "name": User.objects.get(actor_id=answers["colleague"]).name}


class ChangeForm(ContactForm):
    """It begins with the team’s number and cover as they were told; who it is, and why, are asked afresh."""

    def prepare(self) -> None:
        kinds = (SingleContactAppointed, SingleContactChanged)
        told = [e.event for e in self.file.entries if isinstance(e.event, kinds) and e.event.limit == self.subject]
        if told:
            for name in ("telephone", "email", "cover"):
                self.fields[name].initial = getattr(told[-1], name)


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


class Change(Reviewing):
    form_class = ChangeForm
    verb = single_contact.change
    title = "Change the single contact"
    intro = "The customer is told who it is now."
    submit = "Change and draft the letter"
    done = "Changed. The letter to the customer waits for approval."


class Extend(Reviewing):
    verb = single_contact.extend
    title = "Extend the single contact"
    intro = "A fresh, reasoned decision. Without one, it ends by itself."
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
