"""D2, M3: forms that lodge, withdraw and decide an appeal."""

from typing import Any

from django import forms
from django.urls import path

from evenhand.doors.acts import ActView
from evenhand.doors.permission import CASEWORKERS, DECIDING
from evenhand.policy import appeal
from evenhand.policy.appeal_effect import Variation
from evenhand.policy.conduct import Conduct, Finding
from evenhand.policy.events.appeal import Lodger, Outcome
from evenhand.policy.events.marker import Audience, Control
from evenhand.policy.visibility import Part
from evenhand.web.fields import OneOf, SeveralOf, Words, in_words
from evenhand.web.forms import CaseForm
from evenhand.web.plan import FIELDS, PlanFields, plan_of


class LodgeForm(CaseForm):
    lodger = OneOf("Who asks?", Lodger)
    how = forms.CharField(label="How did they ask?", max_length=200, help_text="Spoken is as good as written.")
    grounds = Words("Why do they disagree?", "In their own words, as far as you can.")
    late_reason = Words(
        "If it is late: why is it accepted?", "Only after the last day to appeal.", rows=2, required=False
    )


class WithdrawForm(CaseForm):
    words = Words("What did the customer say?", "In their own words, as far as you can.", rows=3)


class DecideForm(CaseForm, PlanFields):
    outcome = OneOf("What do you decide?", Outcome)
    reasons = Words("What are your reasons?", "The customer reads these words.")
    change = Words("If partly upheld: what changes?", "As the letter will tell it.", rows=3, required=False)
    still_found = SeveralOf("If partly upheld: what is still found?", Conduct, required=False)
    controls = SeveralOf("If partly upheld: what should colleagues do now?", Control, required=False)
    audience = OneOf("If partly upheld: who is told of the marker now?", Audience, required=False)
    field_order = ["outcome", "reasons", "change"]
    aside = (*FIELDS, "still_found", "controls", "audience")

    def prepare(self) -> None:
        """Only the questions that fit what is appealed."""
        open_appeal = self.case.appeal.get(self.subject)
        against = open_appeal.against if open_appeal else ""
        finding = self.case.decision.get(against)
        if finding:
            found: forms.MultipleChoiceField = self.fields["still_found"]  # type: ignore[assignment]
            found.choices = [(c.value, in_words(c)) for c in sorted(finding.adverse)]
        else:
            del self.fields["still_found"]
        if not self.case.marker.get(against):
            del self.fields["controls"], self.fields["audience"]
        if not self.case.expectation.get(against):
            for name in FIELDS:
                del self.fields[name]

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        variation = Variation(
            found=tuple((Conduct(c), _adverse(Conduct(c))) for c in cleaned.get("still_found") or ()),
            plan=plan_of(cleaned) if "channels" in self.fields else None,
            controls=cleaned.get("controls") or (),
            audience=cleaned.get("audience") or None,
        )
        return {**super().answers(), "variation": variation}


def _adverse(conduct: Conduct) -> Finding:
    return Finding.UNACCEPTABLE if conduct.is_behaviour else Finding.UNREASONABLE


class Lodge(ActView):
    form_class = LodgeForm
    verb = appeal.lodge
    part = Part.DECISION
    who = CASEWORKERS
    title = "Record an appeal"
    intro = "The customer disagrees. Someone senior, who took no part, will look again."
    submit = "Record the appeal"
    done = "Recorded. A letter to say so waits for approval."


class Withdraw(ActView):
    form_class = WithdrawForm
    verb = appeal.withdraw
    part = Part.APPEAL
    who = CASEWORKERS
    title = "Record that the appeal is withdrawn"
    submit = "Record it"
    done = "The appeal is withdrawn."


class Decide(ActView):
    form_class = DecideForm
    verb = appeal.decide
    part = Part.APPEAL
    who = DECIDING
    title = "Decide the appeal"
    intro = "Look again at everything. If you uphold it, the decision and all that rests on it is cancelled."
    submit = "Decide and draft the letter"
    done = "Decided. The letter to the customer waits for approval."
    evidence_template = "appeal/evidence.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            **context,
            evidence_label="What is appealed",
            told=[e for e in self.file.entries if _bears_on(self.file, e, self.subject)],
        )


def _bears_on(file: Any, entry: Any, subject: str | None) -> bool:
    """The appeal's own events and those of the decision it is against."""
    found = file.case.appeal.get(subject)
    ids = {subject, found.against if found else None}
    names = ("appeal", "finding", "limit", "marker")
    return any(getattr(entry.event, name, None) in ids for name in names)


urlpatterns = [
    path("cases/<reference>/appeal/<subject>/lodge", Lodge.as_view(), name="appeal.lodge"),
    path("cases/<reference>/appeal/<subject>/withdraw", Withdraw.as_view(), name="appeal.withdraw"),
    path("cases/<reference>/appeal/<subject>/decide", Decide.as_view(), name="appeal.decide"),
]
