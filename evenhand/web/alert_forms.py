"""What is asked when somebody decides about an inherited alert."""

from collections.abc import Sequence
from typing import Any

from django import forms

from evenhand.people.models import Home, Person
from evenhand.people.text import unbroken
from evenhand.policy.hazard import Hazard
from evenhand.policy.need import Need
from evenhand.web import way
from evenhand.web.fields import OneOf, Words
from evenhand.web.set_up import PlainForm


class NeedForm(PlainForm):
    whose = forms.ChoiceField(
        label="Whose need is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whose need it is"},
    )
    kind = OneOf("What do they need, or what should we know?", Need, missing="Choose what they need")
    detail = Words("What exactly?", "For example, which language, or what helps.", rows=2, required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {way.PEOPLE.sign(str(one.pk)): one for one in people}
        _offer(self.fields["whose"], {signed: one.name for signed, one in self.people.items()})

    def person(self) -> Person:
        return self.people[self.cleaned_data["whose"]]


class HazardForm(PlainForm):
    where = forms.ChoiceField(
        label="Which home is it?", widget=forms.RadioSelect, error_messages={"required": "Choose the home"}
    )
    kind = OneOf("What is the hazard?", Hazard, missing="Choose what the hazard is")
    detail = Words(
        "What exactly, and where?",
        "For example, “in the yard, by the back gate”. Write nothing about people, their health or how they behave.",
        rows=2,
        required=False,
        max_length=400,
    )

    def __init__(self, *args: Any, homes: Sequence[Home], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.homes = {way.HOMES.sign(str(one.pk)): one for one in homes}
        _offer(self.fields["where"], {signed: unbroken(one.address) for signed, one in self.homes.items()})

    def home(self) -> Home:
        return self.homes[self.cleaned_data["where"]]


class LetGoForm(PlainForm):
    why = Words(
        "Why is it let go?",
        "Who looked, and what they found: for example, that nobody knows of an incident, or that it was long ago.",
        rows=3,
        missing="Say why it is let go",
    )


def _offer(field: Any, found: dict[str, str]) -> None:
    """These to choose from; where there is only one, it is chosen."""
    field.choices = list(found.items())
    if len(found) == 1:
        field.initial = next(iter(found))
