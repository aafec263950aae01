"""D2, M3: forms that lodge, withdraw and decide an appeal."""

from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms
from django.urls import path

from evenhand.cases import record
from evenhand.doors.acts import ActForm
from evenhand.doors.permission import CASEWORKERS, DECIDING
from evenhand.policy import appeal
from evenhand.policy.appeal_effect import Variation
from evenhand.policy.case import Case
from evenhand.policy.conduct import Conduct, Finding, in_order
from evenhand.policy.events.appeal import Lodger, Outcome
from evenhand.policy.events.marker import Audience, Control
from evenhand.policy.standing.told import Told
from evenhand.policy.visibility import Part
from evenhand.web.again import Again
from evenhand.web.fields import Line, OneOf, SeveralOf, Words, in_words
from evenhand.web.forms import CaseForm, words_between
from evenhand.web.plan import FIELDS, PlanFields, plan_of
from evenhand.web.templatetags.words import day

OF_A_MARKER = ("controls", "safe_attendance", "audience")


class LodgeForm(CaseForm):
    lodger = OneOf("Who asks?", Lodger)
    advocate = Line("If it is an advocate: who?", "Their name and for whom they work.", required=False)
    how = Line("How did they ask?", "For example: by telephone. Spoken is as good as written.")
    grounds = Words("Why do they disagree?", "In their own words, as far as you can.")
    late_reason = Words(
        "Why is it accepted late?", "An appeal may be late for a good reason: illness, or a letter not read.", rows=2
    )

    aside = ("advocate",)

    def prepare(self) -> None:
        """Why it is late is asked only once the last day has passed."""
        told = told_of(self.case, self.subject)
        if told is None or told.may_appeal_on(self.file.day):
            del self.fields["late_reason"]
        else:
            hint = f"The last day was {day(told.appeal_by)}. {self.fields['late_reason'].help_text}"
            self.fields["late_reason"].help_text = hint

    def clean(self) -> dict[str, Any]:
        """An advocate is named here as where they speak for the customer."""
        told = super().clean() or self.cleaned_data
        if told.get("lodger") == Lodger.ADVOCATE and not told.get("advocate"):
            self.add_error("advocate", "Say who the advocate is")
        return told

    def answers(self) -> dict[str, Any]:
        """The advocate is kept with how they asked."""
        said, advocate = super().answers(), self.cleaned_data["advocate"]
        if said["lodger"] is not Lodger.ADVOCATE or not advocate:
            return said
        return {**said, "how": f"{said['how'].rstrip('.')}; the advocate is {advocate.rstrip('.')}"}


def told_of(case: Case, id: str | None) -> Told | None:
    """How far the customer was told of a finding, a limit, a single contact or a marker."""
    thread = case.decision.get(id) or case.expectation.get(id) or case.single_contact.get(id) or case.marker.get(id)
    return thread.told if thread else None


class WithdrawForm(CaseForm):
    words = Words("What did the customer say?", "In their own words, as far as you can.", rows=3)


