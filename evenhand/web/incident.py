"""C1, C4: a report sent, and what happens next; corrected; a home made safe; colleagues looked after."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from evenhand.cases import exhibits, reading, record
from evenhand.doors.acts import ActForm, ActView, OpenView
from evenhand.doors.clock import now
from evenhand.doors.permission import COLLEAGUES, EVERYONE, for_roles
from evenhand.people.models import Home, Person, User
from evenhand.policy import incident, provisional_marker, youth
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.incident import Aftercare
from evenhand.policy.visibility import Part
from evenhand.web import address, alert_behind, way
from evenhand.web.evidence import Beside
from evenhand.web.fields import Day, OneOf, SeveralOf, Words
from evenhand.web.finding import found_only, only_looked_for
from evenhand.web.forms import CaseForm
from evenhand.web.names import names_of
from evenhand.web.report import ReportForm


class Report(OpenView):
    template_name = "incident/report.html"
    form_class = ReportForm
    verb = incident.report
    who = COLLEAGUES
    title = "Report an incident"
    submit = "Send the report"
    done = "The report was sent."
    keeps_draft = True

    def get_initial(self) -> dict[str, Any]:
        looked_for = {"person_words": self.person_words(), "home_words": self.home_words()}
        # What lies behind an older system's alert did not happen today.
        happened_on = None if alert_behind.asked_for(self.request) else now().day
        return {**super().get_initial(), "happened_on": happened_on, **looked_for}

    def person_words(self) -> str:
        """From a person's page, that person is already looked for; they still have to be chosen."""
        try:
            about = Person.objects.get(pk=way.person_of(self.request.GET.get("about", "")))
        except (LookupError, Person.DoesNotExist):
            return ""
        return about.ref if not about.is_local else about.name

    def home_words(self) -> str:
        """From a home's card, that home is."""
        try:
            return Home.objects.get(pk=way.home_of(self.request.GET.get("at", ""))).ref
        except (LookupError, Home.DoesNotExist):
            return ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return found_only(self) if only_looked_for(request) else super().post(request, *args, **kwargs)

    def act(self, form: ActForm) -> record.Done:
        assert isinstance(form, ReportForm)
        ask = self.ask(form)
        person, answers = form.about_person(), form.answers()
        done = exhibits.keep_with(
            lambda: record.open_case(ask, incident.report, about_person=person, **answers),
            form.cleaned_data["attached"],
            ask,
        )
        alert_behind.settle(self.request, person, done)
        return done

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**{**context, "alert": alert_behind.asked_for(self.request)})

    def get_success_url(self) -> str:
        return reverse("incident.reported", args=[self.opened.reference])


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
        "minding": youth.minding(occasion.known.age),
    }
    return render(request, "incident/reported.html", told)


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
        whom = self.file.case.incident.affected_by(self.subject)
        if whom is None:
            return told
        names = names_of([whom.colleague])
        named = names[whom.colleague] if whom.colleague in names else whom.colleague
        return {**told, "intro": f"What {named} is owed on the day, one thing at a time."}


urlpatterns = [
    path("report", Report.as_view(), name="incident.report"),
    path("report/<str:reference>/sent", reported, name="incident.reported"),
    *address.of("incident.correct", Correct, subject=True),
    *address.of("incident.instruct", Instruct),
    *address.of("incident.look_after", LookAfter, subject=True),
]
