"""L1, L2: forms about legal steps; without notice, in a sealed matter."""

from typing import Any

from django import forms
from django.urls import path

from evenhand.doors.acts import ActView
from evenhand.doors.clock import now
from evenhand.doors.permission import DECIDING
from evenhand.people import reading as people
from evenhand.policy import legal_action
from evenhand.policy.events.legal_action import Against, Remedy
from evenhand.policy.visibility import Part
from evenhand.web.fields import Day, Line, OneOf, Pick, Words
from evenhand.web.forms import CaseForm
from evenhand.web.sealed import NamingForm, SealedView


class StepFields(forms.Form):
    remedy = OneOf("What would we ask the court for?", Remedy)
    against = OneOf("Against whom?", Against)
    tenancy = Pick("Which tenancy?", "Only for a step against a tenancy.", required=False)
    reasons = Words("Why is this step needed?")
    advice = Words("What legal advice was taken?")

    def offer_tenancies(self, person: Any) -> None:
        picks: forms.ChoiceField = self.fields["tenancy"]  # type: ignore[assignment]
        picks.choices = [(str(t.pk), str(t)) for t in people.tenancies(person, now().day)] if person else []
        if not picks.choices:
            del self.fields["tenancy"]


class ConsiderForm(CaseForm, StepFields):
    def prepare(self) -> None:
        self.offer_tenancies(self.file.person)

    def answers(self) -> dict[str, Any]:
        return {**super().answers(), "tenancy": self.cleaned_data.get("tenancy") or None}


class WithoutNoticeForm(NamingForm, StepFields):
    def prepare(self) -> None:
        super().prepare()
        self.offer_tenancies(self.file.person)

    def answers(self) -> dict[str, Any]:
        return {**super().answers(), "tenancy": self.cleaned_data.get("tenancy") or None}


class ApproveForm(CaseForm):
    reasons = Words("What are your reasons?")


class StartForm(CaseForm):
    court = Line("Which court?")
    reference = Line("The court’s reference", required=False)


class ServeForm(CaseForm):
    served_on = Day("When were the papers served?")
    how = Line("How were they served?")
    people = forms.MultipleChoiceField(
        label="On whom?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Each joint tenant, for a tenancy.",
        error_messages={"required": "Choose on whom they were served"},
    )
    what_next = Words("What happens next?", "As the letter will tell it: the hearing, and by when to answer.", rows=3)

    def prepare(self) -> None:
        picks: forms.MultipleChoiceField = self.fields["people"]  # type: ignore[assignment]
        person = self.file.person
        if person is not None:
            joint = people.joint_tenants(person, now().day)
            picks.choices = [(str(one.pk), one.name) for one in [person, *joint]]

    def answers(self) -> dict[str, Any]:
        return {**super().answers(), "people": tuple(self.cleaned_data["people"])}


class OrderForm(CaseForm):
    terms = Words("What did the court order?")
    until = Day("Until when?", required=False)


class BreachForm(CaseForm):
    what = Words("What happened?")
    happened_on = Day("When?")


class EndForm(CaseForm):
    outcome = Words("How did it end?", rows=3)


class Step(ActView):
    part = Part.LEGAL
    who = DECIDING
    done = "Recorded."


class Consider(Step):
    form_class = ConsiderForm
    verb = legal_action.consider
    title = "Consider a legal step, with notice"
    submit = "Record the proposal"


class ConsiderWithoutNotice(SealedView):
    form_class = WithoutNoticeForm
    verb = legal_action.consider_without_notice
    part = Part.LEGAL
    who = DECIDING
    title = "Consider a legal step without notice"
    intro = "A sealed matter: until the papers are served, nobody but those named can tell that it exists."
    submit = "Open the sealed matter"


class Approve(Step):
    form_class = ApproveForm
    verb = legal_action.approve
    title = "Approve the legal step"


class Start(Step):
    form_class = StartForm
    verb = legal_action.start
    title = "Record that the court has the papers"
    submit = "Record it"


class Serve(Step):
    form_class = ServeForm
    verb = legal_action.serve
    title = "Record that the papers were served"
    submit = "Record it and draft the letter"
    done = "Recorded. The letter, with where to get legal advice, waits for approval."


class Order(Step):
    form_class = OrderForm
    verb = legal_action.order
    title = "Record the court’s order"
    submit = "Record it"


class Breach(Step):
    form_class = BreachForm
    verb = legal_action.breach
    title = "Record that the order was broken"
    submit = "Record it"


class End(Step):
    form_class = EndForm
    verb = legal_action.end
    title = "End the legal step"


urlpatterns = [
    path("cases/<reference>/legal/consider", Consider.as_view(), name="legal_action.consider"),
    path(
        "cases/<reference>/legal/without-notice",
        ConsiderWithoutNotice.as_view(),
        name="legal_action.consider_without_notice",
    ),
    path("cases/<reference>/legal/<subject>/approve", Approve.as_view(), name="legal_action.approve"),
    path("cases/<reference>/legal/<subject>/start", Start.as_view(), name="legal_action.start"),
    path("cases/<reference>/legal/<subject>/serve", Serve.as_view(), name="legal_action.serve"),
    path("cases/<reference>/legal/<subject>/order", Order.as_view(), name="legal_action.order"),
    path("cases/<reference>/legal/<subject>/breach", Breach.as_view(), name="legal_action.breach"),
    path("cases/<reference>/legal/<subject>/end", End.as_view(), name="legal_action.end"),
]