class DecideForm(CaseForm, PlanFields):
    outcome = OneOf("What do you decide?", Outcome)
    reasons = Words("What are your reasons?", "The customer reads these words.")
    change = Words("What changes?", "As the letter will tell it.", rows=3, required=False)
    still_found = SeveralOf("What is still found?", Conduct, required=False)
    controls = SeveralOf("What should colleagues do now?", Control, required=False)
    safe_attendance = Words(
        "If colleagues now stay away: how is an emergency still attended safely?",
        "A hazard, a gas leak or someone in danger is always attended. Say who goes, with whom, and who is rung.",
        rows=2,
        required=False,
    )
    audience = OneOf("Who is told of the marker now?", Audience, required=False)
    aside = (*FIELDS, *OF_A_MARKER, "still_found")

    def prepare(self) -> None:
        """Only the questions that fit what is appealed."""
        open_appeal = self.case.appeal.get(self.subject)
        against = open_appeal.against if open_appeal else ""
        finding = self.case.decision.get(against)
        if finding:
            found: forms.MultipleChoiceField = self.fields["still_found"]  # type: ignore[assignment]
            found.choices = [(c.value, in_words(c)) for c in in_order(finding.adverse)]
        else:
            del self.fields["still_found"]
        if not self.case.marker.get(against):
            for name in OF_A_MARKER:
                del self.fields[name]
        if not self.case.expectation.get(against):
            for name in FIELDS:
                del self.fields[name]
        partly = [name for name in ("change", "still_found", *OF_A_MARKER, *FIELDS) if name in self.fields]
        between = words_between("If you uphold it in part", "Leave these empty for any other answer.")
        self.helper.layout = Layout("outcome", "reasons", between, *partly)

    def clean(self) -> dict[str, Any]:
        """What changes has to be told, in the letter above all."""
        told = super().clean() or self.cleaned_data
        if told.get("outcome") == Outcome.VARIED and not told.get("change"):
            self.add_error("change", "Say what changes, as the letter will tell it")
        return told

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        variation = Variation(
            found=tuple((Conduct(c), _adverse(Conduct(c))) for c in cleaned.get("still_found") or ()),
            plan=plan_of(cleaned) if "channels" in self.fields else None,
            controls=cleaned.get("controls") or (),
            audience=cleaned.get("audience") or None,
            safe_attendance=cleaned.get("safe_attendance") or "",
        )
        return {**super().answers(), "variation": variation}


def _adverse(conduct: Conduct) -> Finding:
    return Finding.UNACCEPTABLE if conduct.is_behaviour else Finding.UNREASONABLE


class OfAppeal(Again):
    """A page about one appeal, beside what it is against."""

    part = Part.APPEAL
    evidence_label = "What is appealed"

    @property
    def about(self) -> str | None:
        appeal = self.file.case.appeal.get(self.subject)
        return appeal.against if appeal else None


class Lodge(Again):
    form_class = LodgeForm
    verb = appeal.lodge
    part = Part.DECISION
    who = CASEWORKERS
    title = "Record an appeal"
    intro = "The customer disagrees. Someone senior, who took no part, will look again."
    submit = "Record the appeal"
    done = "Recorded. A letter to say so waits for approval."


class Withdraw(OfAppeal):
    form_class = WithdrawForm
    verb = appeal.withdraw
    who = CASEWORKERS
    title = "Record that the appeal is withdrawn"
    intro = "Spoken is as good as written, and it is theirs to withdraw: nobody asks them to."
    submit = "Record it"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        made = super().get_context_data(**context)
        return {**made, "intro": f"{self.intro} {self.again()}"}

    def again(self) -> str:
        """What follows: the decision stands, and until when they may ask once more."""
        told = told_of(self.file.case, self.about)
        if told is None or told.appeal_by is None:
            return "What was decided stands; they may ask again."
        if not told.may_appeal_on(self.file.day):
            return f"What was decided stands. The last day to ask was {day(told.appeal_by)}."
        return f"What was decided stands; they may ask again until {day(told.appeal_by)}."

    def act(self, form: ActForm) -> record.Done:
        again = self.again()
        done = super().act(form)
        self.done = f"The appeal is withdrawn. {again}"
        return done


class Decide(OfAppeal):
    form_class = DecideForm
    verb = appeal.decide
    who = DECIDING
    title = "Decide the appeal"
    intro = "Look again at everything. If you uphold it, the decision and all that rests on it is cancelled."
    submit = "Decide and draft the letter"
    done = "Decided. The letter to the customer waits for approval."


urlpatterns = [
    path("cases/<reference>/appeal/<subject>/lodge", Lodge.as_view(), name="appeal.lodge"),
    path("cases/<reference>/appeal/<subject>/withdraw", Withdraw.as_view(), name="appeal.withdraw"),
    path("cases/<reference>/appeal/<subject>/decide", Decide.as_view(), name="appeal.decide"),
]
