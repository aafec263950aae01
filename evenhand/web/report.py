"""C1, C4: an incident reported from a telephone in a minute and a half: the form."""

from dataclasses import replace
from typing import Any

from crispy_forms_gds.layout import HTML, Field, Fieldset, Layout, Size
from django import forms
from django.utils.safestring import mark_safe

from evenhand.cases import exhibits
from evenhand.doors.acts import ActForm
from evenhand.doors.clock import now
from evenhand.people.models import Person, User
from evenhand.policy.conduct import Conduct
from evenhand.policy.events.incident import Injury, Source
from evenhand.policy.need import Channel
from evenhand.web.fields import Clock, Day, Files, Line, OneOf, Pick, SeveralOf, Tick, Words
from evenhand.web.finding import COLLEAGUES, HOME, PERSON, Finding
from evenhand.web.forms import sized

NOBODY = f"{PERSON.nothing}. If nobody knows, clear this and open “I do not know who it was”"
NOT_ME = "no"
MINE = [
    (NOT_ME, "No, it was not directed at me"),
    (Injury.NONE.value, "Yes, and I am not hurt"),
    (Injury.UPSET.value, "Yes, and I am upset or shaken"),
    (Injury.MINOR.value, "Yes, and I have a minor injury"),
    (Injury.OVER_SEVEN_DAYS.value, "Yes, and I cannot work for more than seven days"),
    (Injury.SPECIFIED.value, "Yes, and I have a broken bone, was in hospital or have another serious injury"),
]
HOW = (Channel.VISIT, Channel.PHONE, Channel.OFFICE, Channel.EMAIL, Channel.LETTER, Channel.WEBFORM, Channel.SOCIAL)
DETAILS = (
    '<details class="govuk-details"{}><summary class="govuk-details__summary">'
    '<span class="govuk-details__summary-text">{}</span></summary><div class="govuk-details__text">'
)


