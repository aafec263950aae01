"""E1: forms that set, vary, extend, lift and keep what is expected of a customer and the limits on their contact."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from crispy_forms_gds.layout import Layout
from django.http import HttpResponse
from django.urls import path, reverse

from evenhand.cases import reading
from evenhand.doors.acts import ActForm, ActView, remedy_words
from evenhand.doors.clock import now
from evenhand.doors.permission import CASEWORKERS, DECIDING
from evenhand.people import terms_now
from evenhand.policy import expectation
from evenhand.policy.expectation import LONGEST
from evenhand.policy.occasion import Occasion
from evenhand.policy.refusal import Objection
from evenhand.policy.standing.expectation import Limit
from evenhand.policy.standing.single_contact import Contact
from evenhand.policy.terms import months_after
from evenhand.policy.visibility import Part
from evenhand.web import way
from evenhand.web.again import Again
from evenhand.web.complaint_question import ask_if_unknown
from evenhand.web.contact_since import since_it_began
from evenhand.web.evidence import Beside, Shown, assessments
from evenhand.web.fields import Day, Tick, Words
from evenhand.web.forms import CaseForm, words_between
from evenhand.web.needs_beside import needs_of
from evenhand.web.plan import ALWAYS_THROUGH, FIELDS, PlanFields, answers_of, plan_of
from evenhand.web.templatetags.words import day

WITHOUT_A_WARNING = "Where a warning would put someone in danger, someone senior may agree to go without one."


def usual_months() -> int:
    """How long a limit or a single contact runs unless someone says otherwise: the landlord's own term."""
    return terms_now.on(now().day).limit_months


def usual_period() -> str:
    months = usual_months()
    return f"{months} month{'' if months == 1 else 's'}"


class SetForm(CaseForm, PlanFields):
    behaviour = Words(
        "What do we now expect?",
        "Say what to do or not to do, as the letter will: “do not shout at our colleagues”.",
        rows=3,
    )
    limited = Tick("Limit how, how often or when they can contact us", "Leave empty to set an expectation only.")
    starts_on = Day("From when?", "The limits start when the letter counts as delivered, if that is later.")
    ends_on = Day("Until when?", required=False)
    complaint_open = Tick("They have a complaint with us, or had one in the last three months")
    complaint_considered = Words(
        "How can they still pursue that complaint?", "Only if there is one.", rows=3, required=False
    )
    reasons = Words("Why is this needed?", "The customer reads these words. Say what happened and when, never labels.")
    aside = (*FIELDS, "limited")

    def prepare(self) -> None:
        self.fields["starts_on"].initial = now().day
        until = f"Leave empty for our usual period, {usual_period()} from its start. At most {LONGEST} months."
        self.fields["ends_on"].help_text = until
        self.helper.layout = Layout(
            "behaviour",
            "limited",
            words_between("If you limit contact", ALWAYS_THROUGH),
            *FIELDS,
            words_between("When"),
            "starts_on",
            "ends_on",
            words_between("Their complaints", "A limit can channel a complaint. It never refuses one."),
            *ask_if_unknown(self),
            words_between("Reasons"),
            "reasons",
        )

    def clean(self) -> dict[str, Any]:
        """A limit half asked for would be silently left out, or silently set."""
        told = super().clean() or self.cleaned_data
        if not told.get("limited") and any(told.get(name) for name in FIELDS):
            self.add_error("limited", "Tick this to limit contact, or clear the answers about how and when")
        return told

    def answers(self) -> dict[str, Any]:
        plan = plan_of(self.cleaned_data) if self.cleaned_data["limited"] else None
        return {**super().answers(), "plan": plan}


class VaryForm(CaseForm, PlanFields):
    reasons = Words("Why do the limits change?", "The customer reads these words.")
    field_order = [*FIELDS, "reasons"]
    aside = FIELDS

    def prepare(self) -> None:
        """It begins with the limits as they are."""
        limit = self.case.expectation.get(self.subject)
        if limit and limit.plan:
            for name, answer in answers_of(limit.plan).items():
                self.fields[name].initial = answer

    def answers(self) -> dict[str, Any]:
        return {**super().answers(), "plan": plan_of(self.cleaned_data)}


class ReasonsForm(CaseForm):
    reasons = Words("What are your reasons?", "The customer reads these words.")


class RequestForm(CaseForm):
    words = Words("What did the customer say?", "In their own words, as far as you can.")


class Decision(ActView):
    """What the pages of this concept share."""

    part = Part.CONTROLS
    who = DECIDING
    form_class: type[ActForm] = ReasonsForm


