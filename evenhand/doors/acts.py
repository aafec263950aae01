"""The one kind of page that changes a case: a form, whose answers go to one verb of the policy."""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.views.generic import FormView

from evenhand.cases import at_once, reading, record
from evenhand.cases.reading import CaseFile
from evenhand.database.trouble import UNANSWERED
from evenhand.doors.clock import now
from evenhand.doors.kept_words import KeepsWords, token_for
from evenhand.doors.looked import looked
from evenhand.doors.looked_through import FilesLookedThrough
from evenhand.doors.permission import CASEWORKERS, ForRoles, may_open
from evenhand.doors.unanswered import not_saved
from evenhand.doors.verb_words import words_of
from evenhand.people.models import User
from evenhand.people.models.look import LookKind
from evenhand.policy.refusal import Objection, Refused, Verb
from evenhand.policy.visibility import AT_ONCE, Part, part_of

CHANGED = "Someone else did something in this case while you wrote. Nothing of yours was saved yet: see what changed."
TWICE = "You had already sent this form. It was saved once."
FILES_LOST = "Choose the files again: a browser does not keep them when a page comes back."
NEVER = "You cannot do this"
"""Over what stands in the way of somebody for whom waiting changes nothing."""


class ActForm(forms.Form):
    """A form of one verb. `seen` is the last event by a person that its page showed; `token` is its own, used once."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def answers(self) -> dict[str, Any]:
        """What the verb is told: the cleaned fields, by the verb's own names."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "token")}


class AskingView(FilesLookedThrough, KeepsWords, ForRoles, FormView):
    """What every page that acts has, on a case or to open one: who asks, when, and how a refusal is shown."""

    template_name = "act.html"
    verb: Verb
    who = CASEWORKERS
    title = ""
    intro = ""
    submit = ""
    weighty = False
    evidence_template = ""
    keeps_draft = False
    request: HttpRequest

    @property
    def subject(self) -> str | None:
        """What in the case the verb is done to: a marker, a limit, an appeal, a letter."""
        subject: str | None = self.kwargs.get("subject")
        return subject

    @property
    def named(self) -> str:
        """The verb's name in the registry."""
        verb = type(self).verb
        return f"{verb.__module__.rpartition('.')[2]}.{verb.__name__}"

    @property
    def draft(self) -> str:
        """Under what name a telephone keeps what was typed until it arrives; empty where it keeps nothing."""
        return "-".join([self.named, *map(str, self.kwargs.values())]) if self.keeps_draft else ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A form that was answered leads where it led then, whatever has become of the case since: its choices may be
        gone, and what it did may stand in its own way."""
        first = self.answered()
        return super().dispatch(request, *args, **kwargs) if first is None else self.repeat(first)

    def answered(self) -> record.Done | None:
        """The first result of a form that this colleague has sent before; None of a new one."""
        user, token = self.request.user, self.request.POST.get("token", "")
        if not (token and user.is_authenticated and isinstance(user, User)):
            return None
        return record.first_result(token, user.actor)

    def repeat(self, first: record.Done, to: str = "") -> HttpResponse:
        self.tell(first, "")
        return HttpResponseRedirect(to or self.get_success_url())

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "token": token_for(self.colleague)}

    def form_invalid(self, form: ActForm) -> HttpResponse:
        for name in self.request.FILES:
            if name in form.fields and name not in form.errors:
                form.add_error(name, FILES_LOST)
        return super().form_invalid(form)

    def tell(self, done: record.Done, words: str) -> None:
        """Says on the next page what was saved, or that it had been; a draft kept on a telephone may go."""
        if done.repeated:
            messages.info(self.request, TWICE, extra_tags=self.draft)
        else:
            messages.success(self.request, words, extra_tags=self.draft)

    def ask(self, form: ActForm) -> record.Ask:
        seen = form.cleaned_data.get("seen")
        return record.Ask(self.colleague.actor, now(), seen=seen, token=form.cleaned_data["token"])

    def refused(self, form: ActForm, objections: tuple[Objection, ...]) -> HttpResponse:
        """Every objection at once, each beside the question it is about; what is unsaid, in that question's words."""
        for objection in objections:
            field = form.fields.get(objection.field or "")
            asked = str(field.error_messages["required"]) if field is not None and objection.unsaid else ""
            form.add_error(objection.field if field is not None else None, asked or objection.words)
        return self.form_invalid(form)

    def lost(self, form: ActForm, error: Exception) -> HttpResponse:
        """The database could not: nothing was written, and nothing of what was typed is lost."""
        form.add_error(None, not_saved(error))
        response = self.form_invalid(form)
        response.status_code = 503
        return response

    def remedies(self, objections: tuple[Objection, ...]) -> list[dict[str, Any]]:
        """The objections with the page that removes each, for those who may open it."""
        return [
            {"words": o.words, "promise": o.promise, "href": self.page_of(o.remedy), "remedy": remedy_words(o.remedy)}
            for o in objections
        ]

    def page_of(self, verb: str | None) -> str:
        return ""