class ReportForm(Finding, ActForm):
    """Eight questions, the first two of which alone must be answered at length."""

    finders = {"person": replace(PERSON, nothing=NOBODY), "home": HOME, "colleagues": COLLEAGUES}

    danger_now = Tick("Someone was still in danger when I left")
    conducts = SeveralOf(
        "1. What happened?",
        Conduct,
        missing="Choose at least one kind of behaviour or demand",
        hint="Choose all that apply.",
    )
    account = Words(
        "2. What was said or done?",
        "The words that were used, if you can. What people did, not what kind of people they are.",
        rows=4,
        missing="Say what was said or done",
    )
    happened_on = Day("Which day was it?", missing="Enter the day on which it happened")
    happened_at = Clock("At what time?")
    channel = OneOf("How did it happen?", HOW, missing="Choose how it happened")
    where = Line("Where?", "For example, at the front door or in the lift. Leave it empty for a call.", required=False)
    home_words = Line("Which home, if it was at one?", "Its address or postcode.", required=False)
    home = Pick("Is it one of these?")
    person_words = Line("Who was it?", "A name, telephone number, email, address or postcode.", required=False)
    person = Pick("Is it one of these?")
    described = Words(
        "What do you know of them?", "What they looked like, whom they were with, a vehicle.", rows=2, required=False
    )
    online_account = Line("Their name online, or the number they rang from", required=False)
    mine = forms.ChoiceField(label="Was it directed at you?", choices=MINE, widget=forms.RadioSelect, initial=NOT_ME)
    colleagues_words = Line("Which colleagues, other than you?", "Names, with commas between them.", required=False)
    colleagues = forms.MultipleChoiceField(label="Which of these?", widget=forms.CheckboxSelectMultiple)
    others = Line("Anyone else who works for us?", "Names of people who are not in the list above.", required=False)
    injury = OneOf("How are they?", Injury, required=False)
    witnesses = Words("7. Did anyone see or hear it?", "Names, and how to reach them.", rows=2, required=False)
    on_behalf_of = Line("Whose report is it?", "Leave it empty if it is your own.", required=False)
    source = OneOf("Who are they?", Source, required=False)
    attached = Files("8. Photographs or recordings", f"From your telephone too. {exhibits.allowance()}")

    def __init__(self, *args: Any, colleague: User, **kwargs: Any) -> None:
        self.colleague = colleague
        super().__init__(*args, **kwargs)
        self.look(now().day)
        self.helper = sized()
        self.helper.layout = self._layout()

    def _layout(self) -> Layout:
        big = {"legend_size": Size.for_legend(Size.MEDIUM), "label_size": Size.for_label(Size.MEDIUM)}
        return Layout(
            Field("danger_now"),
            Field("conducts", context=big),
            Field("account", context=big),
            group("3. When?", "happened_on", "happened_at"),
            group("4. Where and how?", "channel", "where", *self.questions("home")),
            group(
                "5. Who?",
                *self.questions("person"),
                *folded(
                    "I do not know who it was", self._says("described", "online_account"), "described", "online_account"
                ),
            ),
            group(
                "6. Who was affected?",
                "mine",
                *folded(
                    "Other colleagues were affected",
                    self._says("colleagues_words", "others"),
                    *self.questions("colleagues"),
                    "others",
                    "injury",
                ),
            ),
            Field("witnesses", context=big),
            *folded("I report this for someone else", self._says("on_behalf_of"), "on_behalf_of", "source"),
            Field("attached", context=big),
        )

    def _says(self, *names: str) -> bool:
        """Whether any of these was answered: then its part of the page is open."""
        return any(self.data.get(name) for name in names)

    def clean_attached(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["attached"]
        if wrong := exhibits.fit(files):
            raise forms.ValidationError(wrong)
        return files

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(self.data.get(name, "").strip() for name in ("person_words", "described", "online_account")):
            self.add_error(
                "person_words", "Find the person, or say what you know of them under “I do not know who it was”"
            )
        if cleaned.get("on_behalf_of") and not cleaned.get("source"):
            self.add_error("source", "Say who it is that you report for")
        return cleaned

    def answers(self) -> dict[str, Any]:
        said = self.cleaned_data
        names = ("danger_now", "conducts", "account", "happened_on", "happened_at", "channel", "where", "witnesses",
                 "on_behalf_of", "described", "online_account", "person", "home")  # fmt: skip
        told = {name: said[name] for name in names}
        told["source"] = said["source"] if said["on_behalf_of"] else Source.COLLEAGUE
        return {**told, "person": said["person"] or None, "home": said["home"] or None, "harmed": self.harmed()}

    def harmed(self) -> tuple[tuple[str | None, str, Injury], ...]:
        """Everyone affected, with the colleague's own id where we have it, and how they are."""
        said = self.cleaned_data
        theirs = said["injury"] or Injury.UPSET
        affected: dict[str, tuple[str | None, str, Injury]] = {}
        chosen = User.objects.filter(actor_id__in=said["colleagues"] or ())
        for user in chosen:
            affected[user.actor_id] = (user.actor_id, user.name, theirs)
        if said["mine"] != NOT_ME:
            me = self.colleague
            affected[me.actor_id] = (me.actor_id, me.name, Injury(said["mine"]))
        named = [(None, name.strip(), theirs) for name in said["others"].split(",") if name.strip()]
        return (*affected.values(), *named)

    def about_person(self) -> Person | None:
        found: str | None = self.cleaned_data["person"]
        return Person.objects.get(pk=int(found)) if found else None


def group(legend: str, *fields: Any) -> Fieldset:
    """One question that has several parts."""
    return Fieldset(*fields, legend=legend, legend_size=Size.MEDIUM)


def folded(summary: str, is_open: bool, *fields: Any) -> list[Any]:
    """Questions that few have to answer, behind a line of words that opens them."""
    begin = mark_safe(DETAILS.format(" open" if is_open else "", summary))  # noqa: S308 - both are our own words
    return [HTML(begin), *fields, HTML("</div></details>")]
