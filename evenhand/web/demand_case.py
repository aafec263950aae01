"""C2, I1: a suggestion taken to a case: reported as what it is, with its evidence as it was that day, for good.

The report waits for triage as every report does. Nothing is decided by it.
"""

import json
from collections import Counter
from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms
from django.core.files.base import ContentFile
from django.http import HttpResponseRedirect
from django.urls import path

from evenhand.cases import evidence_statement, exhibits, reading, record
from evenhand.cases.letter_facts.sides import NoLandlord
from evenhand.cases.record import Ask
from evenhand.contacts import history, standing, suggestion_json
from evenhand.contacts.models.demand import Said
from evenhand.doors.clock import now
from evenhand.doors.kept_words import token_for
from evenhand.people.refusal import NotDone
from evenhand.policy import incident
from evenhand.policy.conduct import Conduct
from evenhand.policy.demand import sentence
from evenhand.policy.events.handling import Matter
from evenhand.policy.need import Channel
from evenhand.policy.refusal import Refused
from evenhand.policy.staff import DECIDERS
from evenhand.web import demand_list, way
from evenhand.web.demand_answer import OfCustomer
from evenhand.web.fields import Pick, Tick, Words
from evenhand.web.how_often import Measured, measured
from evenhand.web.set_up import PlainForm
from evenhand.web.templatetags.words import day

NEW = "new"
"""Of the answers to where it goes: a report of its own."""
JOINS_BECAUSE = "What was measured of their contacts belongs with this case."


class TakeForm(PlainForm):
    into = Pick("Where does it go?", missing="Choose where it goes")
    put_right = Tick("What is ours is put right, or on its way")
    helped = Tick("We have offered help")
    account = Words(
        "What happened, in short?",
        "What they did and on which days. Not what kind of person they are.",
        missing="Say what happened",
        rows=8,
    )
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.choices = [
            Choice(NEW, "A new report, which waits for triage"),
            *(
                Choice(row.reference, f"{row.reference}, open since {day(row.opened_at)}", hint=", ".join(row.conducts))
                for row in self.initial.get("cases", [])
            ),
        ]
        if len(into.choices) == 1:
            del self.fields["into"]

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
        "This makes a report, which waits for triage or joins a case that is open. What was measured is kept with it "
        "as it is now, and never changes afterwards."
    )
    submit = "Make the report"
    weighty = True
    done = "The report was made, with its evidence."
    reference = ""

    def get_initial(self) -> dict[str, Any]:
        found = measured(self.person).found
        return {
            "token": token_for(self.colleague),
            "account": "\n\n".join(_said(one) for one in found),
            "cases": self._open_cases(),
        }

    def change(self, form: TakeForm) -> None:
        made = measured(self.person)
        if not made.found:
            raise NotDone("Their contacts show nothing now, so there is nothing to take to a case.")
        ask = Ask(self.colleague.actor, now(), token=form.cleaned_data["token"])
        into = form.cleaned_data.get("into", NEW)
        try:
            done = exhibits.keep_with(
                lambda: self._open(ask, made, form.cleaned_data["account"]), self._kept(made), ask
            )
            self.reference = done.reference
            if into != NEW:
                self.reference = into if done.repeated else self._join(done.reference, into)
        except Refused as refused:
            raise NotDone(" ".join(one.words for one in refused.objections)) from None
        if not done.repeated:
            standing.answer(self.person, made.found, Said.CASE, "", self.colleague, now().at, case=self.reference)

    def _open_cases(self) -> list[Any]:
        """The person's open cases that this colleague may know of: the report may join one of them."""
        found = reading.cases_of(self.person, self.colleague, now().day)
        return [row for row in found if row.matter == Matter.CONDUCT and not row.closed and not row.untriaged]

    def _join(self, reference: str, into: str) -> str:
        """The report joins an open case, with its files, in the same transaction as it is made."""
        ask = Ask(self.colleague.actor, now())
        return exhibits.carry(lambda: record.join(reference, into, ask, reason=JOINS_BECAUSE), reference).reference

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
            channel=self._mostly_by(made),
        )

    def _mostly_by(self, made: Measured) -> Channel:
        """How they contacted us most in the days that the suggestion rests on."""
        days = [one.window for one in made.found]
        contacts = history.of(self.person, made.span).contacts
        came = (one for one in contacts if one.inward and one.channel and any(each.holds(one.day) for each in days))
        ways = Counter(one.channel for one in came)
        return Channel(ways.most_common(1)[0][0]) if ways else Channel.PHONE

    def _kept(self, made: Measured) -> list[Any]:
        """The evidence as it is today, as files that the case keeps with their digests."""
        on = now().day.isoformat()
        listed = demand_list.as_csv(demand_list.rows(history.of(self.person, made.span), made.terms))
        figures = json.dumps(suggestion_json.suggestion(self.person.ref, made.found), indent=2, ensure_ascii=False)
        files: list[Any] = [
            ContentFile(listed.encode(), f"How often, every contact, {on}.csv"),
            ContentFile(figures.encode(), f"How often, figures, {on}.txt"),
        ]
        try:
            statement = evidence_statement.pdf(self.person, made.found, self.colleague, now())
            files.append(ContentFile(statement, f"How often, for the customer, {on}.pdf"))
        except NoLandlord:
            pass  # Without a landlord's name there is no page for a customer yet; the figures and the list are kept.
        return files

    def form_valid(self, form: TakeForm) -> Any:
        response = super().form_valid(form)
        return HttpResponseRedirect(way.to_case(self.reference)) if self.reference else response


def _said(one: Any) -> str:
    return f"{one.kind.value.capitalize()}. {sentence.fair_reading(one)} {sentence.shown(one)}"


urlpatterns = [path("people/<str:signed>/how-often/case", Take.as_view(), name="demand.take")]