class ActView(AskingView):
    """One verb on one case: `/cases/<reference>/<verb>` or, with a subject, `/cases/<reference>/<subject>/<verb>`."""

    part = Part.REPORT
    done = "Saved."
    back_to = "case"
    alone = False
    """Whether the viewer is let in to this form and to nothing else of the case: on duty, for what cannot wait."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated and isinstance(user, User):
            try:
                self.file: CaseFile = self.opened(kwargs["reference"], user)
            except reading.NotFound:
                if first := self.answered():
                    # What they did took them out of the case: they stood aside, or gave it away.
                    return self.repeat(first, "/")
                raise Http404 from None
        return super().dispatch(request, *args, **kwargs)

    def opened(self, reference: str, user: User) -> CaseFile:
        """The case as this colleague may see it. Raises `NotFound` where they may not see the part that is acted on;
        but what keeps people safe waits for nobody: for that alone whoever is on duty is let in."""
        day = now().day
        with suppress(reading.NotFound):
            file = reading.case_file(reference, user, day)
            if file.sees(self.part):
                return file
        file, self.alone = at_once.case_file(reference, user, day, self.named), True
        if user.actor.has(*self.who):
            looked(user, LookKind.CASE, reference, file.person, f"On duty, at once: {self.title}")
        return file

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "seen": self.file.seen}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "file": self.file, "subject": self.subject}

    def objections(self) -> tuple[Objection, ...]:
        """What stands in the way, before anyone types."""
        occasion = reading.occasion(self.colleague.actor, now(), self.file)
        return tuple(dict.fromkeys(type(self).verb.objections(self.file.case, occasion, self.subject)))

    def page_of(self, verb: str | None) -> str:
        if self.alone and verb not in AT_ONCE:
            return ""
        page = remedy_page(self.file.reference, verb)
        return page if page and may_open(self.colleague.actor, page) else ""

    def repeat(self, first: record.Done, to: str = "") -> HttpResponse:
        joined = not to and first.reference != self.file.reference
        return super().repeat(first, reverse("case", args=[first.reference]) if joined else to)

    def get_success_url(self) -> str:
        return "/" if self.alone else reverse("case", args=[self.file.reference])

    def form_valid(self, form: ActForm) -> HttpResponse:
        try:
            done = self.act(form)
        except Refused as refused:
            return self.refused(form, refused.objections)
        except record.Stale as stale:
            return self.stale(form, stale)
        except record.NoSuchCase:
            raise Http404 from None
        except UNANSWERED as error:
            return self.lost(form, error)
        self.tell(done, self.done)
        return HttpResponseRedirect(self.get_success_url())

    def act(self, form: ActForm) -> record.Done:
        """The verb, through the one door. A view that writes more than one log says how here."""
        return record.act_on(self.file.reference, self.ask(form), type(self).verb, self.subject, **form.answers())

    def stale(self, form: ActForm, stale: record.Stale) -> HttpResponse:
        """Nothing was written: what changed is shown, the words are kept, and sending again is a fresh choice."""
        form.add_error(None, CHANGED)
        for name in self.request.FILES:
            form.add_error(name if name in form.fields else None, FILES_LOST)
        again = self.request.POST.copy()
        again["seen"], again["token"] = str(stale.news[-1].number), token_for(self.colleague)
        form.data = again
        news = [entry for entry in stale.news if part_of(entry.event) in self.file.parts]
        return self.render_to_response(self.get_context_data(form=form, news=news))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        objections = self.objections() if not context.get("form") or not context["form"].is_bound else ()
        if self.alone:
            context.setdefault("back_words", "Back to Today")
        whom = f", {self.file.person.name}" if self.alone and self.file.person else ""
        return super().get_context_data(
            **context,
            file=self.file,
            title=self.title,
            caption=f"Case {self.file.reference}{whom}",
            intro=self.intro,
            objections=self.remedies(objections),
            objections_heading=NEVER if any(each.for_good for each in objections) else "",
            submit=self.submit or self.title,
            weighty=self.weighty,
            evidence_template="" if self.alone else self.evidence_template,
            draft=self.draft,
            back=self.get_success_url(),
        )


class OpenView(AskingView):
    """One verb that opens a log: a report, a sealed matter."""

    done = "Saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "colleague": self.colleague}

    def form_valid(self, form: ActForm) -> HttpResponse:
        try:
            self.opened = self.act(form)
        except Refused as refused:
            return self.refused(form, refused.objections)
        except UNANSWERED as error:
            return self.lost(form, error)
        self.tell(self.opened, self.done)
        return HttpResponseRedirect(self.get_success_url())

    def act(self, form: ActForm) -> record.Done:
        return record.open_case(self.ask(form), type(self).verb, **form.answers())

    def repeat(self, first: record.Done, to: str = "") -> HttpResponse:
        self.opened = first
        return super().repeat(first, to)

    def get_success_url(self) -> str:
        return reverse("case", args=[self.opened.reference])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            **context,
            title=self.title,
            intro=self.intro,
            submit=self.submit or self.title,
            draft=self.draft,
            objections=[],
        )


def remedy_page(reference: str, verb: str | None) -> str:
    """The page of the verb that removes an objection; where it needs one to be chosen, the letters or the case."""
    if verb is None:
        return ""
    try:
        return reverse(verb, args=[reference])
    except NoReverseMatch:
        return reverse("case-letters" if verb.startswith("correspondence.") else "case", args=[reference])


def remedy_words(verb: str | None) -> str:
    """The words of the link to a remedy; empty where there is none."""
    return words_of(verb) if verb else ""
