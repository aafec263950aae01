"""C1, C4: a report sent and told what happens next; triaged; its person identified; its colleagues looked after."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Layout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import exhibits, reading, record
from evenhand.doors.acts import ActForm, ActView, OpenView
from evenhand.doors.clock import now
from evenhand.doors.looked import looked
from evenhand.doors.permission import CASEWORKERS, EVERYONE, for_roles
from evenhand.people import local_person
from evenhand.people.models import Home, Person, User
from evenhand.people.models.look import LookKind
from evenhand.people.refusal import NotDone
from evenhand.policy import incident, provisional_marker
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.incident import Aftercare, Triage
from evenhand.policy.visibility import Part
from evenhand.web import address, way
from evenhand.web.evidence import Beside
from evenhand.web.fields import Day, Line, OneOf, Pick, SeveralOf, Words
from evenhand.web.finding import HOME, PERSON, Finding, only_looked_for
from evenhand.web.forms import CaseForm
from evenhand.web.names import names_of
from evenhand.web.report import ReportForm, folded
from evenhand.web.templatetags.words import day


class Report(OpenView):
    template_name = "incident/report.html"
    form_class = ReportForm
    verb = incident.report
    who = EVERYONE
    title = "Report an incident"
    submit = "Send the report"
    done = "The report was sent."
    keeps_draft = True

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "happened_on": now().day, "person_words": self.person_words()}

    def person_words(self) -> str:
        """From a person's page, that person is already looked for; they still have to be chosen."""
        try:
            about = Person.objects.get(pk=way.person_of(self.request.GET.get("about", "")))
        except (LookupError, Person.DoesNotExist):
            return ""
        return about.ref if not about.is_local else about.name

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return found_only(self) if only_looked_for(request) else super().post(request, *args, **kwargs)

    def act(self, form: ActForm) -> record.Done:
        assert isinstance(form, ReportForm)
        ask = self.ask(form)
        person, answers = form.about_person(), form.answers()
        return exhibits.keep_with(
            lambda: record.open_case(ask, incident.report, about_person=person, **answers),
            form.cleaned_data["attached"],
            ask,
        )

    def get_success_url(self) -> str:
        return reverse("incident.reported", args=[self.opened.reference])


def found_only(view: Any) -> HttpResponse:
    """The page again, with what was found; what is not answered yet is not wrong yet."""
    form = view.get_form()
    form.offered()
    for name, words in view.request.POST.items():
        if name.endswith("_words") and words:
            looked(view.colleague, LookKind.SEARCH, words[:200])
    response: HttpResponse = view.render_to_response(view.get_context_data(form=form))
    return response


@for_roles(EVERYONE)
def reported(request: HttpRequest, reference: str) -> HttpResponse:
    """For whoever reported: the reference, who does what next and by when, and what they may do at once."""
    user, moment = request.user, now()
    assert isinstance(user, User)
    try:
        file = reading.case_file(reference, user, moment.day)
    except reading.NotFound:
        raise Http404 from None
    first = file.case.incident.all[0] if file.case.incident.all else None
    if first is None or first.reporter != user.actor_id:
        raise Http404
    occasion = reading.occasion(user.actor, moment, file)
    may_mark = not list(provisional_marker.place.objections(file.case, occasion, None))
    may_instruct = not list(incident.instruct.objections(file.case, occasion, None))
    told = {
        "file": file,
        "incident": first,
        "me": any(a.colleague == user.actor_id for a in file.case.incident.affected),
        "others": any(a.colleague != user.actor_id for a in file.case.incident.affected),
        "may_mark": may_mark,
        "may_instruct": may_instruct,
        "manager": user.manager,
        "may_open": user.actor.has(*CASEWORKERS),
    }
    return render(request, "incident/reported.html", told)


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
    form_class = TriageForm
    verb = incident.triage
    title = "Triage the report"
    intro = "Decide what becomes of it, not who was right."
    submit = "Save what it is"
    done = "The report was triaged."
    beside = ("incidents", "affected")

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "cases": self.open_cases()}

    def open_cases(self) -> list[Any]:
        """The person's other open cases that this colleague may know of."""
        person = self.file.person
        if person is None:
            return []
        found = reading.cases_of(person, self.colleague, self.file.day)
        return [c for c in found if not c.closed and not c.untriaged and c.reference != self.file.reference]

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

    person_words = Line("Who was it?", "A name, telephone number, e-mail, address or postcode.", required=False)
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


class CorrectForm(CaseForm):
    correction = Words(
        "What was wrong, and what is right?",
        "The report stays as it was; this is kept beside it.",
        missing="Say what was wrong",
    )
    conducts = SeveralOf("What is alleged now?", Conduct, missing="Choose at least one kind of behaviour or demand")
    happened_on = Day("When did it happen?", missing="Enter the day on which it happened")

    def prepare(self) -> None:
        told = self.case.incident.get(self.subject)
        if told is not None:
            self.fields["conducts"].initial = [c.value for c in told.conducts]
            self.fields["happened_on"].initial = told.happened_on


class Correct(Beside):
    form_class = CorrectForm
    verb = incident.correct
    who = EVERYONE
    title = "Correct the report"
    submit = "Save the correction"
    done = "The correction was saved beside the report."
    beside = ("incidents",)


class InstructForm(CaseForm):
    instruction = Words(
        "What should colleagues do at this home?",
        "For example, visit in pairs. It stands for 10 working days while we find out who it was.",
        rows=3,
        missing="Say what colleagues should do",
    )


class Instruct(Beside):
    form_class = InstructForm
    verb = incident.instruct
    title = "Put a safety instruction on the home"
    intro = "For when nobody knows yet who it was. It follows the home for a short time, and nobody’s record."
    submit = "Put it on the home"
    done = "The instruction shows to everyone who checks this home."
    beside = ("incidents",)


class LookAfterForm(CaseForm):
    care = OneOf("What was done?", Aftercare, missing="Choose what was done")
    note = Words(
        "A short note",
        "Nothing about their health: that belongs in welfare notes, which are apart.",
        rows=3,
        required=False,
    )


class LookAfter(ActView):
    form_class = LookAfterForm
    verb = incident.look_after
    part = Part.AFFECTED
    title = "Look after a colleague who was affected"
    submit = "Save it"
    done = "Saved. Thank you for looking after them."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told = super().get_context_data(**context)
        who = names_of([str(self.subject)])
        named = who[str(self.subject)] if str(self.subject) in who else self.subject
        return {**told, "intro": f"What {named} is owed on the day, one thing at a time."}


urlpatterns = [
    path("report", Report.as_view(), name="incident.report"),
    path("report/<str:reference>/sent", reported, name="incident.reported"),
    *address.of("incident.triage", TriageReport, both=True),
    *address.of("incident.identify", Identify),
    *address.of("incident.correct", Correct, subject=True),
    *address.of("incident.instruct", Instruct),
    *address.of("incident.look_after", LookAfter, subject=True),
]
