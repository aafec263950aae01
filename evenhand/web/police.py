"""P1: forms about the police."""

from typing import Any

from django.urls import path

from evenhand.doors.acts import ActView
from evenhand.policy import police
from evenhand.policy.visibility import Part
from evenhand.web.fields import Line, Pick, Words
from evenhand.web.forms import CaseForm
from evenhand.web.marker import offer_incidents


class AboutIncident(CaseForm):
    incident = Pick("Which incident?")

    def prepare(self) -> None:
        offer_incidents(self.fields["incident"], self.case.incident.all)


class ReportForm(AboutIncident):
    belief = Line("Which offence do we believe was committed?", "Suspicion only: this is never shown as a finding.")
    reasons = Words("Why do we believe so?", "What was seen or heard, by whom.")
    colleague_asked = Words(
        "What did the colleague who was affected want?", "Ask them whether they want the police told.", rows=2,
        required=False,
    )  # fmt: skip

    def prepare(self) -> None:
        """Nobody is asked what a colleague wanted where none was affected."""
        super().prepare()
        if not self.case.incident.affected:
            del self.fields["colleague_asked"]

    def answers(self) -> dict[str, Any]:
        return {"colleague_asked": "", **super().answers()}


class DeclineForm(AboutIncident):
    reasons = Words("Why is it not reported?")

    def prepare(self) -> None:
        """Only the incidents of which this is not settled."""
        offer_incidents(self.fields["incident"], police.unanswered(self.case))


class UpdateForm(CaseForm):
    update = Words("What is new?")
    reference = Line("The police’s reference", required=False)
    officer = Line("The officer", required=False)


class Report(ActView):
    form_class = ReportForm
    verb = police.report
    part = Part.POLICE
    title = "Report to the police"
    intro = "This never waits for the customer’s account. If anyone is in danger now, ring 999 first."
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
