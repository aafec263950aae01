"""C2: what a manager makes of a suggestion: said once, and remembered; our own failure is put right by somebody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Layout
from django import forms
from django.urls import path, reverse

from evenhand.contacts import putting_right, standing, suggesting
from evenhand.contacts.models import Matter
from evenhand.contacts.models.demand import Said
from evenhand.contacts.terms import demand_terms
from evenhand.doors.clock import now
from evenhand.doors.permission import COLLEAGUES
from evenhand.people.models import Person, User
from evenhand.people.refusal import NotDone
from evenhand.policy.staff import DECIDERS
from evenhand.web import put_right, way
from evenhand.web.choosing import Colleague
from evenhand.web.demand_measured import measured
from evenhand.web.fields import Day, OneOf, Words
from evenhand.web.forms import words_between
from evenhand.web.person_care import CareView
from evenhand.web.set_up import PlainForm

REASONS = tuple(said for said in Said if said is not Said.CASE)
HINTS = {
    Said.OURS: "Then say below which matter, who puts it right, and by when.",
    Said.NEED: "Record the need with the person, so that everybody takes it into account.",
    Said.PROPORTIONATE: "What they ask is worth the time it takes.",
    Said.HELP: "For example a Customer Partner, an interpreter, or one person to ring.",
}


NONE_OURS = (
    "None of their matters was late, or closed and not done, in the year that was counted. Choose another reason, or "
    "have the matter corrected first"
)
WHO = (
    "Whoever does the work or sees that it is done. They see it on their first page, and nothing of these figures. "
    "What is done already needs nobody: leave it empty then."
)


@dataclass(frozen=True, slots=True)
class OurMatter:
    """A matter that may be named as our own failure; `taken` where somebody puts it right already."""

    matter: Matter
    words: str
    stands: str
    taken: bool

    @property
    def waits(self) -> bool:
        return not self.matter.done_on and not self.taken


def ours_of(person: Person, on: date) -> dict[str, OurMatter]:
    """What of theirs was late, or closed and not done, by its key as a form sends it."""
    found = putting_right.may_be_ours(person, suggesting.kept_span() or suggesting.year_to(on, demand_terms()), on)
    tasks = putting_right.of_matters(one.pk for one in found)
    made = {}
    for one in found:
        task = tasks.get(one.pk)
        told = put_right.in_a_word(task) if task else put_right.NOBODY if one.done_on else ""
        stands = ". ".join(filter(None, (put_right.standing(one), told)))
        made[str(one.pk)] = OurMatter(one, put_right.name_of(one), stands, taken=bool(task and not task.done_on))
    return made


class OfCustomer(CareView):
    """One thing said about what a customer's contacts showed."""

    back_words = "Back to how often"

    def back(self) -> str:
        return reverse("demand.person", args=[way.PEOPLE.sign(str(self.person.pk))])


class AnswerForm(PlainForm):
    """Why it is no case; and where it is our own failure, which matter somebody puts right, and by when."""

    said = OneOf("Why is this no case?", REASONS, hints=HINTS, missing="Choose why this is no case")
    words = Words("What did you find, and what happens now?", missing="Say what you found", rows=4)
    matters = forms.MultipleChoiceField(
        label="Which matters were late, or closed and not done?",
        help_text="Choose all that apply.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    who = Colleague("Who puts them right?", *sorted(COLLEAGUES), hint=WHO, required=False)
    by_day = Day(put_right.BY_DAY, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ours: dict[str, OurMatter] = self.initial.get("ours", {})
        if not self.ours:
            for name in ("matters", "who", "by_day"):
                del self.fields[name]
            return
        matters: Any = self.fields["matters"]
        matters.choices = [Choice(key, one.words, hint=one.stands) for key, one in self.ours.items()]
        asked = Layout("said", "words", words_between("If it is our own failure"), "matters", "who", "by_day")
        self.helper.layout = asked

    def clean(self) -> dict[str, Any]:
        """Our own failure names a matter; and who and when, if it is not done and nobody puts it right yet."""
        told = super().clean() or {}
        if told.get("said") is not Said.OURS:
            return told
        if not self.ours:
            self.add_error("said", NONE_OURS)
        elif not told.get("matters") and "matters" not in self.errors:
            self.add_error("matters", "Choose the matter that was late, or closed and not done")
        elif any(self.ours[key].waits for key in told.get("matters", [])):
            for name, words in (("who", "Choose who puts it right"), ("by_day", put_right.SAY_A_DAY)):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return told


class Answer(OfCustomer):
    """A suggestion set aside, with its reason: it comes back only with something new."""

    who = DECIDERS
    form_class = AnswerForm
    once = True
    title = "Say why this is no case"
    submit = "Set it aside"
    done = "Set aside, with your reason. It comes back only if something new shows."

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "ours": ours_of(self.person, now().day)}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        return put_right.choosing_who(form, self.person) if "who" in form.fields else form

    def change(self, form: AnswerForm) -> None:
        found = measured(self.person, now().day).found
        if not found:
            raise NotDone("Their contacts show nothing now, so there is nothing to set aside.")
        told = form.cleaned_data
        named = [form.ours[key] for key in told.get("matters", [])] if told["said"] is Said.OURS else []
        keys = [one.matter.pk for one in named]
        standing.answer(self.person, found, told["said"], told["words"], self.colleague, now().at, matters=keys)
        self._ask([one for one in named if one.waits] or [one for one in named if not one.taken] or named, told)

    def _ask(self, named: list[OurMatter], told: dict[str, Any]) -> None:
        """Somebody is asked to put right what waits; where all is done, only if somebody is named all the same."""
        if not named or not (told["who"] and told["by_day"]):
            return
        who, said = User.objects.get(actor_id=told["who"]), putting_right.Said(self.colleague, now().at, now().day)
        for one in named:
            putting_right.ask(one.matter, told["words"], who, told["by_day"], said)


urlpatterns = [path("people/<str:signed>/how-often/answer", Answer.as_view(), name="demand.answer")]
