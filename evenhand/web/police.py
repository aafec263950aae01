"""P1: forms about the police."""

from django import forms
from django.urls import path

from evenhand.doors.acts import ActView
from evenhand.policy import police
from evenhand.policy.visibility import Part
from evenhand.web.fields import Line, Pick, Words
from evenhand.web.forms import CaseForm
from evenhand.web.templatetags.words import day


class AboutIncident(CaseForm):
    incident = Pick("Which incident?")

    def prepare(self) -> None:
        picks: forms.ChoiceField = self.fields["incident"]  # type: ignore[assignment]
        picks.choices = [
            (i.id, f"{day(i.happened_on)}: {', '.join(sorted(c.value for c in i.conducts))}")
            for i in self.case.incident.all
        ]


class ReportForm(AboutIncident):
    belief = Line("Which offence do we believe was committed?", "Suspicion only: this is never shown as a finding.")
    reasons = Words("Why do we believe so?")
    colleague_asked = Words(
        "What did the colleague who was affected want?", "Ask them whether they want the police told.", rows=2,
        required=False,
    )  # fmt: skip


class DeclineForm(AboutIncident):
    reasons = Words("Why is it not reported?")


class UpdateForm(CaseForm):
    update = Words("What is new?")
    reference = Line("The police's reference", required=False)
    officer = Line("The officer", required=False)


class Report(ActView):
    form_class = ReportForm
    verb = police.report
    part = Part.POLICE
    title = "Report to the police"
    intro = "This never waits for the customer's account. If anyone is in danger now, ring 999 first."
    submit = "Record the report"
    done = "Recorded."


class Decline(ActView):
    form_class = DeclineForm
    verb = police.decline
    part = Part.POLICE
    title = "Record that it is not reported to the police"
    submit = "Record it"
    done = "Recorded."


class Update(ActView):
    form_class = UpdateForm
    verb = police.update
    part = Part.POLICE
    title = "Add what the police said"
    submit = "Add it"
    done = "Added."


urlpatterns = [
    path("cases/<reference>/police/report", Report.as_view(), name="police.report"),
    path("cases/<reference>/police/decline", Decline.as_view(), name="police.decline"),
    path("cases/<reference>/police/<subject>/update", Update.as_view(), name="police.update"),
]
