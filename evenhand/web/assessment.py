"""Rule 8: the form of an equality and proportionality assessment, with what is known today beside it."""

from typing import Any

from evenhand.cases import reading
from evenhand.doors.clock import now
from evenhand.doors.permission import DECIDING
from evenhand.people import reading as people_reading
from evenhand.policy import assessment
from evenhand.policy.events.assessment import Step
from evenhand.policy.staff import Role
from evenhand.policy.visibility import Part
from evenhand.web import address
from evenhand.web.evidence import Beside, assessments
from evenhand.web.fields import OneOf, Words, in_words
from evenhand.web.forms import CaseForm
from evenhand.web.names import language


class AssessmentForm(CaseForm):
    step = OneOf("For which step?", Step, missing="Choose the step it is for")
    known = Words(
        "What do we know of their health, disability or other need?",
        "Needs recorded today are written in. Add what was said, and what nobody has asked yet.",
        missing="Say what we know, or that we asked and know of nothing",
    )
    adjustments = Words(
        "What have we changed or offered because of it?",
        "Another format, another time, someone to speak for them. If nothing: why not?",
        rows=4,
        missing="Say what was offered, or why nothing was",
    )
    aim = Words("What is this step meant to achieve?", rows=3, missing="Say what the step is meant to achieve")
    alternatives = Words(
        "What gentler steps were there, and why would they not do?",
        rows=4,
        missing="Say which gentler steps you thought of, and why they would not do",
    )
    due_regard = Words(
        "How does this sit with our duty to people who share a protected characteristic?",
        "Whether what happened follows from a disability, who else is affected, and how you weighed it.",
        rows=4,
        missing="Say how you weighed it",
    )


class Make(Beside):
    form_class = AssessmentForm
    verb = assessment.make
    part = Part.DECISION
    who = DECIDING | {Role.INVESTIGATOR}
    title = "Make the equality and proportionality assessment"
    intro = "Before the step, not after it. The needs known today are kept with it; if they change, it is made again."
    submit = "Save the assessment"
    done = "The assessment was saved."
    beside = ("incidents", "account", "support")
    evidence_template = "assessment/beside.html"

    def get_initial(self) -> dict[str, Any]:
        needs = self.needs_today()
        known = "\n".join(f"{need}." for need in needs) if needs else ""
        return {**super().get_initial(), "known": known, "step": self.likely_step()}

    def get_form(self, form_class: Any = None) -> Any:
        """Whoever took part is not offered an appeal's: whoever hears the appeal weighs it afresh."""
        form = super().get_form(form_class)
        if self.took_part():
            step = form.fields["step"]
            step.choices = [choice for choice in step.choices if str(choice[0]) != Step.APPEAL.value]
        return form

    def took_part(self) -> bool:
        return self.colleague.actor_id in self.file.case.involvement.took_part

    def needs_today(self) -> list[str]:
        """What the verb will freeze into the assessment."""
        known = reading.occasion(self.colleague.actor, now(), self.file).known
        return [in_words(need) for need in sorted(known.needs)]

    def likely_step(self) -> Step:
        """The step that waits for one: a provisional marker before the decision, the decision before the rest."""
        case = self.file.case
        if case.handling.matter.is_sealed:
            return Step.LEGAL
        if any(marker.assess_by for marker in case.marker.provisional):
            return Step.PROVISIONAL
        if case.appeal.open and not self.took_part():
            return Step.APPEAL
        return Step.DECISION if case.decision.undecided else Step.REVIEW

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        person = self.file.person
        return {
            **super().get_context_data(**context),
            "needs": self.needs_today(),
            "language": language(person.language) if person else "",
            "spoken_for": list(people_reading.representatives(person, self.file.day)) if person else [],
            "assessments": assessments(self.file),
        }


urlpatterns = address.of("assessment.make", Make)
