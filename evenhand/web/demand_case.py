"""C2, I1: a suggestion taken to a case: reported as what it is, with its evidence as it was that day, for good.

The report waits for triage as every report does. Nothing is decided by it.
"""

import json
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.http import HttpResponseRedirect
from django.urls import path

from evenhand.cases import evidence_statement, exhibits, record
from evenhand.cases.letter_facts.sides import NoLandlord
from evenhand.cases.record import Ask
from evenhand.contacts import history, standing, suggestion_json
from evenhand.contacts.models.demand import Said
from evenhand.doors.acts import new_token
from evenhand.doors.clock import now
from evenhand.people.refusal import NotDone
from evenhand.policy import incident
from evenhand.policy.conduct import Conduct
from evenhand.policy.demand import sentence
from evenhand.policy.need import Channel
from evenhand.policy.refusal import Refused
from evenhand.policy.staff import DECIDERS
from evenhand.web import demand_list, way
from evenhand.web.demand_answer import OfCustomer
from evenhand.web.fields import Tick, Words
from evenhand.web.how_often import Measured, measured
from evenhand.web.set_up import PlainForm


class TakeForm(PlainForm):
    put_right = Tick("What is ours is put right, or on its way")
    helped = Tick("We have offered help")
    account = Words(
        "What happened, in short?",
        "What they did and on which days. Not what kind of person they are.",
        missing="Say what happened",
        rows=8,
    )
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if not told.get("put_right"):
            self.add_error("put_right", "First put right what is ours, or say when it will be")
        if not told.get("helped"):
            self.add_error("helped", "First offer help: a Customer Partner, or one person to ring")
        return told


class Take(OfCustomer):
    """The suggestion as a report, with its evidence frozen: the page for the customer, the figures, and the list."""

    who = DECIDERS
    form_class = TakeForm
    title = "Take it to a case"
    intro = (
        "This makes a report that waits for triage, as every report does. What was measured is kept with it as it is "
        "now, and never changes afterwards."
    )
    submit = "Make the report"
    weighty = True
    done = "The report was made. It waits for triage."
    reference = ""

    def get_initial(self) -> dict[str, Any]:
        found = measured(self.person).found
        return {"token": new_token(), "account": "\n\n".join(_said(one) for one in found)}

    def change(self, form: TakeForm) -> None:
        made = measured(self.person)
        if not made.found:
            raise NotDone("Their contacts show nothing now, so there is nothing to take to a case.")
        ask = Ask(self.colleague.actor, now(), token=form.cleaned_data["token"])
        try:
            done = exhibits.keep_with(
                lambda: self._open(ask, made, form.cleaned_data["account"]), self._kept(made), ask
            )
        except Refused as refused:
            raise NotDone(" ".join(one.words for one in refused.objections)) from None
        self.reference = done.reference
        if not done.repeated:
            standing.answer(self.person, made.found, Said.CASE, "", self.colleague, now().at, case=done.reference)

    def _open(self, ask: Ask, made: Measured, account: str) -> record.Done:
        kinds: tuple[Conduct, ...] = tuple(one.kind for one in made.found)
        return record.open_case(
            ask,
            incident.report,
            about_person=self.person,
            person=str(self.person.pk),
            conducts=kinds,
            account=account,
            happened_on=min(max(one.window.last for one in made.found), ask.moment.day),
            channel=Channel.EMAIL if kinds == (Conduct.EXCESSIVE_EMAILS,) else Channel.PHONE,
        )

    def _kept(self, made: Measured) -> list[Any]:
        """The evidence as it is today, as files that the case keeps with their digests."""
        day = now().day.isoformat()
        listed = demand_list.as_csv(demand_list.rows(history.of(self.person, made.span), made.terms))
        figures = json.dumps(suggestion_json.suggestion(self.person.ref, made.found), indent=2, ensure_ascii=False)
        files: list[Any] = [
            ContentFile(listed.encode(), f"How often, every contact, {day}.csv"),
            ContentFile(figures.encode(), f"How often, figures, {day}.txt"),
        ]
        try:
            statement = evidence_statement.pdf(self.person, made.found, self.colleague, now())
            files.append(ContentFile(statement, f"How often, for the customer, {day}.pdf"))
        except NoLandlord:
            pass  # Without a landlord's name there is no page for a customer yet; the figures and the list are kept.
        return files

    def form_valid(self, form: TakeForm) -> Any:
        response = super().form_valid(form)
        return HttpResponseRedirect(way.to_case(self.reference)) if self.reference else response


def _said(one: Any) -> str:
    return f"{one.kind.value.capitalize()}. {sentence.fair_reading(one)} {sentence.shown(one)}"


urlpatterns = [path("people/<str:signed>/how-often/case", Take.as_view(), name="demand.take")]
