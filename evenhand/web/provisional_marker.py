"""Rule 7: one screen that places a marker at once after violence or a threat; then confirmed, renewed or decided."""

from typing import Any

from crispy_forms_gds.choices import Choice

from evenhand.cases import reading
from evenhand.doors.clock import now
from evenhand.doors.permission import DECIDERS
from evenhand.policy import provisional_marker
from evenhand.policy.conduct import in_order
from evenhand.policy.events.marker import Audience, Control, Risk
from evenhand.policy.occasion import ADULT
from evenhand.policy.staff import SENIORS, Role
from evenhand.policy.visibility import Part
from evenhand.web import address
from evenhand.web.evidence import Beside
from evenhand.web.fields import OneOf, Pick, SeveralOf, Words
from evenhand.web.forms import CaseForm
from evenhand.web.said import begun
from evenhand.web.templatetags.words import day


class PlaceForm(CaseForm):
    """Short, for two in the morning: one incident is chosen already, and the commonest answers come first."""

    incident = Pick("Which incident?", missing="Choose the incident of violence, threat or weapon")
    risk = OneOf("What is the risk?", Risk, missing="Choose the risk")
    controls = SeveralOf(
        "What should colleagues do?", Control, missing="Choose at least one thing that colleagues should do"
    )
    safe_attendance = Words(
        "If colleagues stay away: how is an emergency still attended safely?",
        "A hazard, a gas leak or someone in danger is always attended. Say who goes, with whom, and who is rung.",
        rows=2,
        required=False,
    )
    audience = OneOf("Who is told?", Audience, initial=Audience.ALL, missing="Choose who is told")
    reasons = Words(
        "Why now?",
        "What happened and when. Never what kind of person they are.",
        rows=3,
        missing="Say why it is needed now",
    )
    age_checked = Words(
        "Their date of birth is not known: what were you told?",
        "For example, she looked about 40, and the tenancy is hers. A child is never marked.",
        rows=2,
        required=False,
    )
    safeguarding_check = Words("They are under 18: what did the safeguarding check find?", rows=2, required=False)

    def prepare(self) -> None:
        serious = [i for i in self.case.incident.believed if i.is_serious]
        self.fields["incident"].choices = [  # type: ignore[attr-defined]
            Choice(i.id, day(i.happened_on), hint=begun(", ".join(c.value for c in in_order(i.conducts))))
            for i in serious
        ]
        if len(serious) == 1:
            self.fields["incident"].initial = serious[0].id
        age = self.initial.get("age")
        if age is not None:
            del self.fields["age_checked"]
        if age is None or age >= ADULT:
            del self.fields["safeguarding_check"]


class Place(Beside):
    form_class = PlaceForm
    verb = provisional_marker.place
    part = Part.CONTROLS
    who = DECIDERS | {Role.DUTY}
    title = "Place a provisional marker"
    intro = "It shows at once. A manager confirms it on the next working day; then it is assessed, and decided."
    submit = "Place it now"
    done = "The marker shows now. A manager is asked to confirm it by the next working day."
    weighty = True
    beside = ("incidents",)

    def get_initial(self) -> dict[str, Any]:
        known = reading.occasion(self.colleague.actor, now(), self.file).known
        return {**super().get_initial(), "age": known.age}


class ReasonsForm(CaseForm):
    reasons = Words("Why should it stay for now?", rows=4, missing="Say why it should stay for now")


class Confirm(Beside):
    form_class = ReasonsForm
    verb = provisional_marker.confirm
    part = Part.CONTROLS
    who = DECIDERS
    title = "Confirm the provisional marker"
    intro = "You agree that it stands while the case is looked into. If you do not agree, remove it."
    submit = "Confirm it"
    done = "Confirmed. It is assessed and decided by its own dates."
    beside = ("incidents", "markers")


class Renew(Beside):
    form_class = ReasonsForm
    verb = provisional_marker.renew
    part = Part.CONTROLS
    who = SENIORS
    title = "Renew the provisional marker"
    intro = "It gives the investigation another period, at most twice."
    submit = "Renew it"
    done = "Renewed, with a new date by which it is decided."
    beside = ("incidents", "markers")


urlpatterns = [
    *address.of("provisional_marker.place", Place),
    *address.of("provisional_marker.confirm", Confirm, subject=True),
    *address.of("provisional_marker.renew", Renew, subject=True),
]
