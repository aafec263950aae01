"""C3, D1: the form of a decision, with the evidence beside it and what an adverse finding needs above it."""

from collections.abc import Iterable, Iterator
from typing import Any

from crispy_forms_gds.choices import Choice
from django import forms
from django.http import HttpRequest, HttpResponse

from evenhand.cases import exhibits, reading, record, rehearsal
from evenhand.cases.composing import Letter
from evenhand.doors.acts import ActForm
from evenhand.doors.clock import now
from evenhand.doors.permission import DECIDERS
from evenhand.policy import decision
from evenhand.policy.conduct import Conduct, Finding, in_order
from evenhand.policy.events.incident import IncidentReported
from evenhand.policy.refusal import Objection, Refused
from evenhand.policy.visibility import Part
from evenhand.web import address, case_how_often
from evenhand.web.evidence import Beside, assessments, by_month, incidents_of
from evenhand.web.fields import OneOf, Words, in_words
from evenhand.web.forms import CaseForm
from evenhand.web.section import of_kind

PREVIEW = "preview"
HINTS = {
    Finding.UNACCEPTABLE: "It happened, and it is more than forceful or determined.",
    Finding.UNREASONABLE: "It takes a share of colleagues’ time that is out of proportion.",
    Finding.NEITHER: "It did not happen, cannot be shown, or was no more than forceful or determined.",
}


class DecisionForm(CaseForm):
    """A finding for each thing alleged, each offered only what can be found of it."""

    reasons = Words(
        "Your reasons",
        "The customer reads these words. What happened and when; no names of colleagues.",
        rows=8,
        missing="Give your reasons",
    )
    relied_on = Words(
        "What do you rely on?",
        "The reports, accounts, recordings and letters that you weighed.",
        rows=4,
        missing="Say what you rely on",
    )
    evidence = forms.MultipleChoiceField(
        label="Which files of the case do you rely on?",
        help_text="Each is named in the finding with its digest, so that anybody can see that it never changed.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    beyond_forceful = Words(
        "Why is this more than a forceful or determined approach?",
        "Anyone may be out of character in distress. Not needed if you find “neither” of everything.",
        rows=4,
        required=False,
    )

    def prepare(self) -> None:
        self.alleged = dict(enumerate(in_order(self.case.incident.conducts)))
        asked = {f"found_{n}": question for n, question in enumerate(self.asked(self.alleged.values()))}
        self.fields = {**asked, **self.fields}
        self.kept = {one.reference: one for one in exhibits.of(self.file)}
        if not self.kept:
            del self.fields["evidence"]
            return
        evidence: Any = self.fields["evidence"]
        evidence.choices = [Choice(one.reference, one.name) for one in self.kept.values()]
        # One that was measured again is still offered: but nobody relies on it without having chosen it.
        evidence.initial = [one.reference for one in self.kept.values() if one.described == exhibits.MEASURED][-1:]

    @staticmethod
    def asked(alleged: Iterable[Conduct]) -> Iterator[OneOf]:
        """A question for each; what a finding means is said where it is first offered."""
        hints = dict(HINTS)
        for conduct in alleged:
            fitting = [finding for finding in Finding if finding.fits(conduct)]
            missing = f"Say what you find of {conduct.value}"
            yield OneOf(in_words(conduct), fitting, "What do you find of this?", hints=hints, missing=missing)
            hints = {finding: hint for finding, hint in hints.items() if finding not in fitting}

    def answers(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in ("reasons", "relied_on", "beyond_forceful")}
        found = tuple((conduct, self.cleaned_data[f"found_{n}"]) for n, conduct in self.alleged.items())
        chosen = (self.kept[reference] for reference in self.cleaned_data.get("evidence", ()))
        return {**told, "found": found, "evidence": tuple((one.reference, one.name, one.sha256) for one in chosen)}


class Decide(Beside):
    template_name = "decision/decide.html"
    form_class = DecisionForm
    verb = decision.decide
    part = Part.DECISION
    who = DECIDERS
    title = "Decide the case"
    intro = "A person decides, not a count. Read what is beside the form first."
    submit = "Decide and draft the letter"
    done = "Decided. The letter to the customer is drafted and waits for approval."
    weighty = True
    beside = ("incidents", "account", "support", "how_often", "warning")

    def only_neither(self) -> tuple[Objection, ...]:
        """What stands in the way of an adverse finding, while nothing stands in the way of “neither”."""
        occasion = reading.occasion(self.colleague.actor, now(), self.file)
        return tuple(dict.fromkeys(decision.objections_to_an_adverse_finding(self.file.case, occasion)))

    def measured(self) -> dict[str, Any] | None:
        """The newest measurement the case keeps, in short: what the report above says of it is not said twice."""
        kept = case_how_often.kept(self.file, self.colleague)
        if kept is None:
            return None
        reported = "\n".join(event.account for event in of_kind(self.file, IncidentReported))
        kinds = [{**kind, "told": kind["fair"] in reported and kind["shown"] in reported} for kind in kept["kinds"]]
        return {**kept, "kinds": kinds, "in_short": True}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = incidents_of(self.file, self.colleague)
        return {
            **super().get_context_data(**context),
            "adverse_objections": self.remedies(self.only_neither()),
            "assessments": assessments(self.file),
            "earlier": found,
            "months": by_month(found),
            "measured": self.measured() if not self.alone else None,
            "demand": case_how_often.alleges_a_demand(self.file),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.previewed() if PREVIEW in request.POST else super().post(request, *args, **kwargs)

    def previewed(self) -> HttpResponse:
        """The letter as the customer would get it, from these very answers; nothing is kept."""
        form = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        try:
            letter = self.rehearsed(form)
        except Refused as refused:
            return self.refused(form, refused.objections)
        except record.Stale as stale:
            return self.stale(form, stale)
        return self.render_to_response(self.get_context_data(form=form, letter=letter))

    def rehearsed(self, form: ActForm) -> Letter | None:
        ask = self.ask(form)
        return rehearsal.letter_of(self.file.reference, ask, decision.decide, None, **form.answers())


urlpatterns = address.of("decision.decide", Decide)
