"""M1, M2: forms that place, review, keep and remove a marker, and withhold or give notice of it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.urls import path

from evenhand.cases import record
from evenhand.doors.acts import ActForm
from evenhand.doors.permission import CASEWORKERS, DECIDING
from evenhand.people import known
from evenhand.policy import marker
from evenhand.policy.conduct import in_order
from evenhand.policy.events.marker import Audience, Control, NoticeWithheld, ProvisionalMarkerPlaced, Risk
from evenhand.policy.standing.incident import Incident
from evenhand.policy.visibility import Part
from evenhand.web.again import Again
from evenhand.web.evidence import Shown, shown
from evenhand.web.expectation import ReasonsForm, RequestForm
from evenhand.web.fields import OneOf, Pick, SeveralOf, Words
from evenhand.web.forms import CaseForm
from evenhand.web.said import listed
from evenhand.web.templatetags.words import day

ADULT = 18


class MarkerForm(CaseForm):
    incident = Pick("Which incident does it rest on?", "One dated incident, never an opinion of the person.")
    risk = OneOf("What is the risk?", Risk)
    controls = SeveralOf("What should colleagues do?", Control)
    safe_attendance = Words(
        "If colleagues stay away: how is an emergency still attended safely?",
        "A hazard, a gas leak or someone in danger is always attended. Say who goes, with whom, and who is rung.",
        rows=2,
        required=False,
    )
    audience = OneOf("Who is told of it?", Audience)
    reasons = Words("Why is a marker needed?", "The customer reads these words.")
    age_checked = Words(
        "If their age is not known: what were you told?", "A child under 10 is never marked.", rows=2, required=False
    )
    safeguarding_check = Words("If they are under 18: what did the safeguarding check find?", rows=2, required=False)

    def prepare(self) -> None:
        """Only the incidents of this case, and only the questions that this person's age calls for."""
        provisional = self.case.marker.get(self.subject)
        chosen = provisional.incident if provisional else None
        offer_incidents(self.fields["incident"], self.case.incident.in_case, chosen)
        self._begin_with_the_provisional_one()
        age = known.picture(self.file.person, self.file.day).age if self.file.person else None
        if age is not None:
            del self.fields["age_checked"]
        if age is not None and age >= ADULT:
            del self.fields["safeguarding_check"]

    def _begin_with_the_provisional_one(self) -> None:
        """What the duty colleague said, to be confirmed or changed."""
        for entry in self.file.entries:
            if isinstance(entry.event, ProvisionalMarkerPlaced) and entry.event.marker == self.subject:
                said = entry.event
                self.fields["risk"].initial = said.risk.value
                self.fields["controls"].initial = [control.value for control in said.controls]
                self.fields["audience"].initial = said.audience.value
                self.fields["safe_attendance"].initial = said.safe_attendance


class WithholdForm(CaseForm):
    reasons = Words(
        "Who would be in danger if they were told, and how?", "For the record. The customer is not told this."
    )


class EmptyForm(CaseForm):
    """A form that asks nothing but to be sent."""


def offer_incidents(field: Any, incidents: Iterable[Incident], chosen: str | None = None) -> None:
    """The incidents to choose from, each by its day and what is alleged; one alone is chosen already."""
    field.choices = [
        (i.id, f"{day(i.happened_on)}: {listed(c.value for c in in_order(i.conducts))}") for i in incidents
    ]
    field.initial = chosen or (field.choices[0][0] if len(field.choices) == 1 else None)


class Decision(Again):
    """What the pages of this concept share: the marker beside the form."""

    part = Part.CONTROLS
    who = DECIDING
    form_class: type[ActForm] = ReasonsForm


class Place(Decision):
    form_class = MarkerForm
    verb = marker.place
    title = "Place a marker"
    intro = "Reason, risk, what to do and who is told are kept apart. It is reviewed at least every six months."
    submit = "Place it and draft the letter"
    done = "Placed. It shows from now; the letter to the customer waits for approval."
    evidence_label = "What the marker would rest on"

    @property
    def about(self) -> str | None:
        """The provisional marker that this would confirm, or else the finding that it would rest on."""
        finding = self.file.case.decision.standing
        return self.subject or (finding.id if finding else None)

    def evidence(self) -> list[Shown]:
        """The decision it would rest on; before there is one, what was reported, and their side of it."""
        found = super().evidence() or shown(self.file, "incidents", "account", "support")
        if self.subject is None and self.about:
            found[0] = replace(found[0], heading="What was decided")
        return found


class Keep(Decision):
    verb = marker.keep
    title = "Review the marker: keep it"
    intro = "Only for reasons that hold today: without them, remove it. The customer is told, and may appeal again."
    submit = "Keep it and draft the letter"
    done = "Kept. The letter to the customer waits for approval."


class Remove(Decision):
    verb = marker.remove
    title = "Remove the marker"
    intro = "It stops at once for everyone. The customer is told, and so is everyone who was told of it."
    submit = "Remove it and draft the letter"
    done = "Removed. The letter to the customer waits for approval."


class WithholdNotice(Decision):
    form_class = WithholdForm
    verb = marker.withhold_notice
    title = "Withhold notice of the marker"
    intro = "Only when telling the person would put someone in danger. It is looked at again on a set date."
    submit = "Withhold notice"
    weighty = True

    def act(self, form: ActForm) -> record.Done:
        done = super().act(form)
        again = next((e.event.look_again_on for e in done.entries if isinstance(e.event, NoticeWithheld)), None)
        self.done = f"Notice is withheld. It is looked at again on {day(again)}." if again else "Notice is withheld."
        return done


class GiveNotice(Decision):
    form_class = EmptyForm
    verb = marker.give_notice
    title = "Give notice of the marker"
    intro = "Only once nobody is in danger because of it. The letter that waited can then be approved and sent."
    submit = "Give notice"
    done = "The letter to the customer now waits for approval."


class RequestReview(Decision):
    form_class = RequestForm
    verb = marker.request_review
    who = CASEWORKERS
    title = "Record a request to remove the marker"
    intro = "A customer may ask at any time. An answer is then due by its own date."
    submit = "Record the request"
    done = "Recorded. An answer is now due."


urlpatterns = [
    path("cases/<reference>/marker/place", Place.as_view(), name="marker.place"),
    path("cases/<reference>/marker/<subject>/place", Place.as_view(), name="marker.place"),
    path("cases/<reference>/marker/<subject>/keep", Keep.as_view(), name="marker.keep"),
    path("cases/<reference>/marker/<subject>/remove", Remove.as_view(), name="marker.remove"),
    path("cases/<reference>/marker/<subject>/withhold", WithholdNotice.as_view(), name="marker.withhold_notice"),
    path("cases/<reference>/marker/<subject>/give-notice", GiveNotice.as_view(), name="marker.give_notice"),
    path("cases/<reference>/marker/<subject>/request", RequestReview.as_view(), name="marker.request_review"),
]