class Set(Decision, Beside):
    form_class = SetForm
    template_name = "expectation/set.html"
    evidence_label = "What they need of us, and what makes things harder for them"
    beside = ("support",)
    verb = expectation.set
    title = "Set what is expected"
    intro = "An expectation of behaviour, with or without limits on contact. The customer is told, and may appeal."
    submit = "Set it and draft the letter"
    done = "Set. The letter to the customer waits for approval."

    @cached_property
    def occasion(self) -> Occasion:
        return reading.occasion(self.colleague.actor, now(), self.file)

    @property
    def limiting(self) -> tuple[Objection, ...]:
        """What stands in the way of limits alone: said before anyone types, and not of an expectation without them."""
        return tuple(expectation.objections_to_limiting(self.file.case, self.occasion))

    def before_limiting(self) -> list[dict[str, Any]]:
        """The same with its pages, and with that of going without a warning: to propose it, or to answer who did."""
        found = self.remedies(self.limiting)
        skip = "warning.approve_skipping" if self.file.case.warning.skip_proposed_by else "warning.propose_skipping"
        if found and (page := self.page_of(skip)):
            found.append({"words": WITHOUT_A_WARNING, "href": page, "remedy": remedy_words(skip)})
        return found

    def evidence(self) -> list[Shown]:
        return [needs_of(self.file), *super().evidence()]

    def refused(self, form: ActForm, objections: tuple[Objection, ...]) -> HttpResponse:
        """What forbids a limit stands beside the question whether there is to be one."""
        before = self.limiting
        return super().refused(form, tuple(replace(o, field="limited") if o in before else o for o in objections))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        made = super().get_context_data(**context)
        known = self.occasion.known
        made |= {"evidence_label": self.evidence_label, "assessments": assessments(self.file)}
        made["limiting"] = self.before_limiting()
        if any(not limit.single_contact for limit in known.limits):
            made["intro"] = f"{self.intro} They have limits already: new ones take their place."
        return made


class Reviewing(Again):
    """A decision about a limit that stands, beside the limit and what was logged under it."""

    part = Part.CONTROLS
    who = DECIDING
    form_class: type[ActForm] = ReasonsForm
    evidence_label = "The limit, what it rests on, and contacts since it began"

    @property
    def limit(self) -> Limit | Contact | None:
        """What contacts may come outside of: an expectation without limits binds none."""
        limit = self.file.case.expectation.get(self.subject)
        return limit if limit and limit.plan else self.file.case.single_contact.get(self.subject)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        made = super().get_context_data(**context)
        since = since_it_began(self.file, limit) if (limit := self.limit) else []
        if since and self.file.person:
            signed = way.PEOPLE.sign(str(self.file.person.pk))
            made |= {"since": since, "contacts_href": reverse("contact.history", args=[signed])}
        return made


class Vary(Reviewing):
    form_class = VaryForm
    evidence_label = "The limit, what they need of us, and contacts since it began"
    verb = expectation.vary
    title = "Change the limits"
    intro = "A fresh decision: the customer is told of the new limits and may appeal."
    submit = "Change them and draft the letter"
    done = "Changed. The letter to the customer waits for approval."

    def evidence(self) -> list[Shown]:
        return [*super().evidence(), needs_of(self.file)]


class Longer(Reviewing):
    """A fresh decision that it goes on, and the page says for how long that is."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        made = super().get_context_data(**context)
        end = day(months_after(self.file.day, usual_months()))
        return {**made, "intro": f"{self.intro} Extended today, it runs until {end}, {usual_period()} from now."}


class Extend(Longer):
    verb = expectation.extend
    title = "Extend the limits"
    intro = "A fresh, reasoned decision, without which the limits end by themselves."
    submit = "Extend them and draft the letter"
    done = "Extended. The letter to the customer waits for approval."


class Lift(Reviewing):
    verb = expectation.lift
    title = "Lift the limits"
    submit = "Lift them and draft the letter"
    done = "Lifted. The letter to the customer waits for approval."


class Keep(Reviewing):
    verb = expectation.keep
    title = "Answer the request: the limit stays"
    intro = "The customer asked for it to end. Say why it stays as it is; to end it instead, lift it."
    submit = "Keep it and draft the answer"
    done = "Answered. The letter to the customer waits for approval."


class RequestReview(Reviewing):
    form_class = RequestForm
    verb = expectation.request_review
    who = CASEWORKERS
    title = "Record a request to end the limit"
    intro = "A customer may ask at any time. An answer is then due by its own date."
    submit = "Record the request"
    done = "Recorded. An answer is now due."


urlpatterns = [
    path("cases/<reference>/expectation/set", Set.as_view(), name="expectation.set"),
    path("cases/<reference>/expectation/<subject>/vary", Vary.as_view(), name="expectation.vary"),
    path("cases/<reference>/expectation/<subject>/extend", Extend.as_view(), name="expectation.extend"),
    path("cases/<reference>/expectation/<subject>/lift", Lift.as_view(), name="expectation.lift"),
    path("cases/<reference>/expectation/<subject>/keep", Keep.as_view(), name="expectation.keep"),
    path("cases/<reference>/expectation/<subject>/request", RequestReview.as_view(), name="expectation.request_review"),
]
