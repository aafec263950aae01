"""C2, I1: a suggestion taken to a case: reported as what it is, with its evidence as it was that day, for good.

The report waits for triage as every report does. Nothing is decided by it.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms
from django.http import HttpResponseRedirect
from django.urls import path

from evenhand.cases import exhibits, reading, record
from evenhand.cases.record import Ask
from evenhand.contacts import putting_right, standing
from evenhand.contacts.models import PutRight
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
from evenhand.web import demand_frozen, put_right, way
from evenhand.web.demand_answer import OfCustomer
from evenhand.web.demand_measured import Measured, measured
from evenhand.web.fields import Pick, Words
from evenhand.web.set_up import PlainForm
from evenhand.web.templatetags.words import day

NEW = "new"
"""Of the answers to where it goes: a report of its own."""
JOINS_BECAUSE = "What was measured of their contacts belongs with this case."


class TakeForm(PlainForm):
    into = Pick("Where does it go?", missing="Choose where it goes")
    put_right = Words(
        "What is ours, and what was done about it?",
        "What we were late with or left undone, and when it was or will be put right. If nothing is ours, say so.",
        missing="First put right what is ours, or say when it will be",
        rows=3,
    )
    help_offered = Words(
        "What help was offered?",
        "For example a Customer Partner or one person to ring; on which day, and what they said to it.",
        missing="First offer help: a Customer Partner, or one person to ring",
        rows=3,
    )
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
        found = measured(self.person, now().day).found
        return {
            "token": token_for(self.colleague),
            "account": "\n\n".join(_said(one) for one in found),
            "put_right": " ".join(_put_right(task) for task in putting_right.of_person(self.person)),
            "cases": self._open_cases(),
        }

    def change(self, form: TakeForm) -> None:
        made = measured(self.person, now().day)
        if not made.found:
            raise NotDone("Their contacts show nothing now, so there is nothing to take to a case.")
        ask = Ask(self.colleague.actor, now(), token=form.cleaned_data["token"])
        into = form.cleaned_data.get("into", NEW)
        try:
            done = exhibits.keep_with(
                lambda: self._open(ask, made, form.cleaned_data),
                demand_frozen.files(made, self.colleague, ask.moment),
                ask,
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

    def _open(self, ask: Ask, made: Measured, told: Mapping[str, Any]) -> record.Done:
        kinds: tuple[Conduct, ...] = tuple(one.kind for one in made.found)
        done = record.open_case(
            ask,
            incident.report,
            about_person=self.person,
            person=str(self.person.pk),
            conducts=kinds,
            account=told["account"],
            happened_on=made.behind(made.found[0])[-1].day,
            channel=self._mostly_by(made),
            put_right=told["put_right"],
            help_offered=told["help_offered"],
        )
        if not done.repeated:
            standing.first_to_take(self.person, made.found)
        return done

    def _mostly_by(self, made: Measured) -> Channel:
        """How they contacted us most in the days that the suggestion rests on."""
        days = [one.window for one in made.found]
        came = (one for one in made.log.contacts if one.inward and one.channel)
        ways = Counter(one.channel for one in came if any(each.holds(one.day) for each in days))
        return Channel(ways.most_common(1)[0][0]) if ways else Channel.PHONE

    def form_valid(self, form: TakeForm) -> Any:
        response = super().form_valid(form)
        return HttpResponseRedirect(way.to_case(self.reference)) if self.reference else response


def _put_right(task: PutRight) -> str:
    """One matter of ours that somebody puts right, or did: what was said of it last."""
    last = list(task.steps.all())[-1]
    said = last.words if task.done_on else task.what
    return f"{put_right.name_of(task.matter)}: {put_right.in_a_word(task)}. {said}"


def _said(one: Any) -> str:
    return f"{one.kind.value.capitalize()}. {sentence.fair_reading(one)} {sentence.shown(one)}"


urlpatterns = [path("people/<str:signed>/how-often/case", Take.as_view(), name="demand.take")]
