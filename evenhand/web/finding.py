"""A question answered in two steps: words to look for, then a choice among what was found. It needs no script."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import HTML, Field
from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from evenhand.doors.acts import FILES_LOST
from evenhand.doors.looked import looked
from evenhand.people import finding, reading
from evenhand.people.models import Home, Person
from evenhand.people.models.look import LookKind
from evenhand.people.text import folded, unbroken
from evenhand.policy import youth

FIND = "find"
MOST = 10
MORE = "There may be more than these. If it is none of them, add a first name, a street or a postcode, and look again."


@dataclass(frozen=True, slots=True)
class Finder:
    """How one question looks for its answers. `search` takes words and the day, and gives choices."""

    search: Callable[[str, date], list[Choice]]
    button: str
    nothing: str
    choose: str
    mind: Callable[[list[Choice], date], str] = lambda found, day: ""
    """What to mind of those found, before one is chosen."""


def people(words: str, day: date) -> list[Choice]:
    """Those who answer to the words, or who live at or visit the homes that do."""
    found = finding.find(words, MOST)
    at_home = [person for home in found.homes[:MOST] for person in reading.people_at(home, day)]
    everyone = dict.fromkeys([*found.people, *(reading.kept_record(person) for person in at_home)])
    return [Choice(str(p.pk), p.name, hint=tells_apart(p, day)) for p in list(everyone)[:MOST]]


def living_first(found: list[Choice], words: str, there: Iterable[Person], day: date) -> list[Choice]:
    """The same with those who live at or visit the home named before everyone else; whoever of them answers to the
    words is offered even where others filled the list."""
    at = {str(kept.pk): kept for kept in map(reading.kept_record, there)}
    asked = folded(words).split()
    offered = [choice[0] for choice in found if choice[0] in at]
    missed = [pk for pk, one in at.items() if asked and all(f" {w}" in f" {one.search_name}" for w in asked)]
    near = [
        Choice(pk, at[pk].name, hint=f"At the home you named. {tells_apart(at[pk], day)}")
        for pk in dict.fromkeys([*offered, *missed])
    ]
    return [*near, *(choice for choice in found if choice[0] not in at)][:MOST]


def tells_apart(person: Person, day: date) -> str:
    """One line by which two people of one name are told apart."""
    home = reading.homes(person, day).first()
    born = f"; born in {person.date_of_birth.year}" if person.date_of_birth else ""
    young = "; under 18" if youth.minding(reading.age_on(day, person.date_of_birth)) else ""
    return f"{unbroken(home.address) if home else 'No address held'}{born}{young}"


def children(found: list[Choice], day: date) -> str:
    """What to mind where a child is among those found (rule 10); empty where none is."""
    people = Person.objects.filter(pk__in=[choice[0] for choice in found], date_of_birth__isnull=False)
    born = people.order_by("-date_of_birth").values_list("date_of_birth", flat=True)
    minded = dict.fromkeys(filter(None, (youth.minding(reading.age_on(day, each)) for each in born)))
    return " ".join(["If it was the one who is under 18, mind this.", *minded]) if minded else ""


def homes(words: str, day: date) -> list[Choice]:
    return [Choice(str(home.pk), unbroken(home.address)) for home in finding.find(words, MOST).homes]


def colleagues(words: str, day: date) -> list[Choice]:
    """Colleagues who work here now, by name or email; several names may be parted by commas."""
    return [Choice(u.actor_id, u.name, hint=u.job_title or u.email) for u in finding.colleagues(words)]


PERSON = Finder(
    people,
    "Find the person",
    "We found nobody by that. Try another spelling, a telephone number or an address",
    "Choose who it was from those we found",
    children,
)
HOME = Finder(
    homes, "Find the home", "We found no home by that. Try the postcode alone", "Choose the home from those we found"
)
COLLEAGUES = Finder(
    colleagues,
    "Find colleagues",
    "We found no colleague by that. Check the spelling, or leave this empty and write the name below",
    "Choose the colleagues you mean from those we found",
)


class Finding(forms.Form):
    """A form with such questions: `finders` names them; the words for "person" are in the field "person_words".

    The field of the choice is there only while there is something to choose from.
    """

    finders: Mapping[str, Finder] = {}

    def look(self, day: date) -> None:
        """Search for what the words say, and offer what is found. Called once, when the form is made."""
        self.found: dict[str, list[Choice]] = {}
        self.minded: dict[str, str] = {}
        for name, finder in self.finders.items():
            words = str(self.data.get(f"{name}_words") or self.initial.get(f"{name}_words") or "").strip()
            found = finder.search(words, day) if words else []
            if found and name == "person":
                there = [person for home in self.homes_named() for person in reading.people_at(home, day)]
                found = living_first(found, words, there, day) if there else found
            self.found[name] = found
            self.minded[name] = finder.mind(found, day) if found else ""
            if found:
                field = self.fields[name]
                field.choices = found  # type: ignore[attr-defined]
                field.required = False
                if len(found) == MOST and name != "colleagues":
                    field.help_text = MORE
                self._choose_the_only_one(name, found)
            else:
                del self.fields[name]

    def homes_named(self) -> list[Home]:
        """The home that was chosen, or those that its words may mean; whoever is there is looked at first."""
        if "home" not in self.finders:
            return []
        chosen = str(self.data.get("home") or "")
        if chosen.isdecimal() and len(chosen) < 10:
            return list(Home.objects.filter(pk=int(chosen)))
        words = str(self.data.get("home_words") or self.initial.get("home_words") or "").strip()
        return finding.homes(words, MOST) if words else []

    def _choose_the_only_one(self, name: str, found: list[Choice]) -> None:
        """Where there is but one, it is shown as chosen, for the colleague to look at and send."""
        if len(found) == 1 and self.is_bound and name not in self.data:
            again: Any = self.data
            again = again.copy()
            again[name] = found[0][0]
            self.data = again
            self.only_offered = getattr(self, "only_offered", frozenset()) | {name}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, finder in self.finders.items():
            words = cleaned.get(f"{name}_words")
            if words and not self.found[name]:
                self.add_error(f"{name}_words", finder.nothing)
            elif words and name not in self.errors:
                if name in getattr(self, "only_offered", ()):
                    self.add_error(name, "Check that this is who or what you mean, then send the form again")
                elif not cleaned.get(name):
                    self.add_error(name, finder.choose)
            cleaned.setdefault(name, None)
        return cleaned

    def offered(self) -> None:
        """Only the search was asked for: what is missing elsewhere is not wrong yet; that nothing was found is."""
        told = self.errors
        kept = ErrorDict()
        for name in self.finders:
            if f"{name}_words" in told:
                kept[f"{name}_words"] = told[f"{name}_words"]
        self._errors = kept

    def questions(self, name: str, **options: Any) -> list[Any]:
        """For a layout: the words, the button, and what was found."""
        button = format_html(
            '<button class="govuk-button govuk-button--secondary" name="{}" value="{}" formaction="#div_id_{}">'
            "{}</button>",
            FIND,
            name,
            name if name in self.fields else f"{name}_words",
            self.finders[name].button,
        )
        found = [Field(name, context=options)] if name in self.fields else []
        mind = self.minded.get(name, "")
        minded = [HTML(format_html('<div class="govuk-inset-text">{}</div>', mind))] if mind else []
        return [Field(f"{name}_words", context=options), HTML(button), *found, *minded]


def only_looked_for(request: HttpRequest) -> bool:
    """Whether the colleague pressed a button that finds, and not the one that sends."""
    return FIND in request.POST


def found_only(view: Any) -> HttpResponse:
    """The page again, with what was found; what is not answered yet is not wrong yet, but lost files are told of."""
    form = view.get_form()
    form.offered()
    for name in view.request.FILES:
        if name in form.fields:
            form.add_error(name, FILES_LOST)
    for name, words in view.request.POST.items():
        if name.endswith("_words") and words:
            looked(view.colleague, LookKind.SEARCH, words[:200])
    response: HttpResponse = view.render_to_response(view.get_context_data(form=form))
    return response
