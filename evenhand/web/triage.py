"""I1, rule 20: what becomes of a report, and who it was."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Layout
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from evenhand.cases import exhibits, reading, record
from evenhand.doors.acts import ActForm
from evenhand.people import known, local_person
from evenhand.people.models import Home, Person
from evenhand.people.refusal import NotDone
from evenhand.policy import incident, youth
from evenhand.policy.events.handling import Matter
from evenhand.policy.events.incident import Triage
from evenhand.web import address
from evenhand.web.evidence import Beside
from evenhand.web.fields import Line, OneOf, Pick, Words
from evenhand.web.finding import HOME, PERSON, Finding, found_only, only_looked_for
from evenhand.web.forms import CaseForm
from evenhand.web.report import folded
from evenhand.web.templatetags.words import day

TRIAGE_HINTS = {
    Triage.NEW_CASE: "It may be about conduct, and someone looks into it. The clocks start today.",
    Triage.JOINS: "It belongs with a case about the same person that is open already.",
    Triage.NOT_CONDUCT: "For example a complaint, a repair or a misunderstanding. The report is kept for 12 months.",
    Triage.NEEDS_MORE: "Say below what has to be found out first, and from whom.",
}


class TriageForm(CaseForm):
    outcome = OneOf("What is this report?", Triage, hints=TRIAGE_HINTS, missing="Choose what the report is")
    joins = Pick("Which case does it join?", "The person’s cases that are open.", required=False)
    reason = Words("Why?", "Needed unless it is a new case.", rows=3, required=False)

    def prepare(self) -> None:
        cases = self.initial.get("cases") or []
        joins: Any = self.fields["joins"]
        joins.choices = [
            Choice(row.reference, f"{row.reference}, opened {day(row.opened_at)}", hint=", ".join(row.conducts))
            for row in cases
        ]
        if not cases:
            outcome: Any = self.fields["outcome"]
            outcome.choices = [choice for choice in outcome.choices if choice[0] != Triage.JOINS]
            del self.fields["joins"]

    def answers(self) -> dict[str, Any]:
        return {"joins": None, **super().answers()}


class TriageReport(Beside):
    template_name = "incident/triage.html"
    form_class = TriageForm
    verb = incident.triage
    title = "Triage the report"
    intro = "Decide what becomes of it, not who was right."
    submit = "Save what it is"
    done = "The report was triaged."
    beside = ("incidents",)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "cases": self.open_cases()}

    def open_cases(self) -> list[Any]:
        """The person's other open cases that this colleague may know of."""
        person = self.file.person
        if person is None:
            return []
        found = reading.cases_of(person, self.colleague, self.file.day)
        fit = [c for c in found if c.matter == Matter.CONDUCT and not c.closed and not c.untriaged]
        return [c for c in fit if c.reference != self.file.reference]

    def act(self, form: ActForm) -> record.Done:
        answers = form.answers()
        if answers["outcome"] is not Triage.JOINS or not answers["joins"]:
            return super().act(form)
        into, ask = answers["joins"], self.ask(form)
        self.joined = into
        return exhibits.carry(
            lambda: record.join(self.file.reference, into, ask, reason=answers["reason"]), self.file.reference
        )

    def get_success_url(self) -> str:
        return reverse("case", args=[getattr(self, "joined", self.file.reference)])


class IdentifyForm(Finding, CaseForm):
    finders = {"person": PERSON, "home": HOME}
    aside = ("person_words", "forename", "surname", "description", "phone", "home_words", "home")

    person_words = Line("Who was it?", "A name, telephone number, email, address or postcode.", required=False)
    person = Pick("Is it one of these?")
    forename = Line("First name", required=False)
    surname = Line("Last name", required=False)
    description = Words(
        "A few words that tell them apart", "For example, her brother, tall, in a red van.", rows=2, required=False
    )
    phone = Line("Telephone number", required=False)
    home_words = Line(
        "A home they visit", "Its address or postcode: then a check of the home finds them.", required=False
    )
    home = Pick("Is it one of these?")
    how = Words("How do you know who it was?", rows=3, missing="Say how you know who it was")

    def prepare(self) -> None:
        self.look(self.file.day)
        local = ("forename", "surname", "description", "phone")
        is_open = any(self.data.get(name) for name in (*local, "home_words"))
        self.helper.layout = Layout(
            *self.questions("person"),
            *folded("They are not in our register", is_open, *local, *self.questions("home")),
            "how",
        )

    def homes_named(self) -> list[Home]:
        """Where it happened."""
        return [self.file.row.home] if self.file.row.home else super().homes_named()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        described = any(cleaned.get(name) for name in ("forename", "surname", "description"))
        if not cleaned.get("person_words") and not described:
            self.add_error("person_words", "Find the person, or describe them under “They are not in our register”")
        if cleaned.get("person_words") and described:
            self.add_error(
                "person_words", "Choose someone from the register, or describe someone who is not in it: not both"
            )
        return cleaned


class Identify(Beside):
    """Someone of the register, or a local person with the homes they visit (rule 20)."""

    form_class = IdentifyForm
    verb = incident.identify
    title = "Say who the person is"
    submit = "Save who it is"
    done = "It was recorded who the person is."
    beside = ("incidents",)

    def get_success_url(self) -> str:
        """On to the triage that waits for it, with the person's other cases to choose from."""
        waits = bool(self.file.case.incident.untriaged) and self.request.method == "POST"
        return reverse("incident.triage" if waits else "case", args=[self.file.reference])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return found_only(self) if only_looked_for(request) else super().post(request, *args, **kwargs)

    def form_valid(self, form: ActForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except NotDone as refused:
            form.add_error("description", str(refused))
            return self.form_invalid(form)

    @transaction.atomic
    def act(self, form: ActForm) -> record.Done:
        said = form.cleaned_data
        person = said["person"] or str(self.made(said).pk)
        done = record.act_on(self.file.reference, self.ask(form), incident.identify, person=person, how=said["how"])
        if minded := youth.minding(known.picture(Person.objects.get(pk=int(person)), self.file.day).age):
            messages.warning(self.request, minded)
        if done.repeated:
            # The person was made the first time the form was sent.
            transaction.set_rollback(True)
        return done

    def made(self, said: dict[str, Any]) -> Person:
        names = ("forename", "surname", "description", "phone")
        person = local_person.make(**{name: said[name] for name in names})
        home = Home.objects.get(pk=int(said["home"])) if said["home"] else self.file.row.home
        if home is not None:
            local_person.visits(person, home, self.file.day)
        return person


urlpatterns = [
    *address.of("incident.triage", TriageReport, both=True),
    *address.of("incident.identify", Identify),
]
